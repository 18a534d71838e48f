"""What a person decides: written answers, whose a paper is, pages that belong together. What nobody decided is told."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from cli.conftest import Ran
from deckgen.marking import decisions as kept
from deckgen.marking.asks import JoinAsk, PointsAsk, asks
from deckgen.marking.decisions import Decisions
from deckgen.marking.files import found, leaves
from deckgen.marking.marking import Pile, read_pile
from deckgen.marking.reading import LEFT_ASIDE, Fault
from deckgen.marking.versions import load
from deckgen.marking.whose import WhoAsk
from deckgen.words.english import ENGLISH
from marking import simulator
from marking.exam import Exam, exam
from marking.test_mark import MACHINE, csv_of

Run = Callable[..., Ran]
CLASS = {"0427": "Ada", "0428": "Alan", "0429": "Grace", "9000": "Emmy"}


@cache
def printed(layout: str) -> Exam:
    return exam(layout, versions=1, student_number=4)


def scan(
    folder: Path, layout: str, papers: list[tuple[str, str]], strange: simulator.Strange | None = None
) -> list[simulator.Filled]:
    """Fill in papers of students, given with the pages to scan of each; write their pictures and the JSON."""
    made = printed(layout)
    (folder / "printed").mkdir()
    (folder / "scans").mkdir()
    (folder / "printed/A.json").write_text(json.dumps(made.geometries["A"]), encoding="utf-8")
    done, chance = [], random.Random(4)
    for student, pages in papers:
        for page, blank in zip(made.geometries["A"]["pages"], made.pages("A", 150), strict=True):
            filled = simulator.filled(
                blank, made.geometries["A"], page, chance, simulator.PENS[0],
                strange or simulator.Strange(blank=0, double=0), student=student,
            )  # fmt: skip
            if str(page["page"]) in pages:
                name = f"scans/{len(done)}.png"
                simulator.taken(filled.picture, MACHINE, chance).save(folder / name)
                done.append(filled)
    return done


def read(folder: Path) -> Pile:
    pages = [leaf for path in found([folder / "scans"]) for leaf in leaves(path)]
    return read_pile(pages, load(folder / "printed", ""), folder / "out")


def of(kind: type, pile: Pile, decisions: Decisions, names: dict[str, str] | None = None) -> list[Any]:
    return [each for each in asks(pile, decisions, names or {}) if isinstance(each, kind)]


def test_written_answers_are_marked_by_hand(tmp_path: Path, deckgen: Run) -> None:
    """Question by question, each with its crop, key and points; what nobody marked is told and is never 0."""
    scan(tmp_path, "written", [("0427", "1"), ("0428", "1")])
    done = deckgen("mark", "./printed", "scans", "--out", "out")
    assert done.code == 1
    assert "2 written answers to `why` are not marked yet\n" in done.err
    assert "left      4 for a person to decide" in done.out
    report = (tmp_path / "out/report.html").read_text(encoding="utf-8")
    assert "<li>2 written answers to `why` are not marked yet</li>" in report
    for row in csv_of(tmp_path / "out/scores.csv"):
        assert (row["why"], row["capital"], row["total"], row["of"], row["not decided"]) == (
            "",
            "",
            "",
            "7",
            "2",
        )

    pile, decisions = read(tmp_path), Decisions()
    left = of(PointsAsk, pile, decisions)
    ids = [each.question.id for each in left]
    assert ids == sorted(ids, key=ids.index)
    assert sorted(ids) == ["capital", "capital", "why", "why"]
    assert all("Paris" in each.key or "Because" in each.key for each in left)
    by_id = {each.question.id: each for each in left}
    assert by_id["why"].shown()["scale"] == [0, 0.5, 1, 1.5, 2, 2.5, 3]
    for wrong in ("3.5", "-1", "x", "", 2, ["1"], True):
        assert not by_id["why"].decide(decisions, wrong)
    assert decisions == Decisions()
    for each in left:
        assert each.decide(decisions, "1.5" if each.question.id == "why" else "1")
    assert of(PointsAsk, pile, decisions)[0].decided in ("1", "1.5")
    kept.save(tmp_path / "out", decisions)
    assert kept.load(tmp_path / "out") == decisions

    done = deckgen("mark", "./printed", "scans", "--out", "out")
    assert (done.code, done.err) == (0, "")
    for row in csv_of(tmp_path / "out/scores.csv"):
        marked = sum(float(row[f"q{number}"]) for number in range(3))
        assert (row["why"], row["capital"], float(row["total"])) == ("1.5", "1", marked + 2.5)
    answers = [row for row in csv_of(tmp_path / "out/answers.csv") if row["question"] == "why"]
    assert {(row["points of question"], row["right"], row["decided by"]) for row in answers} == {
        ("1.5", "no", "a person")
    }
    # Undone, it is left again.
    assert of(PointsAsk, pile, decisions)[0].decide(decisions, None)
    kept.save(tmp_path / "out", decisions)
    assert deckgen("mark", "./printed", "scans", "--out", "out").code == 1


def test_boxes_that_nobody_wrote_in_are_proposed_as_empty(tmp_path: Path) -> None:
    """An empty box is a proposal of no points, which a person has to keep; one with a few words is none."""
    [filled] = scan(tmp_path, "written", [("0427", "1")], simulator.Strange(blank=1, double=0))
    assert filled.written == set()
    assert [each.shown()["blank"] for each in of(PointsAsk, read(tmp_path), Decisions())] == [True, True]
    other = tmp_path / "other"
    other.mkdir()
    scan(other, "written", [("0427", "1")])
    assert [each.shown()["blank"] for each in of(PointsAsk, read(other), Decisions())] == [False, False]


def test_a_person_says_whose_a_paper_is(tmp_path: Path, deckgen: Run) -> None:
    """No number, one that is not in the list, one on two papers: asked with those that are near, decided, undone."""
    scan(tmp_path, "written", [("0427", "1"), ("0427", "1"), ("0429", "1"), ("", "1"), ("9001", "1")])
    pile, decisions = read(tmp_path), Decisions()
    first, second, empty, unknown = of(WhoAsk, pile, decisions, CLASS)
    assert first.why == "its student number 0427 is that of 1.png page 1, too"
    assert empty.why == "it has no student number"
    assert unknown.why == "its student number 9001 is not in the list"
    assert unknown.candidates[0] == ("9000", "Emmy", False)
    assert [student for student, _, _ in second.candidates] == ["0427", "0428", "0429"]
    for wrong in ("12345", "x", 3, ["0428"], True):
        assert not second.decide(decisions, wrong)
    assert second.decide(decisions, "0428")
    # The other one is its own then.
    assert [each.page.name for each in of(WhoAsk, pile, decisions, CLASS) if each.decided is None] == [
        "3.png page 1", "4.png page 1",
    ]  # fmt: skip
    assert empty.decide(decisions, "")
    assert unknown.decide(decisions, "9000")
    assert pile.students(decisions) == {1: "0427", 2: "0428", 3: "0429", 4: "", 5: "9000"}
    (tmp_path / "class.csv").write_text(
        "number,name\n" + "".join(f"{number},{name}\n" for number, name in CLASS.items()), encoding="utf-8"
    )
    kept.save(tmp_path / "out", decisions)
    done = deckgen("mark", "./printed", "scans", "--students", "class.csv", "--out", "out")
    assert "student number" not in done.err
    assert [row["name"] for row in csv_of(tmp_path / "out/scores.csv")] == [
        "Ada",
        "Alan",
        "Grace",
        "",
        "Emmy",
    ]
    assert second.decide(decisions, None)
    assert len([each for each in of(WhoAsk, pile, decisions, CLASS) if each.decided is None]) == 2


def test_pages_in_the_order_of_the_scans_are_confirmed(tmp_path: Path, deckgen: Run) -> None:
    """Two lost pages look like a whole paper: a person is asked, and can say whose each half is."""
    scan(tmp_path, "two pages", [("0427", "12"), ("0428", "1"), ("0429", "2")])
    pile, decisions = read(tmp_path), Decisions()
    whole, torn = of(JoinAsk, pile, decisions)
    assert len(pile.collated(decisions).papers) == 2
    done = deckgen("mark", "./printed", "scans", "--out", "out")
    assert done.code == 1
    assert "2 pages were put together to papers by the order of the scans alone" in done.err
    assert not whole.decide(decisions, "yes")
    assert whole.decide(decisions, True)
    assert torn.decide(decisions, False)
    papers = pile.collated(decisions).papers
    assert [paper.missing for paper in papers] == [(), (2,), (1,)]
    [half] = [each for each in of(WhoAsk, pile, decisions, CLASS) if each.decided is None]
    assert half.why == "the page with its student number was not scanned"
    # Of the paper that lacks it: then that one is whole.
    assert half.decide(decisions, "0428")
    assert [paper.missing for paper in pile.collated(decisions).papers] == [(), ()]
    assert pile.students(decisions) == {1: "0427", 2: "0428"}
    # Of one who has no other page: a paper of its own.
    assert half.decide(decisions, "0429")
    assert pile.students(decisions) == {1: "0427", 2: "0428", 3: "0429"}
    assert [each.decided for each in of(WhoAsk, pile, decisions, CLASS)] == ["0429"]
    assert [each.decided for each in of(JoinAsk, pile, decisions)] == [True, False]


def test_a_pile_in_order_is_not_asked_about(tmp_path: Path, deckgen: Run) -> None:
    """`--in-order` says so for all pages, and is kept."""
    scan(tmp_path, "two pages", [("0427", "12"), ("0428", "12")])
    done = deckgen("mark", "./printed", "scans", "--out", "out", "--in-order")
    assert "order of the scans" not in done.err
    assert "2 written answers to `essay` are not marked yet" in done.err
    assert len(kept.load(tmp_path / "out").joins) == 2


def test_every_fault_is_said_in_words() -> None:
    """But those of pages without answers, of which nothing is said."""
    said = {key.removeprefix("review-fault-") for key in ENGLISH if key.startswith("review-fault-")}
    assert said == set(Fault) - set(LEFT_ASIDE)


def test_nearly_empty_pages_are_not_taken_for_one(tmp_path: Path) -> None:
    """Two students who left a page empty have a page each; nothing tells that it is the same one."""
    scan(tmp_path, "two pages", [("0427", "1"), ("0428", "1")])
    empty, chance = printed("two pages").pages("A", 150)[1], random.Random(2)
    for number in (0, 1):
        simulator.taken(empty, MACHINE, chance).save(tmp_path / f"scans/{number}a.png")
    pile = read(tmp_path)
    assert [len(paper.pages) for paper in pile.collated(Decisions()).papers] == [2, 2]


def test_a_number_with_a_hole_is_asked(tmp_path: Path) -> None:
    """Shorter numbers leave columns empty at an end; one with an empty column in its middle may be another."""
    scan(tmp_path, "written", [("04", "1"), ("0_27", "1")])
    [hole] = of(WhoAsk, read(tmp_path), Decisions())
    assert (hole.read, hole.why) == ("0_27", "its student number cannot be read for certain")


@pytest.mark.long
def test_a_class_of_200_gets_its_points(tmp_path: Path, deckgen: Run) -> None:
    """In colour, in any order, some pages twice: each student's points by name, and the same bytes again."""
    made = exam("few", versions=2, student_number=5)
    (tmp_path / "printed").mkdir()
    (tmp_path / "scans").mkdir()
    chance = random.Random(8)
    blanks = {version: made.pages(version, 150) for version in made.geometries}
    pictures, points = [], {}
    for number in range(200):
        version = "AB"[number % 2]
        geometry = made.geometries[version]
        (tmp_path / f"printed/{version}.json").write_text(json.dumps(geometry), encoding="utf-8")
        pen = chance.choice(simulator.COLOURED)
        student = f"{10_000 + 7 * number}"
        done = simulator.filled(
            blanks[version][0],
            geometry,
            geometry["pages"][0],
            chance,
            pen,
            simulator.Strange(),
            student=student,
        )
        points[student] = sum(
            done.meant[question["number"], 1] == set(question["right"][0])
            for question in geometry["questions"]
        )
        pictures += [simulator.taken(done.picture, simulator.YELLOW, chance)] * (1 + (number % 20 == 0))
    chance.shuffle(pictures)
    for number, picture in enumerate(pictures):
        picture.save(tmp_path / f"scans/{number}.jpg", quality=60)
    listed = "".join(f"{student},Student {student}\n" for student in points)
    (tmp_path / "class.csv").write_text(f"number,name\n{listed}", encoding="utf-8")
    command = ("mark", "./printed", "scans", "--students", "class.csv", "--out", "out")
    assert "papers    200" in deckgen(*command).out
    scores = csv_of(tmp_path / "out/scores.csv")
    decided = [row for row in scores if row["total"] and row["student"] != "?"]
    assert {row["student"]: int(row["total"]) for row in decided}.items() <= points.items()
    assert all(row["name"] == f"Student {row['student']}" for row in decided)
    assert len(decided) >= 180
    before = {path: path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file()}
    deckgen(*command)
    assert {path: path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("layout", ["written", "two pages"])
def test_points_are_drawn_beside_written_answers(tmp_path: Path, layout: str, deckgen: Run) -> None:
    """In the paper to give back; a question mark where nobody gave any."""
    import subprocess

    scan(tmp_path, layout, [("0427", "12")])
    deckgen("mark", "./printed", "scans", "--out", "out", "--in-order")
    decisions = kept.load(tmp_path / "out")
    text = ["pdftotext", str(tmp_path / "out/papers/0001.pdf"), "-"]
    id_ = "why" if layout == "written" else "essay"
    worth = 3 if layout == "written" else 5
    said = subprocess.run(text, capture_output=True, text=True, check=True).stdout
    assert f"?/{worth}" in said.replace(" ", "")
    for each in of(PointsAsk, read(tmp_path), decisions):
        each.decide(decisions, "2" if each.question.id == id_ else "0")
    kept.save(tmp_path / "out", decisions)
    deckgen("mark", "./printed", "scans", "--out", "out")
    said = subprocess.run(text, capture_output=True, text=True, check=True).stdout
    assert f"2/{worth}" in said.replace(" ", "")
    assert "?" not in said


@pytest.mark.parametrize("said", ["", "abc", "-1", "3.5", "1e9999", "9" * 5000])
def test_points_that_the_question_cannot_have_are_asked_again(
    tmp_path: Path, deckgen: Run, said: str
) -> None:
    """Whoever wrote them into the file, or into that of a test with other points: nothing is decided by them."""
    scan(tmp_path, "written", [("0427", "1")])
    pile = read(tmp_path)
    asked = {each.question.id: each for each in of(PointsAsk, pile, Decisions())}
    ids = {name: (ask.response.boxes[0].page.key, ask.question.number) for name, ask in asked.items()}
    kept.save(tmp_path / "out", Decisions(points={ids["why"]: said, ids["capital"]: "1"}))
    done = deckgen("mark", "./printed", "scans", "--out", "out")
    assert (done.code, done.err) == (1, "written answers to `why` are not marked yet\n")
    [row] = csv_of(tmp_path / "out/scores.csv")
    assert (row["why"], row["capital"], row["total"], row["not decided"]) == ("", "1", "", "1")
    assert not asked["why"].decide(Decisions(), said)


def test_marks_of_options_that_a_row_has_not_decide_nothing(tmp_path: Path) -> None:
    """The row is as it was read."""
    scan(tmp_path, "written", [("0427", "1")])
    pile = read(tmp_path)
    [(_, [first, *_])] = pile.answered(Decisions())
    strange = Decisions(marks={first.rows[0].place: ("A", "Z")})
    assert pile.answered(strange)[0][1][0] == first
    assert not pile.answered(Decisions(marks={first.rows[0].place: ()}))[0][1][0].chosen[0]
