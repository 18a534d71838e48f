"""`deckgen print`: numbered copies for a class, read back from the printed pages."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from cli.conftest import Ran
from marking import simulator
from sheet import paper
from sheet.scanner import Reading, Scan, code, read, serial, student
from sheet.test_answer_sheets import DPI, SCHEMA

pytest.importorskip("weasyprint")

QUESTION = """
[[question]]
id = "q{n}"
type = "choice"
prompt = "Question {n}: which of these is it?"
answer = "this"
distractors = ["that", "the other", "neither"]
"""
SHEET = """
[[question]]
id = "why"
type = "open"
prompt = "Why?"
model = "Because."

[[sheet]]
id = "exam"
title = "Examination"
from = ["Things"]
versions = 3
student_number = 6
"""
CLASS = "number,name\n100001,Ada Lovelace\n100002,Grace Hopper\n31337,Παναγιώτης Ñandú\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Make a project with an examination in three versions."""
    root = tmp_path / "course"
    (root / "cards").mkdir(parents=True)
    (root / "deckgen.toml").write_text('id = "things"\ntitle = "Things"\n', "utf-8")
    questions = "".join(QUESTION.format(n=n) for n in range(4))
    (root / "cards/things.toml").write_text(f'[deck]\nname = "Things"\n{questions}{SHEET}', "utf-8")
    (tmp_path / "class.csv").write_text(CLASS, "utf-8")
    return root


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


@pytest.mark.parametrize(
    "printing",
    [
        'language = "ar"\n[sheet]\npaper = "Letter"\nprofile = "large-print"\n',
        '[sheet]\nprofile = "ink-saving"\n',
    ],
    ids=["arabic-large-Letter", "ink-saving"],
)
def test_every_page_of_a_copy_says_whose_it_is(
    printing: str, project: Path, deckgen: Callable[..., Ran]
) -> None:
    """In words and in squares, question sheets and answer sheets: a pile that fell down comes together again."""
    with (project / "deckgen.toml").open("a", encoding="utf-8") as file:
        file.write(printing)
    ran = deckgen("print", "exam", "-C", project, "--students", "class.csv", "--copies", 1)
    assert (ran.code, ran.err) == (0, "")
    out = project / "exams/exam"
    geometries = [json.loads((out / f"answer-sheets/{name}.json").read_bytes()) for name in "ABC"]
    for geometry in geometries:
        SCHEMA.validate(geometry)
    codes = {geometry["version"]: geometry["code"] for geometry in geometries}
    copies = json.loads((out / "copies.json").read_bytes())
    assert copies["codes"] == codes
    pdf = (out / "copies.pdf").read_bytes()
    words = paper.read(pdf)
    assert paper.overlapping(words) == []
    first = geometries[0]["pages"][0]
    found: list[tuple[int, str, str, list[int]]] = []
    for number, picture in enumerate(simulator.printed(pdf, DPI), start=1):
        if not words.on(number):
            # The back of a sheet of paper.
            assert picture.getextrema()[0] > 250
            continue
        scan = Scan(picture, geometries[0])
        said, page = code(scan, first["bits"])
        copy = copies["copies"][serial(scan, first["serial"]) - 1]
        assert said == codes[copy["version"]]
        text = " ".join(word.text for word in words.on(number))
        if copy["name"]:
            assert copy["name"].split()[0] in text
            assert copy["number"] in text
        filled = ""
        if page == 1 and "language" not in printing:
            # Who has a number need not write it; in English, whose letters a PDF gives back in their order.
            rules = ("Check that this is your number.", "Write a digit in each box")
            assert [rule in text for rule in rules] == [bool(copy["number"]), not copy["number"]]
        if page < 128:
            filled = student(scan, geometries["ABC".index(copy["version"])]["pages"][page - 1])
        if (copy["serial"], page) == (2, 1):
            expected = Reading("B", 1, {}, "100002", 2)
            assert read(picture, geometries) == expected
        if not found or found[-1][0] != copy["serial"]:
            found.append((copy["serial"], copy["version"], "", []))
        found[-1][3].append(page)
        found[-1] = (*found[-1][:2], found[-1][2] or filled, found[-1][3])
    assert [(*each[:2], each[2]) for each in found] == [
        (1, "A", "100001"),
        (2, "B", "100002"),
        (3, "C", "31337_"),
        (4, "A", "______"),
    ]
    pages = found[0][3]
    answers = [page for page in pages if page < 128]
    assert pages == [*range(129, 129 + len(pages) - len(answers)), *range(1, len(answers) + 1)]


def test_a_second_run_changes_nothing(project: Path, deckgen: Callable[..., Ran], tmp_path: Path) -> None:
    """The same list gives the same bytes; who comes later gets the next number, and who goes keeps the old one."""
    ask = ("print", "exam", "-C", project, "--students", "class.csv", "--one-sided")
    assert deckgen(*ask).code == 0
    out = project / "exams/exam"
    before = {path.name: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    assert before.keys() == {
        ".gitignore", "A.json", "B.json", "C.json", "copies.csv", "copies.json", "copies.pdf",
    }  # fmt: skip
    assert deckgen(*ask).code == 0
    assert {path.name: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before
    pages = int(paper.info(before["copies.pdf"])["Pages"])
    assert pages == 3 * len([*json.loads(before["A.json"])["pages"], "questions"])
    (tmp_path / "class.csv").write_text("number,name\n31337,P\n7,New\n100001,Ada King\n", "utf-8")
    ran = deckgen(*ask)
    assert ran.out.startswith("copies    3: ")
    copies = json.loads((out / "copies.json").read_bytes())["copies"]
    assert [(copy["serial"], copy["version"], copy["number"], copy["name"]) for copy in copies] == [
        (1, "A", "100001", "Ada King"),
        (2, "B", "100002", "Grace Hopper"),
        (3, "C", "31337", "P"),
        (4, "B", "7", "New"),
    ]
    assert (out / "copies.csv").read_text("utf-8-sig").splitlines()[1] == "1,A,100001,Ada King"
    change(project / "cards/things.toml", "versions = 3", "versions = 3\nseed = 5")
    ran = deckgen(*ask)
    assert (ran.code, ran.err.startswith("warning: the sheet has changed")) == (0, True)


def test_students_are_kept_from_git_and_from_the_site(project: Path, deckgen: Callable[..., Ran]) -> None:
    """Nothing of them is in `dist/`, and git ignores the folder that they are in."""
    subprocess.run(["git", "init", "-q"], cwd=project, check=True)
    assert deckgen("print", "exam", "-C", project, "--students", "class.csv").code == 0
    status = ["git", "status", "--porcelain", "--untracked-files=all"]
    listed = subprocess.run(status, cwd=project, capture_output=True, text=True, check=True).stdout
    assert "cards/things.toml" in listed
    assert "exams" not in listed
    assert not (project / "dist").exists()
    assert deckgen("build", "-C", project).code == 0
    made = [path for path in (project / "dist").rglob("*") if path.is_file()]
    assert not any(b"Lovelace" in path.read_bytes() for path in made)


@pytest.mark.parametrize(
    ("text", "message", "where"),
    [
        ("", "`class.csv` is empty", "class.csv"),
        ("Matrikel,name\n1,Ada\n", "the class list has no column `number`", "class.csv: row 1"),
        ("number,name\n1,Ada\n,Grace\n", "a student without a number", "class.csv: row 3"),
        (
            "name,number\nAda,1\nBob,1\n",
            "the number `1` is in the class list twice",
            "class.csv: row 3, column B",
        ),
        ("number\n12a\n", "the number `12a` cannot be filled in", "class.csv: row 2, column A"),
        ("number\n1234567\n", "the number `1234567` cannot be filled in", "class.csv: row 2, column A"),
        ('number\n"1\n', "`class.csv` ", "class.csv"),
    ],
)
def test_mistakes_of_a_class_list_are_located(
    text: str, message: str, where: str, project: Path, deckgen: Callable[..., Ran], tmp_path: Path
) -> None:
    """Each is told with its cell, and nothing is printed."""
    (tmp_path / "class.csv").write_text(text, "utf-8")
    code_, out, err = deckgen("print", "exam", "-C", project, "--students", "class.csv")
    assert (code_, out) == (1, "")
    assert f"error[bad-class-list]: {message}" in err
    assert f"--> {where}" in err
    assert not (project / "exams").exists()


def test_a_workbook_is_a_class_list(project: Path, deckgen: Callable[..., Ran], tmp_path: Path) -> None:
    """All mistakes are told in one run, by sheet, row and column; numbers with leading zeros keep them."""
    book = openpyxl.Workbook()
    page = book.active
    page.title = "Group 1"
    for row in (("Name", "Number"), ("Ada", "007"), ("Bob", 1234567), ("Eve", "007")):
        page.append(row)
    book.save(tmp_path / "class.xlsx")
    err = deckgen("print", "exam", "-C", project, "--students", "class.xlsx").err
    assert 'class.xlsx: sheet "Group 1", row 3, column B' in err
    assert 'class.xlsx: sheet "Group 1", row 4, column B' in err
    page["B3"], page["B4"] = 12, "008"
    book.save(tmp_path / "class.xlsx")
    assert deckgen("print", "exam", "-C", project, "--students", "class.xlsx").code == 0
    copies = json.loads((project / "exams/exam/copies.json").read_bytes())["copies"]
    assert [copy["number"] for copy in copies] == ["007", "12", "008"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("exam",), "say for whom: --students FILE, or --copies N"),
        (("exma", "--copies", 1), "there is no sheet `exma`; did you mean `exam`?"),
        (("exam", "--copies", 1, "--out", "course/dist/exam"), "dist/ is no place for names of students"),
        (("exam", "--copies", 1, "--out", "course/dist"), "dist/ is no place for names of students"),
        (("exam", "--copies", 1, "--out", "link/x"), "dist/ is no place for names of students"),
        (("exam", "--copies", 1, "--out", "damaged"), "is damaged"),
        (("exam", "--copies", 1, "--out", "other"), "has copies of the sheet `other`"),
        (("halves", "--copies", 1), "only whole pages can be numbered"),
        (("screen", "--copies", 1), "is not for paper"),
    ],
)
def test_what_cannot_be_printed_is_refused(
    arguments: tuple[str | int, ...], message: str, project: Path, deckgen: Callable[..., Ran], tmp_path: Path
) -> None:
    """With exit code 2, in a sentence; nothing is written."""
    with (project / "cards/things.toml").open("a", encoding="utf-8") as file:
        file.write('[[sheet]]\nid = "halves"\ntitle = "H"\nfrom = ["Things"]\nprofile = "two-up"\n')
        file.write('[[sheet]]\nid = "screen"\ntitle = "S"\nfrom = ["Things"]\noutputs = ["quiz"]\n')
    (project / "dist").mkdir()
    (tmp_path / "link").symlink_to(project / "dist")
    for name, text in (("damaged", '{"format": 1}'), ("other", '{"sheet": "other", "codes": {}}')):
        (tmp_path / name).mkdir()
        (tmp_path / name / "copies.json").write_text(text, "utf-8")
    code_, out, err = deckgen("print", *arguments, "-C", project)
    assert (code_, out) == (2, "")
    assert err.startswith("error: ")
    assert message in err
    assert not (project / "exams").exists()
    assert list((project / "dist").iterdir()) == []


def test_a_course_with_errors_is_not_printed(project: Path, deckgen: Callable[..., Ran]) -> None:
    """What is wrong is said, as by `check`."""
    change(project / "cards/things.toml", "student_number = 6", "student_number = 13")
    code_, out, err = deckgen("print", "exam", "-C", project, "--copies", 1)
    assert (code_, out) == (1, "")
    assert "`student_number` is out of range" in err
