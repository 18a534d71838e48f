"""Refuse what the grammar of TOML allows but the decoder cannot handle: endless nesting and numbers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from .scanner import CLOSERS, MAX_DEPTH, QUOTES, Fault, Mistake, open_string, skip
from .tokens import flat_run

if TYPE_CHECKING:
    from .spot import Path, Span

# The decoder recurses without a limit. A thousand levels take 1.5 MB of stack,
# which every thread has, and a text with fewer opening brackets cannot nest deeper.
_BRACKETS_WITHOUT_CHECK = 1_000

# The decoder takes 20 ms for so many digits.
_DIGITS_WITHOUT_HARM = 100_000
_ENDLESS_NUMBER = re.compile(rf"[=\[,]\s*+([+-]?[0-9][0-9_]{{{_DIGITS_WITHOUT_HARM}}}[0-9_]*+)")

# TOML 1.0, "Integer": 64 bits, and an error beyond.
_INTEGERS = range(-(2**63), 2**63)
TOO_LARGE = "the integer does not fit into 64 bits"


def find_unsafe_bracket(text: str) -> Mistake | None:
    """Find where brackets nest too deep, or are too mixed up to be counted.

    A decoder that recovers from one error to find the next recurses into what is left.
    """
    if text.count("[") + text.count("{") <= _BRACKETS_WITHOUT_CHECK:
        return None
    opened: list[int] = []
    at = 0
    while (at := skip(flat_run(), text, at)) < len(text):
        character = text[at]
        if character in QUOTES:
            return open_string(text, at)
        if character in CLOSERS:
            opened.append(at)
        elif not opened or CLOSERS[text[opened.pop()]] != character:
            return Mistake(Fault.WRONG_CLOSER, at, (at, at + 1))
        if len(opened) > MAX_DEPTH:
            return Mistake(Fault.TOO_DEEP, at, (at, at + 1))
        at += 1
    if opened:
        return Mistake(Fault.OPEN_BRACKET, at, (opened[-1], opened[-1] + 1), opened[-1])
    return None


def find_endless_number(text: str) -> Span | None:
    """Find a number with so many digits that the decoder, which is quadratic in them, would not return."""
    if len(text) <= _DIGITS_WITHOUT_HARM:
        return None
    number = _ENDLESS_NUMBER.search(text)
    return number.span(1) if number else None


def is_within_limits(document: dict[str, Any]) -> bool:
    """Return whether all integers have at most 64 bits and tables nest no deeper than allowed."""
    parents: list[Any] = [document]
    for _ in range(MAX_DEPTH + 1):
        inner: list[Any] = []
        for parent in parents:
            # Most are strings, and this runs over every value of a project.
            values = parent.values() if type(parent) is dict else parent
            inner += [value for value in values if type(value) is not str]
        if any(type(value) is int and value not in _INTEGERS for value in inner):
            return False
        parents = [value for value in inner if type(value) is dict or type(value) is list]
        if not parents:
            return True
    return False


def find_beyond_limits(document: dict[str, Any]) -> tuple[Path, str]:
    """Return the path of a value that is not within the limits, and what is wrong with it."""
    pending: list[tuple[Path, Any]] = [((), document)]
    while pending:
        path, value = pending.pop()
        if type(value) is int and value not in _INTEGERS:
            return path, TOO_LARGE
        if isinstance(value, dict | list) and len(path) > MAX_DEPTH:
            return path, f"tables and arrays nest deeper than {MAX_DEPTH} levels"
        if isinstance(value, dict):
            pending += [((*path, name), inner) for name, inner in value.items()]
        elif isinstance(value, list):
            pending += [((*path, index), inner) for index, inner in enumerate(value)]
    raise AssertionError("asked about a document that is within the limits")
