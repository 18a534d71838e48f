"""The part of a line that is shown: all of it, or what surrounds the carets."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate, groupby
from typing import NamedTuple

from deckgen.diagnostics.cells import Cell, cells
from deckgen.diagnostics.paint import Line, Piece

CUT = "…"


class Window(NamedTuple):
    """A part of a line, `cells[first:last]`, with `…` where the line is cut."""

    #: Characters of the line before the first of `cells`.
    skipped: int
    cells: list[Cell]
    #: The column where each cell starts, and where the last one ends.
    edges: list[int]
    first: int
    last: int
    #: The line continues after `cells`.
    more: bool

    @property
    def is_cut_left(self) -> bool:
        return self.skipped + self.first > 0

    def column(self, character: int) -> int:
        """Return the cell on the screen where a character of the line starts; both count from 0."""
        index = min(max(character - self.skipped, self.first), self.last)
        return self.is_cut_left + self.edges[index] - self.edges[self.first]

    def shown(self) -> Line:
        """Return the text; characters that are shown by their number have their own role."""
        cut = Piece(CUT, "frame")
        is_cut_right = self.more or self.last < len(self.cells)
        text = [
            Piece("".join(cell.shown for cell in run), "escape" if escaped else "")
            for escaped, run in groupby(self.cells[self.first : self.last], key=lambda cell: cell.escaped)
        ]
        return (*(cut,) * self.is_cut_left, *text, *(cut,) * is_cut_right)


def window(line: str, start: int, end: int, beside: int, room: int) -> Window:
    """Choose what to show of a line so that `start:end` is in it, as far as that fits in `room` cells.

    `beside` is how many cells are wanted after the end, for a label.
    """
    # Far more than fits, so that a line of megabytes costs no more than a short one.
    reach = 4 * room
    skipped = max(0, start - reach)
    row = cells(line[skipped : start + 2 * reach])
    edges = [0, *accumulate(cell.width for cell in row)]
    more = start + 2 * reach < len(line)
    if not skipped and not more and edges[-1] <= room:
        return Window(0, row, edges, 0, len(row), more=False)
    first = _first(edges, start - skipped, min(end - skipped, len(row)), beside, room, more=more)
    left = edges[first] + room - (skipped + first > 0)
    last = bisect_right(edges, left) - 1
    if more or last < len(row):
        last = bisect_right(edges, left - 1) - 1
    return Window(skipped, row, edges, first, last, more)


def _first(edges: list[int], start: int, end: int, beside: int, room: int, *, more: bool) -> int:
    """Return the first cell to show: the marked text, with its label, is in the middle."""
    inner = room - 2
    needed = min(edges[end] - edges[start] + beside, inner - inner // 4)  # some context at least
    left = edges[start] - (inner - needed) // 2
    if not more:  # the end of the line is near: no room is wasted after it
        left = min(left, edges[-1] - inner - 1)
    if left <= 1:
        return 0
    # A combining mark stays with its letter: cut before the last of the cells at one edge.
    return min(bisect_right(edges, edges[bisect_left(edges, left)]) - 1, start)
