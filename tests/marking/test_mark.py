"""`deckgen mark`: from scans to points, twice the same."""

from __future__ import annotations

import csv
import json
import random
import shutil
import struct
import subprocess
import sys
import zlib
from collections.abc import Callable
from functools import cache
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from cli.conftest import Ran
from deckgen.marking.files import UnreadableError, leaves, picture
from marking import simulator
from marking.exam import Exam, exam

Run = Callable[..., Ran]


@cache
def small() -> Exam:
    return exam("few")


@pytest.fixture
def printed(tmp_path: Path) -> str:
    """The folder with the JSON of the answer sheets, as it was when they were printed."""
    there = tmp_path / "printed"
    there.mkdir()
    for name, geometry in small().geometries.items():
        (there / f"{name}.json").write_text(json.dumps(geometry), encoding="utf-8")
    return "./printed"


def sheet_of_paper(
    version: str, seed: int, skill: float = 0.6, strange: simulator.Strange | None = None
) -> tuple[simulator.Picture, int]:
    """Return a page as it was filled in, and the points that it should get."""
    chance = random.Random(seed)
    geometry = small().geometries[version]
    said = {
        question["number"]: question["right"][0]
        if chance.random() < skill
        else [chance.choice(question["options"])["letter"]]
        for question in geometry["questions"]
    }
    pages, page = small().pages(version, 150), geometry["pages"][0]
    done = simulator.filled(
        pages[0], geometry, page, chance, simulator.PENS[seed % 3], strange or simulator.Strange(),
        lambda question, _row: said[question["number"]],
    )  # fmt: skip
    right = {question["number"]: question["right"][0] for question in geometry["questions"]}
    return done.picture, sum(said[number] == right[number] for number in right)


def csv_of(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(path.read_text(encoding="utf-8-sig"))))


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


MACHINE = simulator.Machine(dpi=150, upside_down=0)


def test_scans_of_all_kinds_become_points(printed: str, deckgen: Run, tmp_path: Path) -> None:
    """A PDF, a TIFF, a folder; upside down, a back, one page twice: points as meant, and the same again."""
    chance = random.Random(2)
    filled = [sheet_of_paper("AB"[seed % 2], seed) for seed in range(5)]
    taken = [simulator.taken(page, MACHINE, chance) for page, _ in filled]
    points = [str(each) for _, each in filled]
    taken[1] = taken[1].rotate(180)
    scans = tmp_path / "scans"
    scans.mkdir()
    taken[0].convert("RGB").save(scans / "1.png")
    again = simulator.taken(filled[0][0], MACHINE, chance)
    back = Image.new("L", taken[0].size, 244)
    taken[1].save(scans / "2.tiff", save_all=True, append_images=[back, again], compression="tiff_lzw")
    taken[2].save(scans / "10.jpg", quality=50)
    taken[3].save(tmp_path / "more.pdf", save_all=True, append_images=[taken[4]], resolution=150)

    done = deckgen("mark", printed, scans, "more.pdf", "--out", "out")
    assert (done.code, done.out.splitlines()[:2]) == (
        0,
        ["papers    5", "pages     7, 1 of them blank or of question sheets"],
    ), done.err
    assert done.err == "2.tiff page 3: the same page as 1.png page 1, counted once\n"
    scores = csv_of(tmp_path / "out/scores.csv")
    assert [row["total"] for row in scores] == points
    assert {row["of"] for row in scores} == {"8"}
    answers = csv_of(tmp_path / "out/answers.csv")
    assert len(answers) == 5 * 8
    assert all(
        (row["source"] == "0") == (row["right"] == "yes") for row in answers if row["question"] != "t2"
    )
    assert (tmp_path / "out/.gitignore").read_text() == "*\n"

    for number, each in enumerate(points, start=1):
        paper = ["pdftotext", "-f", "1", "-l", "1", str(tmp_path / f"out/papers/{number:04}.pdf"), "-"]
        text = subprocess.run(paper, capture_output=True, text=True, check=True)
        assert text.stderr == ""
        assert "".join(text.stdout.split()).startswith(f"{each}/8")

    first = contents(tmp_path / "out")
    assert deckgen("mark", printed, scans, "more.pdf", "--out", "out") == done
    assert contents(tmp_path / "out") == first


def test_what_is_doubtful_is_left_to_a_person(printed: str, deckgen: Run, tmp_path: Path) -> None:
    """It is listed, has no points, and the exit code is 1; a decision in the file is followed and asked no more."""
    page, points = sheet_of_paper("A", 1, skill=1, strange=simulator.Strange(faint=0.5))
    simulator.taken(page, MACHINE, random.Random(1)).save(tmp_path / "scan.png")
    done = deckgen("mark", printed, "scan.png", "--out", "out")
    assert done.code == 1
    assert "scan.png page 1: question 1: A is faint or partly filled" in done.err or "faint" in done.err
    [row] = csv_of(tmp_path / "out/scores.csv")
    assert row["total"] == ""
    left = int(row["not decided"])
    assert 0 < left < 8
    assert done.out.splitlines()[2] == f"left      {left} for a person to decide"

    decided: dict[str, Any] = json.loads((tmp_path / "out/decisions.json").read_text(encoding="utf-8"))
    key = next((tmp_path / "out/pages").iterdir()).stem
    decided["decisions"] = [
        {"page": key, "question": question["number"], "row": 1, "marked": question["right"][0]}
        for question in small().geometries["A"]["questions"]
    ]
    (tmp_path / "out/decisions.json").write_text(json.dumps(decided), encoding="utf-8")
    assert deckgen("mark", printed, "scan.png", "--out", "out").code == 0
    assert [row["total"] for row in csv_of(tmp_path / "out/scores.csv")] == [str(points)] == ["8"]
    assert {row["decided by"] for row in csv_of(tmp_path / "out/answers.csv")} == {"a person"}


def test_pages_that_cannot_be_read_are_told(printed: str, deckgen: Run, tmp_path: Path) -> None:
    """A picture of something else, a damaged one, a sheet of another quiz: each is named, and the rest is marked.

    Those that a person says to ignore are no obstacle.
    """
    other = exam("few", versions=1, paper="Letter")
    simulator.taken(other.pages("A", 100)[0], simulator.CLEAN, random.Random(1)).save(tmp_path / "1.png")
    (tmp_path / "2.png").write_bytes(b"\x89PNG\r\n\x1a\nnot one")
    noise = Image.effect_noise((800, 1100), 80)
    noise.save(tmp_path / "3.png")
    page, points = sheet_of_paper("B", 4)
    page.save(tmp_path / "4.png")
    done = deckgen("mark", printed, *(f"{number}.png" for number in range(1, 5)), "--out", "out")
    assert done.code == 1
    assert [line.partition(":")[0] for line in done.err.splitlines()] == [
        f"{n}.png page 1" for n in (1, 2, 3)
    ]
    assert "the picture is damaged" in done.err
    assert "left      3 for a person to decide" in done.out
    assert [row["total"] for row in csv_of(tmp_path / "out/scores.csv")] == [str(points)]
    assert "the picture is damaged" in (tmp_path / "out/report.html").read_text(encoding="utf-8")
    kept = json.loads((tmp_path / "out/decisions.json").read_bytes())
    kept["ignored"] = [leaf.key for number in (1, 2, 3) for leaf in leaves(tmp_path / f"{number}.png")]
    (tmp_path / "out/decisions.json").write_text(json.dumps(kept), encoding="utf-8")
    done = deckgen("mark", printed, *(f"{number}.png" for number in range(1, 5)), "--out", "out")
    assert (done.code, done.err) == (0, "")
    assert "pages     4, 3 not read\nleft      nothing to decide\n" in done.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["./printed", "none.pdf"], "error: none.pdf: there is no such file or folder\n"),
        (
            ["./printed", "notes.txt"],
            "error: notes.txt: not a scan; scans are .pdf, .png, .jpg, .jpeg, .tif, .tiff\n",
        ),
        (["./printed", "bad.pdf"], "error: bad.pdf: it is not a PDF, or damaged\n"),
        (["./empty", "bad.pdf"], "error: empty: there is no JSON of answer sheets\n"),
        (["./nowhere", "bad.pdf"], "error: ./nowhere: there is no such folder\n"),
    ],
    ids=["no file", "no scan", "no PDF", "no JSON", "no folder"],
)
def test_wrong_usage_is_told(
    printed: str,
    deckgen: Run,
    tmp_path: Path,
    arguments: list[str],
    said: str,
) -> None:
    """In one line, with exit code 2, and nothing is written."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "notes.txt").write_text("notes")
    (tmp_path / "bad.pdf").write_bytes(b"%PDF-1.4 no")
    assert deckgen("mark", *arguments, "--out", "out") == Ran(2, "", said)
    assert not (tmp_path / "out").exists()


def test_without_the_extra_it_says_how_to_install_it(
    printed: str,
    deckgen: Run,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """From the checkout or the wheel: the package index has another package of this name."""
    module = sys.modules["deckgen.cli.mark"]
    monkeypatch.setattr(module, "find_spec", lambda name: None if name == "cv2" else object())
    done = deckgen("mark", printed, "scan.png")
    assert (done.code, done.err) == (2, f"error: marking needs {module.EXTRA}\n")
    assert "pip install deckgen" not in done.err


def test_a_sheet_of_a_project_is_marked_beside_it(
    printed: str, deckgen: Run, tmp_path: Path, course: Path
) -> None:
    """By its id, or by a folder anywhere; students' answers never get into `dist/`, and a wrong id is told."""
    page, points = sheet_of_paper("B", 4)
    page.save(tmp_path / "scan.png")
    shutil.copytree(tmp_path / "printed", course / "dist/answer-sheets/quiz")
    assert deckgen("mark", "quiz", "scan.png", "-C", course).code == 0
    assert [row["total"] for row in csv_of(course / "marked/quiz/scores.csv")] == [str(points)]
    assert deckgen("mark", tmp_path / "printed", "scan.png", "-C", course, "--out", "out").code == 0
    (tmp_path / "link").symlink_to(course / "dist")
    for sheet, out, named in (
        ("quiz", "course/dist/marks", True),
        (tmp_path / "printed", "course/dist/marks", True),
        (tmp_path / "printed", "course/dist/marks", False),
        (course / "dist/answer-sheets/quiz", "link/marks", False),
    ):
        done = deckgen("mark", sheet, "scan.png", *(("-C", course) if named else ()), "--out", out)
        assert done.code == 2
        assert "students' answers do not belong into dist/" in done.err
        assert not (course / "dist/marks").exists()
    done = deckgen("mark", "quizz", "scan.png", "-C", course)
    assert (done.code, "did you mean `quiz`?" in done.err) == (2, True)


def test_student_numbers_are_read_and_two_alike_told(deckgen: Run, tmp_path: Path) -> None:
    """A number shorter than the columns, none, two marks in a column, and the same number on two papers."""
    numbered = exam("few", versions=1, student_number=4)
    geometry = numbered.geometries["A"]
    (tmp_path / "printed").mkdir()
    (tmp_path / "printed/A.json").write_text(json.dumps(geometry), encoding="utf-8")
    chance = random.Random(3)
    [blank] = numbered.pages("A", 150)
    page = geometry["pages"][0]

    def scan(name: str, student: str, picture: simulator.Picture = blank) -> simulator.Picture:
        filled = simulator.filled(
            picture, geometry, page, chance, simulator.PENS[0], simulator.Strange(double=0), student=student
        )
        simulator.taken(filled.picture, MACHINE, chance).save(tmp_path / f"{name}.png")
        return filled.picture

    scan("1", "0427")
    scan("2", "31")
    scan("3", "")
    scan("4", "0427")
    scan("5", "9999", scan("unused", "1999"))
    done = deckgen("mark", "./printed", *(f"{number}.png" for number in range(1, 6)), "--out", "out")
    assert done.code == 1
    scores = csv_of(tmp_path / "out/scores.csv")
    assert [row["student"] for row in scores] == ["0427", "31", "", "0427", "?"]
    assert "3.png page 1: it has no student number\n" in done.err
    assert "4.png page 1: its student number 0427 is that of 1.png page 1, too\n" in done.err
    assert "5.png page 1: its student number cannot be read for certain\n" in done.err


@pytest.mark.parametrize("size", [(1, 1), (1, 3000), (3000, 1), (30_000, 300)])
def test_pictures_of_no_page_are_told(
    printed: str, deckgen: Run, tmp_path: Path, size: tuple[int, int]
) -> None:
    """Dots and stripes cannot be read, and the rest is marked."""
    Image.new("L", size, 255).save(tmp_path / "stripe.png")
    simulator.taken(sheet_of_paper("A", 1)[0], MACHINE, random.Random(1)).save(tmp_path / "good.png")
    done = deckgen("mark", printed, "good.png", "stripe.png", "--out", "out")
    assert (done.code, done.err) == (1, "stripe.png page 1: the picture is damaged\n")
    assert len(csv_of(tmp_path / "out/scores.csv")) == 1


def test_a_small_file_does_not_become_a_picture_that_fills_the_memory(tmp_path: Path) -> None:
    """OpenCV itself refuses it before it makes room for its dots."""
    across, down = 20_000, 10_001
    head = struct.pack(">II5B", across, down, 1, 0, 0, 0, 0)
    dots = zlib.compress(bytes((across // 8 + 1) * down))
    chunks = [
        struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
        for name, content in ((b"IHDR", head), (b"IDAT", dots), (b"IEND", b""))
    ]
    (tmp_path / "bomb.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(chunks))
    [leaf] = leaves(tmp_path / "bomb.png")
    with pytest.raises(UnreadableError, match="the picture is damaged"):
        picture(leaf)
