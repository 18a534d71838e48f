"""What each paper answers to each question, and the points for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

import msgspec
from msgspec import UNSET

from deckgen.core.number import number, percentage, significant_digits
from deckgen.marking.judging import Mark
from deckgen.marking.papers import MarkedPage
from deckgen.marking.versions import STUDENT
from deckgen.scoring import Rule, exact, score
from deckgen.sheet.bubbles import Bubble
from deckgen.sheet.geometry import Marked

if TYPE_CHECKING:
    from deckgen.marking.papers import Paper

#: What a person decided: the options that are marked, by the key of a page, the question and the row.
Decisions = Mapping[tuple[str, int, int], tuple[str, ...]]


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
    def name(self) -> str:
        """What it belongs to, for people."""
        if self.question == STUDENT:
            return f"student number, digit {self.row}"
        return f"question {self.question}" + (f", row {self.row}" if self.row > 1 else "")

    @property
    def why(self) -> str:
        """Why a person has to decide."""
        doubts = [
            f"{bubble.option} is {mark.value}"
            for bubble, mark in zip(self.bubbles, self.marks, strict=True)
            if mark.doubtful
        ]
        return ", ".join(doubts) or "several are marked"

    @property
    def likely(self) -> tuple[str, ...]:
        """What is proposed to a person: all that is clearly marked, or else what is faint."""
        for kinds in ((Mark.MARKED,), (Mark.FAINT, Mark.AROUND)):
            found = tuple(
                bubble.option for bubble, mark in zip(self.bubbles, self.marks, strict=True) if mark in kinds
            )
            if found:
                return found
        return ()


class Response(msgspec.Struct, frozen=True):
    """The answer of a paper to a question."""

    question: Marked
    rows: tuple[Row, ...]
    #: None while a row is doubtful, or its page was not scanned.
    points: Fraction | None

    @property
    def pending(self) -> bool:
        return self.points is None

    @property
    def chosen(self) -> tuple[frozenset[str], ...]:
        """The marked options of each row."""
        return tuple(frozenset(row.chosen or ()) for row in self.rows)

    @property
    def right(self) -> bool:
        """Whether it earns all points."""
        return self.points is not None and self.points >= exact(self.question.points)


def rows(page: MarkedPage, decisions: Decisions) -> Iterator[Row]:
    """Yield the rows of a page, with what was decided about them."""
    groups: dict[tuple[int, int], list[tuple[Bubble, Mark]]] = {}
    for bubble, mark in zip(page.page.bubbles, page.marks, strict=True):
        groups.setdefault((bubble.question, bubble.row), []).append((bubble, mark))
    for (question, row), group in groups.items():
        bubbles, marks = zip(*group, strict=True)
        decided = decisions.get((page.key, question, row))
        chosen: tuple[str, ...] | None = None
        if decided is not None:
            chosen = tuple(bubble.option for bubble in bubbles if bubble.option in decided)
        elif not any(mark.doubtful for mark in marks):
            chosen = tuple(bubble.option for bubble, mark in group if mark is Mark.MARKED)
            if question == STUDENT and len(chosen) > 1:
                chosen = None
        yield Row(page, question, row, bubbles, marks, chosen, by_person=decided is not None)


def student(paper: Paper, decisions: Decisions) -> str | None:
    """Return the student number of a paper, empty where it has none; None where a person has to decide it."""
    columns = [row for page in paper.pages for row in rows(page, decisions) if row.question == STUDENT]
    if any(row.chosen is None for row in columns):
        return None
    return "".join(
        option for row in sorted(columns, key=lambda each: each.row) for option in row.chosen or ()
    )


def responses(paper: Paper, decisions: Decisions) -> tuple[Response, ...]:
    """Return the answers of a paper, in the order of its version."""
    found: dict[int, list[Row]] = {}
    for page in paper.pages:
        for row in rows(page, decisions):
            found.setdefault(row.question, []).append(row)
    return tuple(
        Response(question, tuple(there), _points(question, there))
        for question in paper.sheet.questions
        for there in [sorted(found.get(question.number, ()), key=lambda row: row.row)]
    )


def _points(question: Marked, there: Sequence[Row]) -> Fraction | None:
    if len(there) < len(question.right) or any(row.chosen is None for row in there):
        return None
    chosen = [frozenset(row.chosen or ()) for row in there]
    right = [frozenset(each) for each in question.right]
    if question.answer is not UNSET and is_near(value(chosen), question.answer, question.tolerance or "0"):
        chosen = right
    return score(rule_of(question), chosen, right)


def rule_of(question: Marked) -> Rule:
    """Return how the answers to a question are scored."""
    return Rule(
        kind=question.kind,
        points=exact(question.points),
        penalty=exact(question.penalty),
        floor=exact(question.floor),
        partial=question.partial,
        options=len(question.options),
    )


def value(chosen: Sequence[frozenset[str]]) -> str:
    """Return the number that columns of digits make; one with two marks in a column is none."""
    if any(len(column) > 1 for column in chosen):
        return "?"
    return "".join(option for column in chosen for option in column)


def is_near(given: str, answer: str, tolerance: str) -> bool:
    """Return whether a number is as near to the answer as a tolerance wants: `0.05`, `1 %`, `3 digits`."""
    found, wanted = number(given), number(answer)
    if found is None or wanted is None:
        return False
    if digits := significant_digits(tolerance):
        return _rounded(found, digits) == _rounded(wanted, digits)
    share = percentage(tolerance)
    limit = number(share or tolerance) or Fraction(0)
    return abs(found - wanted) <= (abs(wanted) * limit / 100 if share else limit)


def _rounded(exactly: Fraction, digits: int) -> Fraction:
    """Round to so many significant digits, halves away from zero."""
    if not exactly:
        return exactly
    size, lead = abs(exactly), 0
    while size >= Fraction(10) ** (lead + 1):
        lead += 1
    while size < Fraction(10) ** lead:
        lead -= 1
    unit = Fraction(10) ** (lead - digits + 1)
    whole = (size / unit + Fraction(1, 2)).__floor__() * unit
    return whole if exactly > 0 else -whole
