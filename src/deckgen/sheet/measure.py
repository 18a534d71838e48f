"""How much room rendered text takes, by estimate: no engine is asked, and the estimate errs on the large side."""

from __future__ import annotations

import math
from typing import NamedTuple

from deckgen.sheet.pieces import (
    SPACE,
    SPACED,
    WIDE,
    Break,
    Image,
    Indent,
    Piece,
    Pieces,
    Space,
    Table,
    Thing,
    Word,
)

#: Between two columns of a table, in em.
BETWEEN = 1.1
#: The least width of a line, in em, with any indent.
_LEAST = 4.0
#: More than the error of a sum of widths, in em.
_ROUNDED = 1e-6


class Picture(NamedTuple):
    """Room for any picture: lines, and its width in em."""

    lines: float
    width: float


class Extent(NamedTuple):
    """The widths of the words of each paragraph with the spaces between them, in em, and all room below, in lines."""

    paragraphs: tuple[float, ...]
    below: float


def fits(pieces: Pieces, width: float, height: float, picture: Picture, *, whole: bool = False) -> bool:
    """Return whether `pieces` have room in a column `width` em wide and `height` lines high.

    Where `whole`, no word may be broken.
    """
    taken = _height(pieces, width, height, picture, whole=whole)
    return taken is not None and taken <= height


def longest_word(pieces: Pieces) -> float:
    """Return the width of what cannot be broken, in em."""
    longest = at = 0.0
    for piece in pieces:
        if isinstance(piece, Word | Thing):
            at = max(piece.letters) if isinstance(piece, Word) and piece.breaks else at + piece.width
            longest = max(longest, at)
            if isinstance(piece, Word) and piece.hyphen:
                at = 0.0
        else:
            at = 0.0
    return longest


def _whole_width(pieces: Pieces) -> float:
    """Return the width of the longest line if none were broken, in em."""
    longest = at = 0.0
    for piece in pieces:
        at = 0.0 if isinstance(piece, Break) else at + (getattr(piece, "width", None) or 0.0)
        longest = max(longest, at)
    return longest


def extent(pieces: Pieces) -> Extent:
    """Return what words take at least, of pieces of balanced HTML that are to be set in several sizes."""
    paragraphs: list[float] = []
    across = below = 0.0
    before: Piece | None = None
    for piece in pieces:
        if isinstance(piece, Word) or (piece is SPACE and isinstance(before, Word)):
            across += piece.width
        elif isinstance(piece, Break):
            if across:
                paragraphs.append(across)
            across = 0.0
            below += piece.below
        before = piece
    if across:
        paragraphs.append(across)
    return Extent(tuple(paragraphs), below)


def least_height(extent: Extent, width: float) -> float:
    """Return a number of lines that is at most what words take in a column `width` em wide."""
    # A space may stand beyond the end of a line. Sums of widths are rounded.
    room = max(_LEAST, width) + SPACE.width + _ROUNDED
    return extent.below + sum([math.ceil(across / room) for across in extent.paragraphs])


def _height(pieces: Pieces, width: float, most: float, picture: Picture, *, whole: bool) -> float | None:
    """Return how many lines pieces take, or a number above `most`; None where a word would be broken."""
    total = indent = at = tallest = 0.0
    room = max(_LEAST, width)
    for piece in pieces:
        if total > most:
            return total
        if isinstance(piece, Word):
            across = piece.width
            if at and at + across > room and not piece.breaks:
                total += max(tallest, 1.0)
                at = tallest = 0.0
            if at + across <= room:
                at += across
            elif whole and not piece.breaks:
                return None
            else:
                for letter in piece.letters:
                    if at and at + letter > room:
                        total += max(tallest, 1.0)
                        at = tallest = 0.0
                    at += letter
        elif isinstance(piece, Space):
            at += piece.width if at or piece.kept else 0.0
        elif isinstance(piece, Break):
            if at or piece.always:
                total += max(tallest, 1.0)
            at = tallest = 0.0
            total += piece.below
        elif isinstance(piece, Indent):
            indent += piece.by
            room = max(_LEAST, width - indent)
        elif isinstance(piece, Table):
            columns = _columns(piece, room)
            if columns is None:
                if whole:
                    return None
                columns = (room / max(map(len, piece.rows)),) * max(map(len, piece.rows))
            for row in piece.rows:
                cells = [
                    _height(cell, columns[place] - BETWEEN, most, picture, whole=False)
                    for place, cell in enumerate(row)
                ]
                total += max(1.0, *(cell or 0.0 for cell in cells)) + SPACED["tr"]
        else:
            across, high = picture[::-1] if isinstance(piece, Image) else (piece.width, piece.lines)
            if at and across > WIDE and at + across > width - indent:
                total += max(tallest, 1.0)
                at = tallest = 0.0
            at += across
            tallest = max(tallest, high, 1.0)
    return total + max(tallest, 1.0) if at else total


def _columns(table: Table, width: float) -> tuple[float, ...] | None:
    """Return the widths of columns in em for a table of `width` em; None where their words do not fit."""
    across = range(max(map(len, table.rows)))
    cells = [[row[place] for row in table.rows if place < len(row)] for place in across]
    least = [max(map(longest_word, column)) + BETWEEN for column in cells]
    wanted = [max(map(_whole_width, column)) + BETWEEN for column in cells]
    if sum(wanted) <= width:
        return tuple(wanted)
    if sum(least) > width:
        return None
    share = (width - sum(least)) / (sum(wanted) - sum(least))
    return tuple(each + share * (most - each) for each, most in zip(least, wanted, strict=True))
