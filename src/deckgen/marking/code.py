"""The machine-readable squares of a page: the version's code and the number of the page, with a check."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import numpy as np

from deckgen.marking.arrays import Numbers
from deckgen.marking.registration import level
from deckgen.sheet import marks
from deckgen.sheet.marks import CHECK_BITS, LETTER_BITS, PAGE_BITS, SERIAL_BITS, code_bits
from deckgen.sheet.version import CODE_LETTERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from deckgen.marking.registration import Found
    from deckgen.sheet.geometry import Mark
    from deckgen.sheet.marks import Square


class Code(msgspec.Struct, frozen=True):
    """What the squares say."""

    code: str
    page: int


def read(picture: Numbers, found: Found) -> Code | None:
    """Read the code and page; None where a square is neither black nor white, or the check is wrong."""
    bits = _bits(picture, found, found.layout.bits)
    return None if bits is None else decode(bits)


def serial(picture: Numbers, found: Found, squares: Sequence[Mark]) -> int | None:
    """Read the serial number of a copy, 0 where none is printed; None where it cannot be read for certain."""
    bits = _bits(picture, found, squares)
    if bits is None:
        return None
    number = _number(bits[:SERIAL_BITS])
    # The checked squares of a number are those that are printed for it.
    printed = marks.serial(number, found.layout.paper.width)
    return number if [square.filled for square in printed] == bits else None


def decode(bits: Sequence[bool]) -> Code | None:
    """Return what bits say, the highest first; None where the check is wrong."""
    letters, rest = divmod(len(bits) - PAGE_BITS - CHECK_BITS, LETTER_BITS)
    if rest or letters < 1:
        return None
    values = [_number(bits[place * LETTER_BITS : (place + 1) * LETTER_BITS]) for place in range(letters)]
    page = _number(bits[letters * LETTER_BITS : -CHECK_BITS])
    said = Code("".join(CODE_LETTERS[value] for value in values), page)
    return said if tuple(bits) == code_bits(said.code, said.page) else None


def _number(bits: Sequence[bool]) -> int:
    return sum(bit << place for place, bit in enumerate(reversed(bits)))


def _bits(picture: Numbers, found: Found, squares: Sequence[Square] | Sequence[Mark]) -> list[bool] | None:
    """Measure squares against the black of the mark at their side and the white between them."""
    mark = found.layout.marks["top-left"]
    black = level(picture, found.projection, [(mark.x, mark.y)], mark.side / 4)[0]
    greys = level(
        picture, found.projection, [(square.x, square.y) for square in squares], squares[0].side / 4
    )
    pitch = squares[1].x - squares[0].x
    # The paper beside and above each square: one end of the row may lie in shadow. A gap between two black squares is
    # narrow, and dark in a blurred picture.
    around = [
        place
        for square in squares
        for place in (
            (square.x - pitch / 2, square.y),
            (square.x + pitch / 2, square.y),
            (square.x, square.y - 0.9 * square.side),
        )
    ]
    white = level(picture, found.projection, around, 0.1).reshape(-1, 3).max(axis=1)
    share = (white - greys) / np.maximum(white - black, 1)
    if bool(np.any((share > 0.38) & (share < 0.55))):  # noqa: PLR2004 -- neither
        return None
    return [bool(each) for each in share > 0.45]  # noqa: PLR2004
