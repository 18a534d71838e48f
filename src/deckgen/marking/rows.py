"""Pages and their rows of bubbles: what is marked in each, and what a person decided of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from deckgen.marking.decisions import Decisions
from deckgen.marking.versions import STUDENT
from deckgen.sheet.bubble_marks import Mark
from deckgen.sheet.bubbles import Bubble
from deckgen.sheet.geometry import Page


class MarkedPage(msgspec.Struct, frozen=True):
    """A page and what is in each of its bubbles."""

    key: str
    name: str
    code: str
    #: The serial number of the copy, 0 where copies are not numbered.
    serial: int
    page: Page
    marks: tuple[Mark, ...]
    #: The boxes to write in, by question and part, that seem to be empty.
    blank: frozenset[tuple[int, int]] = frozenset()


class Row(msgspec.Struct, frozen=True):
    """A row of bubbles of a page: what is marked in it, or why that is doubtful."""

    page: MarkedPage
    question: int
    row: int
    bubbles: tuple[Bubble, ...]
    marks: tuple[Mark, ...]
    #: The options that are marked; None where a person has to decide.
    chosen: tuple[str, ...] | None
    by_person: bool = False

    @property
    def place(self) -> tuple[str, int, int]:
        """What a decision about it is kept by."""
        return self.page.key, self.question, self.row

    @property
    def options(self) -> list[str]:
        """The options in it."""
        return [bubble.option for bubble in self.bubbles]

    def name(self, text: Mapping[str, str]) -> str:
        """Return what it belongs to, in fixed words."""
        if self.question == STUDENT:
            return text["review-row-student"].format(digit=self.row)
        return text["review-row-of" if self.row > 1 else "review-row"].format(
            question=self.question, row=self.row
        )

    def why(self, text: Mapping[str, str]) -> str:
        """Return why a person has to decide, in fixed words."""
        doubts = [
            text[f"review-mark-{mark}"].format(option=bubble.option)
            for bubble, mark in zip(self.bubbles, self.marks, strict=True)
            if mark.doubtful
        ]
        return "; ".join(doubts) or text["review-several"]

    @property
    def likely(self) -> tuple[str, ...]:
        """What is proposed to a person: all that is clearly marked, or else what is faint or circled."""
        there = tuple(zip(self.bubbles, self.marks, strict=True))
        return tuple(bubble.option for bubble, mark in there if mark is Mark.MARKED) or tuple(
            bubble.option for bubble, mark in there if mark.proposed
        )


def rows(page: MarkedPage, decisions: Decisions, only: int | None = None) -> Iterator[Row]:
    """Yield the rows of a page, or `only` those of a question, with what was decided about them."""
    groups: dict[tuple[int, int], list[tuple[Bubble, Mark]]] = {}
    for bubble, mark in zip(page.page.bubbles, page.marks, strict=True):
        if only is None or bubble.question == only:
            groups.setdefault((bubble.question, bubble.row), []).append((bubble, mark))
    for (question, row), group in groups.items():
        bubbles, marks = zip(*group, strict=True)
        decided = decisions.marked((page.key, question, row), [bubble.option for bubble in bubbles])
        chosen: tuple[str, ...] | None = None
        if decided is not None:
            chosen = tuple(bubble.option for bubble in bubbles if bubble.option in decided)
        elif not any(mark.doubtful for mark in marks):
            chosen = tuple(bubble.option for bubble, mark in group if mark is Mark.MARKED)
            if question == STUDENT and len(chosen) > 1:
                chosen = None
        yield Row(page, question, row, bubbles, marks, chosen, by_person=decided is not None)


def doubtful_rows(pages: Sequence[MarkedPage]) -> tuple[Row, ...]:
    """Return the rows of questions that nobody can tell without looking."""
    nothing = Decisions()
    return tuple(
        row for page in pages for row in rows(page, nothing) if row.chosen is None and row.question != STUDENT
    )


def student_columns(pages: Sequence[MarkedPage], decisions: Decisions) -> list[Row]:
    """Return the columns of the student number of a paper, from the left; none if its page is not there."""
    columns = (row for page in pages if page.page.student for row in rows(page, decisions, STUDENT))
    return sorted(columns, key=lambda each: each.row)


def student_number(pages: Sequence[MarkedPage], decisions: Decisions) -> str | None:
    """Return the student number of a paper, empty where it has none; None where a person has to decide it."""
    first = min(pages, key=lambda each: each.page.page)
    if first.key in decisions.students:
        return decisions.students[first.key]
    pattern = digits(pages, decisions)
    # Shorter numbers leave columns empty at one end, not in the middle.
    return None if "?" in pattern or "_" in pattern.strip("_") else pattern.strip("_")


def digits(pages: Sequence[MarkedPage], decisions: Decisions) -> str:
    """Return what was read of a student number: `_` for an empty column, `?` for a doubtful one."""
    columns = student_columns(pages, decisions)
    return "".join("?" if row.chosen is None else "".join(row.chosen) or "_" for row in columns)
