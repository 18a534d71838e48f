"""Describe the answer sheets of a version for programs that read scans (`deckgen.sheet.geometry`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import UNSET

from deckgen.core import Numeric
from deckgen.sheet.geometry import (
    AnswerSheet,
    Grade,
    Mark,
    Marked,
    Page,
    PaperSize,
    StudentNumber,
    Written,
    WrittenAnswer,
)
from deckgen.sheet.marks import marks, serial
from deckgen.sheet.points import grade_rows
from deckgen.sheet.profile import PAPERS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from fractions import Fraction

    from deckgen.core import Item, Paper
    from deckgen.sheet.bubble_rows import Asked
    from deckgen.sheet.bubbles import SheetPage
    from deckgen.sheet.version import Question, Version


def describe(
    version: Version,
    found: Sequence[Asked],
    made: Sequence[SheetPage],
    paper: Paper,
    written: Sequence[Question] = (),
    key: Callable[[Item], str] = lambda _: "",
    *,
    numbered: bool = False,
) -> AnswerSheet:
    """Return what a program must know to read a version's answer sheets; lengths are mm from the top left corner.

    Answers to `written` are written in boxes; `key` says what is right. Copies that are `numbered` have a serial number
    on each page.
    """
    width, height = PAPERS[paper]
    there = {question.number for question in (*(each.question for each in found), *written)}
    return AnswerSheet(
        paper=PaperSize(paper, width, height),
        sheet=version.sheet.id,
        title=version.sheet.title,
        version=version.name,
        code=version.code,
        marks={name: Mark(mark.x, mark.y, mark.side) for name, mark in marks(width, height).items()},
        total=version.points,
        total_bubbles=sum(each.question.item.points for each in found),
        questions=tuple(map(_marked, found)),
        on_paper=tuple(
            Written(each.number, each.item.id, each.kind, each.item.points)
            for each in version.questions
            if each.number not in there
        ),
        student_number=StudentNumber(digits) if (digits := version.sheet.student_number) else None,
        grades=tuple(Grade(grade.name, _number(grade.least)) for grade in grade_rows(version)),
        written=tuple(_written(each, key(each.item)) for each in written) or UNSET,
        pages=tuple(_page(page, width, numbered=numbered) for page in made),
    )


def _page(page: SheetPage, width: float, *, numbered: bool) -> Page:
    squares = tuple(Mark(each.x, each.y, each.side) for each in serial(0, width)) if numbered else None
    return Page(
        page=page.number,
        bits=page.bits,
        serial=squares,
        bubbles=page.bubbles,
        student=page.student.bubbles if page.student else (),
        writing=page.writing or UNSET,
    )


def _marked(each: Asked) -> Marked:
    item, rule = each.question.item, each.question.rule
    number = item if isinstance(item, Numeric) else None
    return Marked(
        number=each.question.number,
        id=item.id,
        kind=item.kind,
        points=item.points,
        penalty=_number(rule.penalty),
        floor=_number(rule.floor),
        partial=rule.partial,
        several=each.several,
        right=tuple(row.right for row in each.rows),
        options=each.options,
        entries=each.entries,
        answer=number.answer if number else UNSET,
        tolerance=number.tolerance if number else UNSET,
    )


def _number(exact: Fraction) -> float:
    return int(exact) if exact.denominator == 1 else float(exact)


def _written(question: Question, key: str) -> WrittenAnswer:
    item = question.item
    floor = _number(question.rule.floor)
    return WrittenAnswer(question.number, item.id, item.kind, item.points, floor=floor, key=key)
