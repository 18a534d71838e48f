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
    """From the new project to the points of everybody, those who knew nothing among them."""
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
    scans, expected = [], {}
    for place, copy in enumerate(copies):
        geometry = geometries[copy["version"]]
        # The first one knows everything, the second one the choices, the third one nothing.
        known = [{question["kind"] for question in geometry["questions"]}, {"choice"}, set()][place]
        done = simulator.filled(
            pages[each * (place + 1) - 1], geometry, geometry["pages"][0], chance, simulator.PENS[place],
            simulator.Strange(), lambda asked, row, known=known: asked["right"][row - 1] if asked["kind"] in known else (),
        )  # fmt: skip
        scans += [*pages[each * place : each * (place + 1) - 1], done.picture]
        points = sum(asked["points"] for asked in geometry["questions"] if asked["kind"] in known)
        expected[copy["number"]] = (copy["name"], f"{points:g}")
    assert [points for _, points in expected.values()] == ["12", "4", "0"]
    chance.shuffle(scans)
    taken = [simulator.taken(scan, MACHINE, chance) for scan in scans]
    taken[0].save(exam / "scans.pdf", save_all=True, append_images=taken[1:], resolution=MACHINE.dpi)

    done = deckgen("mark", "exams/midterm/answer-sheets", "scans.pdf", "--students", "class.csv")
    assert (done.code, done.err) == (0, "")
    scores = csv_of(exam / "marked/midterm/scores.csv")
    assert {row["student"]: (row["name"], row["total"]) for row in scores} == expected
    assert {row["of"] for row in scores} == {"12"}
    # Students' data is not for version control.
    assert {"class.csv", "exams/", "marked/"} <= set((exam / ".gitignore").read_text("utf-8").split())

    # Without a scanner: the PDF that was printed is a pile of empty papers, each with its name.
    tried = deckgen("mark", "exams/midterm/answer-sheets", "exams/midterm/copies.pdf", "--out", "tried")
    assert (tried.code, tried.err) == (0, "")
    empty = csv_of(exam / "tried/scores.csv")
    assert [(row["student"], row["total"]) for row in empty] == [(number, "0") for number in expected]
