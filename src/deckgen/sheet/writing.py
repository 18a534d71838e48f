"""The boxes of an answer sheet in which answers are written, below and behind its bubbles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated
from unicodedata import east_asian_width

import msgspec
from msgspec import Meta

from deckgen.core import Cloze, Concept, Contrast, Open, Word
from deckgen.sheet.layout import FOOT, MARGIN, Label, mm
from deckgen.sheet.profile import PAPERS
from deckgen.text import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from deckgen.core import Item, Paper, Text
    from deckgen.sheet.layout import Scale
    from deckgen.sheet.version import Question, Version

#: Between a box and the next one, and between bubbles and the first one.
_GAP, _FIRST_GAP = 3.0, 4.0
#: Between two boxes of one line side by side.
_BETWEEN = 6.0
#: From the left of a box to the end of the number of a gap in it.
_INSIDE = 5.0
#: Letters that a hand puts on one line of a definition.
_LETTERS_A_LINE = 55


class WritingBox(msgspec.Struct, frozen=True, kw_only=True):
    """A box to write in, by its top left corner; mm."""

    question: int
    part: Annotated[int, Meta(description="From 1; an answer that is longer than a page has several boxes.")]
    x: float
    y: float
    width: float
    height: float
    lines: Annotated[int, Meta(description="How many lines are printed in it, the lower edge as the last.")]

    @property
    def rules(self) -> tuple[float, ...]:
        """Return the heights of its lines, from the top, without the lower edge."""
        return tuple(mm(self.y + self.height * place / self.lines) for place in range(1, self.lines))


class WritingPage(msgspec.Struct, frozen=True):
    """The boxes of a page, and the numbers beside and in them."""

    boxes: tuple[WritingBox, ...]
    labels: tuple[Label, ...]


def width(text: str) -> int:
    """Measure a text in letters; wide ones (Chinese, Japanese, Korean) count twice."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def lines(text: Text) -> int:
    """Return how many lines to leave for writing what `text` says, 2 to 8."""
    return min(8, max(2, 1 + -(-width(plain(text)) // _LETTERS_A_LINE)))


def written(version: Version, bubbles: frozenset[int]) -> tuple[Question, ...]:
    """Return the questions of a version whose answers are written on its answer sheet: all but those with bubbles."""
    if not version.sheet.written_answers:
        return ()
    return tuple(question for question in version.questions if question.number not in bubbles)


def writing_lines(item: Item) -> int:
    """Return how many lines an answer gets: as on the question sheet."""
    if isinstance(item, Open):
        return item.lines
    if isinstance(item, Concept):
        return lines(item.definition)
    if isinstance(item, Contrast):
        return sum(lines(cell.text) for cell in item.cells)
    return max(1, len(_gaps(item)))


def _gaps(item: Item) -> Sequence[object]:
    if isinstance(item, Cloze):
        return item.gaps
    return item.examples[0].gaps if isinstance(item, Word) and item.ask == "fill" else ()


def writing_pages(
    questions: Sequence[Question], paper: Paper, scale: Scale, below: float
) -> Iterator[WritingPage]:
    """Lay boxes out, from `below` on the first page, which has bubbles; yield as many pages as they take.

    Boxes of one line stand two side by side. A box is torn only if it is higher than a page.
    """
    width, height = PAPERS[paper]
    low = height - FOOT
    most = int((low - scale.top) / scale.line)
    left, whole = MARGIN + scale.number, width - 2 * MARGIN - scale.number
    half = (whole - _BETWEEN - scale.number) / 2
    boxes: list[WritingBox] = []
    labels: list[Label] = []
    y, right = below + _FIRST_GAP, False
    for question in questions:
        count = writing_lines(question.item)
        for part, there in enumerate(_parts(count, most), start=1):
            short = count == 1
            # The second of two side by side is as high as the first.
            top = boxes[-1].y if short and right else y
            if top + there * scale.line > low:
                yield WritingPage(tuple(boxes), tuple(labels))
                boxes, labels, top, right = [], [], scale.top, False
            x = left + half + _BETWEEN + scale.number if short and right else left
            boxes.append(
                WritingBox(
                    question=question.number,
                    part=part,
                    x=mm(x),
                    y=mm(top),
                    width=mm(half if short else whole),
                    height=mm(there * scale.line),
                    lines=there,
                )
            )
            labels.append(Label(str(question.number), mm(x - 1.5), mm(top + scale.line / 2)))
            if len(_gaps(question.item)) > 1:
                labels += (
                    Label(
                        str((part - 1) * most + line + 1),
                        mm(x + _INSIDE),
                        mm(top + (line + 0.5) * scale.line),
                        entry=True,
                    )
                    for line in range(there)
                )
            y = top + there * scale.line + _GAP
            right = short and not right
    yield WritingPage(tuple(boxes), tuple(labels))


def _parts(count: int, most: int) -> Iterator[int]:
    while count > 0:
        yield min(count, most)
        count -= most
