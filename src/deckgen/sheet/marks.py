"""What a program finds a page by: black marks in the corners, and squares that say which page it is."""

from __future__ import annotations

import msgspec

from deckgen.sheet.layout import mm
from deckgen.sheet.version import CODE_LETTERS

#: Corners: distance of a mark's centre from both edges, and its side; mm.
MARK_INSET, MARK_SIDE = 12.0, 5.0
#: The mark next to that of the top left corner, by which a sheet that is upside down is recognised.
TURN_OFFSET, TURN_SIDE = 8.0, 2.5
#: The version's code: bits of each letter, of the page's number, of the sum that checks them; squares of a row.
LETTER_BITS, PAGE_BITS, CHECK_BITS = 5, 8, 4
BIT_PITCH, BIT_SIDE = 3.6, 2.4
#: A second row of squares on numbered copies: its middle, and the bits of the serial number.
SERIAL_Y, SERIAL_BITS = 16.0, 16
#: Pages of question sheets, which are printed on numbered copies, count from here.
QUESTION_PAGES = 128


class Square(msgspec.Struct, frozen=True):
    """A printed square by its centre; mm."""

    x: float
    y: float
    side: float
    filled: bool = True


def marks(width: float, height: float) -> dict[str, Square]:
    """Return the marks to find a page by: one in each corner, and one that says which corner is the first."""
    far, low = round(width - MARK_INSET, 3), round(height - MARK_INSET, 3)
    return {
        "top-left": Square(MARK_INSET, MARK_INSET, MARK_SIDE),
        "top-right": Square(far, MARK_INSET, MARK_SIDE),
        "bottom-left": Square(MARK_INSET, low, MARK_SIDE),
        "bottom-right": Square(far, low, MARK_SIDE),
        "turn": Square(MARK_INSET + TURN_OFFSET, MARK_INSET, TURN_SIDE),
    }


def code_bits(code: str, page: int) -> tuple[bool, ...]:
    """Return the bits that say the code and the page, the highest of each first, and a sum that checks them.

    A letter counts by its place in Crockford's alphabet; the check is the sum of all fours of bits, modulo 16.
    """
    number = page
    for place, letter in enumerate(reversed(code)):
        number |= CODE_LETTERS.index(letter) << PAGE_BITS + LETTER_BITS * place
    return _checked(number, LETTER_BITS * len(code) + PAGE_BITS)


def bits(code: str, page: int, width: float) -> tuple[Square, ...]:
    """Return the squares that say the code and the page, in a row at the top of a page so wide."""
    return _row(code_bits(code, page), MARK_INSET, width)


def serial(number: int, width: float) -> tuple[Square, ...]:
    """Return the squares that say the serial number of a copy, in a row below the first; they are not outlined."""
    return _row(_checked(number, SERIAL_BITS), SERIAL_Y, width)


def _checked(number: int, length: int) -> tuple[bool, ...]:
    """Return a number of `length` bits, a multiple of four, with the sum of its fours behind it."""
    check = sum(number >> shift & 15 for shift in range(0, length, CHECK_BITS)) % (1 << CHECK_BITS)
    whole = number << CHECK_BITS | check
    return tuple(bool(whole >> shift & 1) for shift in reversed(range(length + CHECK_BITS)))


def _row(said: tuple[bool, ...], y: float, width: float) -> tuple[Square, ...]:
    start = (width - (len(said) - 1) * BIT_PITCH) / 2
    return tuple(Square(mm(start + place * BIT_PITCH), y, BIT_SIDE, bit) for place, bit in enumerate(said))
