"""Parse the XML parts of spreadsheets: fast, and refusing what none of them has."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from xml.parsers import expat

from deckgen.tables.grid import Problem

Start = Callable[[str, dict[str, str]], None]


class TooLargeError(Exception):
    """A sheet has more cells than it may have."""


class _ForbiddenError(Exception):
    """A part declares a document type or entities."""


def parse(
    part: bytes, start: Start, end: Callable[[str], None], characters: Callable[[str], None]
) -> Problem | None:
    """Parse a part; the handlers get names of elements without a namespace. What is wrong is returned.

    A document type, and with it every entity, is refused: spreadsheet programs write none, and the formats forbid it.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    names = _Names()

    def begin(name: str, attributes: dict[str, str]) -> None:
        start(names[name], attributes)

    def finish(name: str) -> None:
        end(names[name])

    parser.StartElementHandler = begin
    parser.EndElementHandler = finish
    parser.CharacterDataHandler = characters
    parser.StartDoctypeDeclHandler = _forbid
    parser.EntityDeclHandler = _forbid
    try:
        parser.Parse(part, True)
    except _ForbiddenError:
        return Problem("declares a document type, which no spreadsheet has")
    except expat.ExpatError as error:
        return Problem(f"cannot be read: {expat.ErrorString(error.code)}", "save it again")
    return None


class _Names(dict[str, str]):
    """The local names of elements, by their full ones."""

    def __missing__(self, name: str) -> str:
        self[name] = local = name.rpartition(" ")[2]
        return local


def local(attributes: dict[str, str], name: str) -> str:
    """Return an attribute, whatever namespace it is in; empty where there is none."""
    return next((value for key, value in attributes.items() if key.rpartition(" ")[2] == name), "")


def _forbid(*_declared: Any) -> None:
    raise _ForbiddenError
