"""The outputs for spreadsheets and other programs: papers, their answers, questions, misconceptions."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from io import StringIO
from typing import TYPE_CHECKING

from msgspec import UNSET

from deckgen.core.number import number
from deckgen.csv_cell import as_text
from deckgen.marking.report import where
from deckgen.marking.responses import grade, total, value
from deckgen.sheet.geometry import WrittenAnswer

if TYPE_CHECKING:
    from deckgen.marking.analysis import Figures
    from deckgen.marking.papers import Paper
    from deckgen.marking.report import Wording
    from deckgen.marking.responses import Response
    from deckgen.marking.rows import Row
    from deckgen.sheet.geometry import Marked

    Answered = Sequence[tuple[Paper, tuple[Response, ...]]]


def table(rows: Iterable[Sequence[str]]) -> bytes:
    """Return rows as CSV (RFC 4180) in UTF-8, with the mark at the start by which Excel knows that."""
    stream = StringIO()
    csv.writer(stream).writerows(map(_text, row) for row in rows)
    return stream.getvalue().encode("utf-8-sig")


def _text(cell: str) -> str:
    """Return a cell that is a number, or the sign of one, as it is, and any other as text."""
    return cell if len(cell) == 1 or number(cell) is not None else as_text(cell)


def shown(points: Fraction) -> str:
    """Return points with at most two decimals, and none where they are whole."""
    return f"{float(points):.2f}".rstrip("0").rstrip(".") or "0"


def question_ids(answered: Answered) -> list[str]:
    """Return the ids of all questions, in the order of the first version that was scanned."""
    return list(dict.fromkeys(each.question.id for _, given in answered for each in given))


def scores(answered: Answered, students: Mapping[int, str], names: Mapping[str, str]) -> bytes:
    """Return a line for each paper: the points of each question, in all, and the grade where the sheet has any.

    What is not decided yet is empty, and so are the total and the grade then.
    """
    ids = question_ids(answered)
    graded = ["grade"] if any(paper.sheet.grades_here for paper, _ in answered) else []
    head = ["paper", "scan", "serial", "student", "name", "version"]
    lines = [[*head, *ids, "total", "of", *graded, "not decided"]]
    for paper, given in answered:
        by_id = {each.question.id: each.points for each in given}
        pending = sum(each.pending for each in given)
        cells = [_cell(by_id.get(id_)) for id_ in ids]
        most = f"{paper.sheet.total_here:g}"
        lines.append(
            [
                str(paper.number),
                paper.name,
                str(paper.serial or ""),
                students.get(paper.number, ""),
                names.get(students.get(paper.number, ""), ""),
                paper.sheet.version,
                *cells,
                _cell(total(given)),
                most,
                *([grade(paper, given)] if graded else []),
                str(pending or ""),
            ]
        )
    return table(lines)


def _cell(points: Fraction | None) -> str:
    return "" if points is None else shown(points)


def answers(answered: Answered, students: Mapping[int, str]) -> bytes:
    """Return a line for each response: what was chosen, as printed and by the option's place in the source, from 0."""
    head = ["paper", "student", "version", "question", "number", "entry", "marked", "source", "right"]
    lines = [[*head, "points of question", "misconceptions", "decided by"]]
    for paper, given in answered:
        for each in given:
            whose = [str(paper.number), students.get(paper.number, ""), paper.sheet.version]
            start = [*whose, each.question.id, str(each.question.number)]
            points = _cell(each.points)
            if isinstance(each.question, WrittenAnswer):
                by = "nobody yet" if each.pending else "a person"
                right = "" if each.pending else "yes" if each.right else "no"
                lines.append([*start, "", "", "", right, points, "", by])
                continue
            if each.question.answer is not UNSET:
                by = _by(each.rows)
                written = "" if by == "nobody yet" else value(each.chosen)
                right = "" if each.points is None else "yes" if each.right else "no"
                lines.append([*start, "", written, "", right, points, "", by])
                continue
            question = each.question
            lines += [[*start, *_row(question, place, row, points)] for place, row in enumerate(each.rows)]
    return table(lines)


def items(figures: Figures, wordings: Mapping[str, Wording]) -> bytes:
    """Return a line for each question, with the options behind it: chosen by all, by the upper, by the lower third."""
    most = max((len(item.options) for item in figures.items), default=0)
    head = ["question", "kind", "persons", "difficulty", "discrimination", "flags", "place"]
    columns = ("option {}", "chosen {}", "upper {}", "lower {}", "misconception {}")
    lines = [[*head, *(name.format(number) for number in range(most) for name in columns)]]
    for item in figures.items:
        start = [
            item.id,
            item.kind,
            str(item.persons),
            f"{item.difficulty:.3f}",
            "" if item.discrimination is None else f"{round(item.discrimination, 2) + 0:.2f}",
        ]
        line = [*start, "; ".join(item.flags), where(item.id, wordings)]
        for option in item.options:
            right = "right" if option.right else "wrong"
            line += [right, str(option.all), str(option.upper), str(option.lower), option.misconception]
        lines.append(line)
    return table(lines)


def misconceptions(figures: Figures) -> bytes:
    """Return a line for each misconception: who holds it, of whom."""
    lines = [["misconception", "hold it", "asked", "share"]]
    lines += [
        [each.misconception, str(each.holders), str(each.asked), f"{each.share:.3f}"] for each in figures.held
    ]
    return table(lines)


def _row(question: Marked, place: int, row: Row, points: str) -> list[str]:
    entry = str(question.entries[place]) if question.entries else ""
    if row.chosen is None:
        return [entry, "", "", "", points, "", _by([row])]
    options = [option for option in question.options if option.letter in row.chosen]
    return [
        entry,
        " ".join(row.chosen),
        " ".join(str(option.source) for option in options),
        "yes" if set(row.chosen) == set(question.right[place]) else "no",
        points,
        " ".join(dict.fromkeys(option.misconception for option in options if option.misconception)),
        _by([row]),
    ]


def _by(rows: Iterable[Row]) -> str:
    there = list(rows)
    if not there or any(row.chosen is None for row in there):
        return "nobody yet"
    return "a person" if any(row.by_person for row in there) else "the program"
