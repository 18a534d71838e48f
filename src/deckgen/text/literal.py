"""Find code and formulas in a text, in which characters are literal."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from deckgen.text.characters import FORBIDDEN
from deckgen.text.parse import parse

if TYPE_CHECKING:
    from collections.abc import Iterator


class LiteralKind(Enum):
    """The kind of a piece of text that is not prose."""

    CODE = "code"
    FORMULA = "formula"


class Literal(NamedTuple):
    """A piece of code or a formula, from one character of the text to another (0-based, the end excluded)."""

    kind: LiteralKind
    start: int
    end: int


_KINDS = {
    "Code": LiteralKind.CODE,
    "InlineMath": LiteralKind.FORMULA,
    "DisplayMath": LiteralKind.FORMULA,
}


def literals(text: str) -> tuple[Literal, ...]:
    """Return the pieces of a Markdown text that are code or a formula, in order."""
    if "`" not in text and "$" not in text and "~~~" not in text and "    " not in text and "\t" not in text:
        return ()
    # One character for one, so that positions do not change.
    return tuple(_literals(text if text.isprintable() else FORBIDDEN.sub(" ", text)))


def _literals(text: str) -> Iterator[Literal]:
    parsed = parse(text)
    for event, place in parsed.events:
        if isinstance(event, str):
            continue
        ((name, value),) = event.items()
        if name == "Start" and isinstance(value, dict) and "CodeBlock" in value:
            kind = LiteralKind.CODE
        elif name in _KINDS:
            kind = _KINDS[name]
        else:
            continue
        yield Literal(kind, parsed.offset(place["start"]), parsed.offset(place["end"]))
