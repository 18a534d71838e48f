"""The layout of answer sheets in millimetres, which programs that read scans need as well."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import msgspec
from msgspec import Meta

from deckgen.core import Paper
from deckgen.sheet.bubble_rows import Asked
from deckgen.sheet.layout import FOOT, MARGIN, Box, Label, Scale, Shape, mm
from deckgen.sheet.marks import Square, bits
from deckgen.sheet.profile import PAPERS
from deckgen.sheet.student_number import Block, block
from deckgen.sheet.writing import WritingBox, writing_pages

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from deckgen.sheet.version import Question, Version


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


class SheetPage(msgspec.Struct, frozen=True, kw_only=True):
    """A page of an answer sheet."""

    number: int
    bits: tuple[Square, ...]
    bubbles: tuple[Bubble, ...]
    labels: tuple[Label, ...]
    boxes: tuple[Box, ...]
    #: Of the first page, where the sheet asks for the number of the student.
    student: Block | None = None
    #: Boxes to write in.
    writing: tuple[WritingBox, ...] = ()


def pages(
    version: Version,
    found: Sequence[Asked],
    paper: Paper,
    scale: Scale,
    written: Sequence[Question] = (),
    *,
    from_right: bool = False,
) -> tuple[SheetPage, ...]:
    """Lay the questions out on pages, in columns from top to bottom; the first is at the left, or the right.

    Below them, and on further pages, are boxes for answers that are `written`.
    """
    width, height = PAPERS[paper]
    entries = any(len(each.rows) > 1 and not each.digits for each in found)
    before = scale.number + (scale.entry if entries else 0)
    fit = int((width - 2 * MARGIN - before) / scale.pitch)
    across = min(fit, max((each.bubbles_across for each in found), default=1))
    column = before + across * scale.pitch
    count = max(1, int((width - 2 * MARGIN + scale.pitch) / (column + scale.pitch)))
    # Columns share the width evenly.
    step = (width - 2 * MARGIN) / count
    digits = version.sheet.student_number
    student = block(digits, paper, scale, from_right=from_right) if digits else None
    first_top = max(scale.top, student.bottom) if student else scale.top
    first, most = (int((height - top - FOOT) / scale.row) for top in (first_top, scale.top))
    made = []
    bottom = first_top
    for number, there in enumerate(_pages(found, first, most, count, across), start=1):
        drawn = _Drawn(scale, before, across)
        bottom = first_top if number == 1 else scale.top
        for place, questions in enumerate(there):
            left = MARGIN + (count - 1 - place if from_right else place) * step
            y = (first_top if number == 1 else scale.top) + scale.row / 2
            for each in questions:
                drawn.draw(each, left, y)
                y += each.height(across) * scale.row
            bottom = max(bottom, y - scale.row / 2)
        made.append(
            SheetPage(
                number=number,
                bits=bits(version.code, number, width),
                bubbles=tuple(drawn.bubbles),
                labels=tuple(drawn.labels),
                boxes=tuple(drawn.boxes),
                student=student if number == 1 else None,
            )
        )
    return _with_writing(tuple(made), version, written, paper, scale, bottom)


def _with_writing(
    made: tuple[SheetPage, ...],
    version: Version,
    written: Sequence[Question],
    paper: Paper,
    scale: Scale,
    bottom: float,
) -> tuple[SheetPage, ...]:
    """Add boxes to write in below the bubbles of the last page, and pages of them."""
    if not written:
        return made
    [first, *others] = writing_pages(written, paper, scale, bottom)
    last = msgspec.structs.replace(made[-1], writing=first.boxes, labels=made[-1].labels + first.labels)
    more = (
        SheetPage(
            number=number,
            bits=bits(version.code, number, PAPERS[paper][0]),
            bubbles=(),
            labels=page.labels,
            boxes=(),
            writing=page.boxes,
        )
        for number, page in enumerate(others, start=len(made) + 1)
    )
    return (*made[:-1], last, *more)


def _pages(
    found: Sequence[Asked], first: int, most: int, count: int, across: int
) -> Iterator[list[list[Asked]]]:
    """Yield pages of `count` columns of at most `most` rows, `first` on the first page.

    The last page's columns are evened out.
    """
    columns = _columns(found, [first] * count, most, across)
    for start in range(0, len(columns), count):
        there = columns[start : start + count]
        if start + count >= len(columns):
            high = most if start else first
            there = _evened([each for column in there for each in column], high, count, across)
        yield there
    if not columns:
        yield []


def _columns(found: Sequence[Asked], first: Sequence[int], most: int, across: int) -> list[list[Asked]]:
    """Fill columns of `first` rows each, then of `most`; what is too high for a lower one leaves it empty."""
    columns: list[list[Asked]] = []
    left = 0.0
    for each in found:
        height = each.height(across)
        while height > left:
            high = first[len(columns)] if len(columns) < len(first) else most
            columns.append([])
            left = high
            if high >= most:
                break
        columns[-1].append(each)
        left -= height
    return columns


def _evened(found: Sequence[Asked], most: int, count: int, across: int) -> list[list[Asked]]:
    """Return the columns that are as short as they can be."""
    least = int(sum(each.height(across) for each in found) / count)
    return next(
        columns
        for high in range(max(least, 1), most + 1)
        if len(columns := _columns(found, (), high, across)) <= count
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
        self.labels.append(Label(str(each.question.number), mm(left + scale.number - 1.5), mm(y)))
        above = 0
        for row, (options, lines) in enumerate(zip(each.rows, each.lines(self._across), strict=True)):
            if each.digits:
                x = first + row * scale.pitch
                self.boxes.append(Box(mm(x), mm(y), mm(scale.pitch - 0.6)))
                for place, option in enumerate(options.options, start=1):
                    self._bubble(each, row, option, x, y + place * scale.row)
            else:
                at = y + above * scale.row
                above += lines
                if len(each.rows) > 1:
                    self.labels.append(Label(str(row + 1), mm(left + self._before - 1.5), mm(at), entry=True))
                for place, option in enumerate(options.options):
                    down, along = divmod(place, self._across)
                    self._bubble(each, row, option, first + along * scale.pitch, at + down * scale.row)

    def _bubble(self, each: Asked, row: int, option: str, x: float, y: float) -> None:
        self.bubbles.append(
            Bubble(
                question=each.question.number,
                row=row + 1,
                option=option,
                x=mm(x),
                y=mm(y),
                radius=self._scale.radius,
                shape="square" if each.several else "circle",
            )
        )
