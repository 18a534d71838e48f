"""Places in a text, counted as editors count them."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import NamedTuple, TypeAlias

Span: TypeAlias = tuple[int, int]
"""Offsets into a text, in characters: first, and one past the last."""

Path: TypeAlias = tuple[str | int, ...]
"""The way from the root to a value: names, and indexes of array elements from 0."""


class Spot(NamedTuple):
    """A stretch of a text: lines and columns from 1, columns in characters, end exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


class SyntaxProblem(NamedTuple):
    """Why a file is not TOML, for its author: lower case, no full stop.

    `also` is a second place with its label, such as the first of two equal keys.
    """

    message: str
    spot: Spot
    help: str | None = None
    also: tuple[Spot, str] | None = None


class Lines:
    """Turn offsets of one text into lines and columns. A line ends with a line feed, as in TOML."""

    __slots__ = ("_starts",)

    def __init__(self, text: str) -> None:
        lengths = [len(line) + 1 for line in text.split("\n")]
        self._starts = list(accumulate(lengths, initial=0))[:-1]

    def spot(self, span: Span) -> Spot:
        """Return the spot of a span, at least one column wide so that a caret has a place."""
        start, end = span
        line = bisect_right(self._starts, start)
        end_line = bisect_right(self._starts, end)
        column = start - self._starts[line - 1] + 1
        end_column = end - self._starts[end_line - 1] + 1
        if (end_line, end_column) <= (line, column):
            end_line, end_column = line, column + 1
        return Spot(line, column, end_line, end_column)
