"""What `deckgen new --kind exam` promises: print for a class, fill in, scan, mark."""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from cli.conftest import Ran
from deckgen.cli.starter import starter
from deckgen.marking import decisions as kept
from deckgen.marking.asks import PointsAsk, asks
from deckgen.marking.files import leaves
from deckgen.marking.marking import read_pile
from deckgen.marking.rows import student_number
from deckgen.marking.versions import load
from marking import simulator
from sheet.engines import weasyprint_pdf

MACHINE = simulator.Machine(dpi=150, upside_down=0.3)


def csv_of(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(path.read_text(encoding="utf-8-sig"))))


@pytest.fixture
def exam(tmp_path: Path) -> Path:
    """The project, made for a class of three."""
    for name, text in starter("exam-of-the-tests", "Exam", "exam").items():
        path = tmp_path / "exam" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    students = tmp_path / "exam/class.csv"
    students.write_text("".join(students.read_text("utf-8").splitlines(keepends=True)[:4]), encoding="utf-8")
    return tmp_path / "exam"


def test_the_starter_goes_the_whole_way(
    exam: Path, deckgen: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the new project to the points and grades of everybody, those who knew nothing among them."""
    weasyprint_pdf(b"<p>")
    monkeypatch.chdir(exam)
    assert (
        deckgen("check", "--advice").err == "no mistakes and no advice in 1 file with 9 items and 1 sheet\n"
    )
    assert deckgen("print", "midterm", "--students", "class.csv", "--one-sided").code == 0
    printed = exam / "exams/midterm"
    geometries: dict[str, Any] = {
        name: json.loads((printed / f"answer-sheets/{name}.json").read_bytes()) for name in "AB"
    }
    copies = json.loads((printed / "copies.json").read_bytes())["copies"]
    pages = simulator.printed((printed / "copies.pdf").read_bytes(), MACHINE.dpi)
    each = len(pages) // len(copies)
    assert len(pages) == each * len(copies)
    chance = random.Random(1)
    scans, expected, written = [], {}, {}
    for place, copy in enumerate(copies):
        geometry = geometries[copy["version"]]
        # The first one knows everything, the second one the choices, the third one nothing.
        known = [{question["kind"] for question in geometry["questions"]}, {"choice"}, set()][place]
        done = simulator.filled(
            pages[each * (place + 1) - 1], geometry, geometry["pages"][0], chance, simulator.PENS[place],
            simulator.Strange(), lambda asked, row, known=known: asked["right"][row - 1] if asked["kind"] in known else (),
        )  # fmt: skip
        scans += [*pages[each * place : each * (place + 1) - 1], done.picture]
        assert [question["id"] for question in geometry["written"]] == ["why-median"]
        points = sum(asked["points"] for asked in geometry["questions"] if asked["kind"] in known)
        # Written answers are marked by a person: all points for the first two, none for the third one.
        written[copy["number"]] = 4 if known else 0
        expected[copy["number"]] = (copy["name"], f"{points + written[copy['number']]:g}", "ADF"[place])
    assert [points for _, points, _ in expected.values()] == ["16", "8", "0"]
    chance.shuffle(scans)
    taken = [simulator.taken(scan, MACHINE, chance) for scan in scans]
    taken[0].save(exam / "scans.pdf", save_all=True, append_images=taken[1:], resolution=MACHINE.dpi)

    command = ("mark", "exams/midterm/answer-sheets", "scans.pdf", "--students", "class.csv")
    done = deckgen(*command)
    open_ = "3 written answers to `why-median` are not marked yet\n"
    assert (done.code, done.err) == (1, open_)
    scores = csv_of(exam / "marked/midterm/scores.csv")
    assert {(row["total"], row["grade"], row["not decided"]) for row in scores} == {("", "", "1")}
    mark_by_hand(exam, written)
    done = deckgen(*command)
    assert (done.code, done.err) == (0, "")
    scores = csv_of(exam / "marked/midterm/scores.csv")
    assert {row["student"]: (row["name"], row["total"], row["grade"]) for row in scores} == expected
    assert {row["of"] for row in scores} == {"16"}
    # Students' data is not for version control.
    assert {"class.csv", "exams/", "marked/"} <= set((exam / ".gitignore").read_text("utf-8").split())

    # Without a scanner: the PDF that was printed is a pile of empty papers, each with its name.
    tried = deckgen("mark", "exams/midterm/answer-sheets", "exams/midterm/copies.pdf", "--out", "tried")
    assert (tried.code, tried.err) == (1, open_)
    empty = csv_of(exam / "tried/scores.csv")
    assert [(row["student"], row["marbles"], row["why-median"]) for row in empty] == [
        (number, "0", "") for number in expected
    ]


def mark_by_hand(exam: Path, points: dict[str, float]) -> None:
    """Give each student points for the written answer, as on the page for that."""
    out = exam / "marked/midterm"
    pages = leaves(exam / "scans.pdf")
    pile, decisions = read_pile(pages, load(exam / "exams/midterm/answer-sheets", ""), out), kept.load(out)
    students = {
        paper.key: student_number(paper.pages, decisions) for paper in pile.collated(decisions).papers
    }
    for ask in asks(pile, decisions, {}):
        assert isinstance(ask, PointsAsk)
        student = students[ask.response.boxes[0].page.key]
        assert ask.decide(decisions, f"{points[student or '']:g}")
    kept.save(out, decisions)
