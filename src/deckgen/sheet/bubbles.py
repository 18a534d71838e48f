"""The layout of answer sheets in millimetres, which programs that read scans need as well."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import msgspec
from msgspec import Meta

from deckgen.core import Paper
from deckgen.sheet.bubble_rows import Asked
from deckgen.sheet.plan import CODE_LETTERS
from deckgen.sheet.profile import PAPERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from deckgen.sheet.plan import Version

#: Corners: distance of a mark's centre from both edges, and its side; mm.
MARK_INSET, MARK_SIDE = 12.0, 5.0
#: The mark next to that of the top left corner, by which a sheet that is upside down is recognised.
TURN_OFFSET, TURN_SIDE = 8.0, 2.5
#: The version's code: bits of each letter, of the page's number, of the sum that checks them; squares of a row.
LETTER_BITS, PAGE_BITS, CHECK_BITS = 5, 8, 4
BIT_PITCH, BIT_SIDE = 3.6, 2.4
#: What is left free at the bottom.
FOOT = 24.0
#: Left and right of the grid.
MARGIN = 18.0


class Scale(msgspec.Struct, frozen=True):
    """Sizes of the grid in mm."""

    radius: float = 2.3
    #: From one bubble to the next.
    pitch: float = 6.2
    #: From one row to the next.
    row: float = 6.6
    #: Room for the question's number, and for the place of an entry next to it.
    number: float = 8.0
    entry: float = 5.0
    #: Where the grid begins, below the head.
    top: float = 62.0


SCALE, LARGE_SCALE = Scale(), Scale(radius=3.4, pitch=8.6, row=9.4, number=11.0, entry=6.0, top=96.0)
Shape = Literal["circle", "square"]


class Bubble(msgspec.Struct, frozen=True, kw_only=True):
    """A place to fill; centre and radius in mm, for a square half its side."""

    question: int
    row: Annotated[
        int,
        Meta(
            description="Row of its question, from 1: the entry of an ordering or matching, the place of a number."
        ),
    ]
    option: Annotated[str, Meta(description="The letter, `true` or `false`, or a digit, `.` or `-`.")]
    x: float
    y: float
    radius: Annotated[float, Meta(description="Of a square, half its side.")]
    shape: Shape = "circle"


class Label(msgspec.Struct, frozen=True):
    """A number before a row; `x` is its right end, `y` the middle of the row."""

    text: str
    x: float
    y: float
    entry: bool = False


class Box(msgspec.Struct, frozen=True):
    """A box above a place of a number, to write the digit in."""

    x: float
    y: float
    side: float


class Square(msgspec.Struct, frozen=True):
    """A printed square by its centre."""

    x: float
    y: float
    side: float
    filled: bool = True


class SheetPage(msgspec.Struct, frozen=True, kw_only=True):
    """A page of an answer sheet."""

    number: int
    bits: tuple[Square, ...]
    bubbles: tuple[Bubble, ...]
    labels: tuple[Label, ...]
    boxes: tuple[Box, ...]


def marks(paper: Paper) -> dict[str, Square]:
    """Return the marks to find a page by: one in each corner, and one that says which corner is the first."""
    width, height = PAPERS[paper]
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
    length = LETTER_BITS * len(code) + PAGE_BITS
    check = sum(number >> shift & 15 for shift in range(0, length, CHECK_BITS)) % (1 << CHECK_BITS)
    whole = number << CHECK_BITS | check
    return tuple(bool(whole >> shift & 1) for shift in reversed(range(length + CHECK_BITS)))


def pages(
    version: Version, found: Sequence[Asked], paper: Paper, scale: Scale, *, from_right: bool = False
) -> tuple[SheetPage, ...]:
    """Lay the questions out on pages, in columns from top to bottom; the first is at the left, or the right."""
    width, height = PAPERS[paper]
    entries = any(len(each.rows) > 1 and not each.digits for each in found)
    before = scale.number + (scale.entry if entries else 0)
    fit = int((width - 2 * MARGIN - before) / scale.pitch)
    across = min(fit, max((each.bubbles_across for each in found), default=1))
    column = before + across * scale.pitch
    count = max(1, int((width - 2 * MARGIN + scale.pitch) / (column + scale.pitch)))
    # Columns share the width evenly.
    step = (width - 2 * MARGIN) / count
    most = int((height - scale.top - FOOT) / scale.row)
    made = []
    for number, there in enumerate(_pages(found, most, count, across), start=1):
        drawn = _Drawn(scale, before, across)
        for place, questions in enumerate(there):
            left = MARGIN + (count - 1 - place if from_right else place) * step
            y = scale.top + scale.row / 2
            for each in questions:
                drawn.draw(each, left, y)
                y += each.height(across) * scale.row
        made.append(
            SheetPage(
                number=number,
                bits=_bits(version.code, number, width),
                bubbles=tuple(drawn.bubbles),
                labels=tuple(drawn.labels),
                boxes=tuple(drawn.boxes),
            )
        )
    return tuple(made)


def _pages(found: Sequence[Asked], most: int, count: int, across: int) -> Iterator[list[list[Asked]]]:
    """Yield pages of `count` columns of at most `most` rows; the last page's columns are evened out."""
    columns = _columns(found, most, across)
    for start in range(0, len(columns), count):
        there = columns[start : start + count]
        if start + count >= len(columns):
            there = _evened([each for column in there for each in column], most, count, across)
        yield there
    if not columns:
        yield []


def _columns(found: Sequence[Asked], most: int, across: int) -> list[list[Asked]]:
    columns: list[list[Asked]] = []
    left = 0.0
    for each in found:
        if each.height(across) > left:
            columns.append([])
            left = most
        columns[-1].append(each)
        left -= each.height(across)
    return columns


def _evened(found: Sequence[Asked], most: int, count: int, across: int) -> list[list[Asked]]:
    """Return the columns that are as short as they can be."""
    least = int(sum(each.height(across) for each in found) / count)
    return next(
        columns
        for high in range(max(least, 1), most + 1)
        if len(columns := _columns(found, high, across)) <= count
    )


class _Drawn:
    """Collects the contents of the grid of a page."""

    def __init__(self, scale: Scale, before: float, across: int) -> None:
        self._scale = scale
        self._before = before
        self._across = across
        self.bubbles: list[Bubble] = []
        self.labels: list[Label] = []
        self.boxes: list[Box] = []

    def draw(self, each: Asked, left: float, y: float) -> None:
        """Draw a question whose first row is at height `y`."""
        scale = self._scale
        first = left + self._before + scale.pitch / 2
        self.labels.append(Label(str(each.question.number), _mm(left + scale.number - 1.5), _mm(y)))
        above = 0
        for row, (options, lines) in enumerate(zip(each.rows, each.lines(self._across), strict=True)):
            if each.digits:
                x = first + row * scale.pitch
                self.boxes.append(Box(_mm(x), _mm(y), _mm(scale.pitch - 0.6)))
                for place, option in enumerate(options.options, start=1):
                    self._bubble(each, row, option, x, y + place * scale.row)
            else:
                at = y + above * scale.row
                above += lines
                if len(each.rows) > 1:
                    self.labels.append(
                        Label(str(row + 1), _mm(left + self._before - 1.5), _mm(at), entry=True)
                    )
                for place, option in enumerate(options.options):
                    down, along = divmod(place, self._across)
                    self._bubble(each, row, option, first + along * scale.pitch, at + down * scale.row)

    def _bubble(self, each: Asked, row: int, option: str, x: float, y: float) -> None:
        self.bubbles.append(
            Bubble(
                question=each.question.number,
                row=row + 1,
                option=option,
                x=_mm(x),
                y=_mm(y),
                radius=self._scale.radius,
                shape="square" if each.several else "circle",
            )
        )


def _bits(code: str, page: int, width: float) -> tuple[Square, ...]:
    bits = code_bits(code, page)
    start = (width - (len(bits) - 1) * BIT_PITCH) / 2
    return tuple(
        Square(_mm(start + place * BIT_PITCH), MARK_INSET, BIT_SIDE, bit) for place, bit in enumerate(bits)
    )


def _mm(length: float) -> float:
    return round(length, 2)
