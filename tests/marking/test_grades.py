"""Grades of papers: at their least points, none while anything is open, none where questions are answered elsewhere."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import msgspec
import pytest

from cli.conftest import Ran
from deckgen.sheet.geometry import AnswerSheet
from marking import simulator
from marking.exam import exam
from marking.test_mark import MACHINE, csv_of, small

#: 90 % and 75 % of 8 points.
GRADES = [{"name": "A", "least": 7.2}, {"name": "B", "least": 6}, {"name": "F", "least": 0}]


def marked(
    folder: Path, deckgen: Callable[..., Ran], right: list[int], grades: list[dict[str, Any]], *, faint: bool
) -> list[dict[str, str]]:
    """Mark papers with so many right answers each, and perhaps another with faint marks; return `scores.csv`."""
    geometry = small().geometries["A"] | {"grades": grades}
    (folder / "printed").mkdir()
    (folder / "printed/A.json").write_text(json.dumps(geometry), encoding="utf-8")
    [blank], chance = small().pages("A", 150), random.Random(6)
    strange = [simulator.Strange()] * len(right) + [simulator.Strange(faint=1)] * faint
    for number, (count, way) in enumerate(zip([*right, 8][: len(strange)], strange, strict=True)):
        filled = simulator.filled(
            blank, geometry, geometry["pages"][0], chance, simulator.PENS[0], way,
            lambda question, row, count=count: question["right"][row - 1] if question["number"] <= count else (),
        )  # fmt: skip
        simulator.taken(filled.picture, MACHINE, chance).save(folder / f"{number}.png")
    scans = [f"{number}.png" for number in range(len(strange))]
    assert deckgen("mark", "./printed", *scans, "--out", "out").code == int(faint)
    return csv_of(folder / "out/scores.csv")


def test_papers_get_grades_from_their_least_points_on(tmp_path: Path, deckgen: Callable[..., Ran]) -> None:
    """Beside the total, and counted in the report; a paper whose total is open has none."""
    scores = marked(tmp_path, deckgen, [8, 7, 6, 5, 0], GRADES, faint=True)
    assert list(scores[0])[-4:] == ["total", "of", "grade", "not decided"]
    assert [(row["total"], row["grade"]) for row in scores] == [
        ("8", "A"), ("7", "B"), ("6", "B"), ("5", "F"), ("0", "F"), ("", ""),
    ]  # fmt: skip
    report = (tmp_path / "out/report.html").read_text(encoding="utf-8")
    rows = re.findall(r"<bdi>([ABF])</bdi></td>.*?>(\d+)</td><td[^>]*>(\d+%)<", report)
    assert rows == [("A", "1", "20%"), ("B", "2", "40%"), ("F", "2", "40%")]


def test_without_grades_there_is_no_column(tmp_path: Path, deckgen: Callable[..., Ran]) -> None:
    """Nor a word of them in the report."""
    assert "grade" not in marked(tmp_path, deckgen, [8], [], faint=False)[0]
    assert "Grade" not in (tmp_path / "out/report.html").read_text(encoding="utf-8")


def test_a_share_of_odd_points_is_exact() -> None:
    """Two thirds of eight points are the least of a grade, and whoever has so many has it."""
    sheet = sheet_of(small().geometries["A"], [("good", 16 / 3), ("poor", 0)])
    assert [sheet.grade(points) for points in (Fraction(16, 3), Fraction(5333, 1000), Fraction(-1))] == [
        "good", "poor", "poor",
    ]  # fmt: skip


@pytest.mark.parametrize("boxes", [True, False], ids=["on the answer sheet", "on the question sheet"])
def test_a_part_of_the_points_has_no_grade(boxes: bool) -> None:
    """Questions that are answered on the question sheet are no part of the total, which decides on no grade then."""
    geometry = exam("written", versions=1).geometries["A"]
    if not boxes:
        geometry = geometry | {"on_paper": geometry["written"]}
        del geometry["written"]
    sheet = sheet_of(geometry, [("pass", 4), ("fail", 0)])
    assert (sheet.grade(Fraction(7)), bool(sheet.grades_here)) == (("pass", True) if boxes else ("", False))


def sheet_of(geometry: dict[str, Any], grades: list[tuple[str, float]]) -> AnswerSheet:
    named = [{"name": name, "least": least} for name, least in grades]
    return msgspec.convert(geometry | {"grades": named}, AnswerSheet)


def test_no_cell_is_a_formula(tmp_path: Path, deckgen: Callable[..., Ran]) -> None:
    """A grade is what its author called it, in the spreadsheet and in the report; what a spreadsheet would run is quoted."""
    names = ["=1+1", "A, <b>\n", "-3", "-"]
    grades = [{"name": name, "least": least} for name, least in zip(names, (8, 7, 6, 0), strict=True)]
    scores = marked(tmp_path, deckgen, [8, 7, 6, 0], grades, faint=False)
    assert [row["grade"] for row in scores] == ["'=1+1", *names[1:]]
    report = (tmp_path / "out/report.html").read_text(encoding="utf-8")
    assert "<bdi>=1+1</bdi>" in report
    assert "<bdi>A, &lt;b&gt;\n</bdi>" in report
