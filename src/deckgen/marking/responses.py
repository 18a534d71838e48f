"""What each paper answers to each question, and the points for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

import msgspec
from msgspec import UNSET

from deckgen.core.number import number, percentage, significant_digits
from deckgen.marking.rows import MarkedPage, Row, rows
from deckgen.scoring import Rule, exact, score
from deckgen.sheet.geometry import Marked, WrittenAnswer
from deckgen.sheet.writing import WritingBox

if TYPE_CHECKING:
    from deckgen.marking.decisions import Decisions
    from deckgen.marking.papers import Paper


class Place(NamedTuple):
    """A box of a page that an answer is written in."""

    page: MarkedPage
    box: WritingBox


class Response(msgspec.Struct, frozen=True):
    """The answer of a paper to a question."""

    question: Marked | WrittenAnswer
    rows: tuple[Row, ...]
    #: None while a row is doubtful, nobody gave points, or its page was not scanned.
    points: Fraction | None
    #: Where it is written, if it is, and whether all of that was scanned.
    boxes: tuple[Place, ...] = ()
    is_whole: bool = False

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


def responses(paper: Paper, decisions: Decisions) -> tuple[Response, ...]:
    """Return the answers of a paper, in the order of its version."""
    found: dict[int, list[Row]] = {}
    for page in paper.pages:
        for row in rows(page, decisions):
            found.setdefault(row.question, []).append(row)
    marked = (
        Response(question, tuple(there), _points(question, there))
        for question in paper.sheet.questions
        for there in [sorted(found.get(question.number, ()), key=lambda row: row.row)]
    )
    return tuple(sorted((*marked, *written(paper, decisions)), key=lambda each: each.question.number))


def written(paper: Paper, decisions: Decisions) -> Iterator[Response]:
    """Yield the answers of a paper that are written in boxes, with the points that a person gave."""
    for question in paper.sheet.written or ():
        boxes = tuple(
            Place(page, box)
            for page in paper.pages
            for box in page.page.writing or ()
            if box.question == question.number
        )
        asked = sum(
            box.question == question.number for page in paper.sheet.pages for box in page.writing or ()
        )
        given = decisions.points.get((boxes[0].page.key, question.number)) if boxes else None
        is_whole = len(boxes) == asked > 0
        points = points_given(question, given) if given is not None and is_whole else None
        yield Response(question, (), points, boxes, is_whole)


def points_given(question: WrittenAnswer, said: str) -> Fraction | None:
    """Return the points that a person gave; None where the question cannot have so many."""
    points = number(said)
    fits = points is not None and exact(question.floor) <= points <= exact(question.points)
    return points if fits else None


def total(given: Sequence[Response]) -> Fraction | None:
    """Return the points of all answers of a paper; None while any of them is open."""
    points = [each.points for each in given if each.points is not None]
    return sum(points, Fraction(0)) if len(points) == len(given) else None


def grade(paper: Paper, given: Sequence[Response]) -> str:
    """Return the grade of a paper; empty while its points are open, and where its answers decide on none."""
    points = total(given)
    return "" if points is None else paper.sheet.grade(points)


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
