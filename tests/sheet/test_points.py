"""What sheets and keys print of points, of the project `tests/exam` with everything that can be said of them."""

from __future__ import annotations

import json
import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest

from deckgen import core
from deckgen.cli.session import compile_at
from deckgen.sheet import export
from deckgen.sheet.pdf import pdf
from deckgen.sheet.plan import plan
from deckgen.sheet.points import grading
from deckgen.sheet.profile import PageProfile
from deckgen.templating.own import templates_of
from sheet.paper import read

if TYPE_CHECKING:
    from collections.abc import Callable

EXAM = Path(__file__).parents[1] / "exam"
TEMPLATES = templates_of({})


@cache
def course() -> core.Course:
    """Compile the project."""
    compiled, _, diagnostics = compile_at(EXAM)
    assert diagnostics == []
    assert compiled.course
    return compiled.course


@cache
def files() -> dict[str, bytes]:
    return export(course(), TEMPLATES, {})


class Texts(HTMLParser):
    """The texts of elements of some classes, without mark-up."""

    def __init__(self, html: bytes, *classes: str) -> None:
        super().__init__()
        self.classes, self.open, self.found = classes, 0, list[str]()
        self.feed(html.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        mine = set(self.classes) & set((dict(attrs).get("class") or "").split())
        if self.open or mine:
            if tag not in ("input", "br"):
                self.open += 1
            if mine and self.open == 1:
                self.found.append("")

    def handle_endtag(self, _tag: str) -> None:
        self.open -= bool(self.open)

    def handle_data(self, data: str) -> None:
        if self.open:
            self.found[-1] = " ".join(f"{self.found[-1]} {data}".split())


def texts(name: str, *classes: str) -> list[str]:
    """Return what elements of a page say."""
    return Texts(files()[name], *classes).found


def test_a_section_says_its_points_and_a_question_what_a_wrong_answer_costs() -> None:
    """With the decimal sign of the language; what cannot cost anything says nothing."""
    said = texts("sheets/klausur/A.html", "points")
    assert said[0] == "6 Punkte"
    assert sorted(said[1:5]) == [
        "1 Punkt", "1 Punkt · −0,33, wenn falsch", "2 Punkte · −0,5, wenn falsch", "2 Punkte · −0,5, wenn falsch",
    ]  # fmt: skip
    assert said[5] == "6,5 Punkte"
    assert sorted(said[6:10]) == ["1 Punkt", "1 Punkt", "1,5 Punkte", "3 Punkte"]
    assert said[10:] == ["5 Punkte", "5 Punkte"]
    assert texts("sheets/klausur/A.html", "costs") == [
        "Eine falsche Antwort kostet die Punkte, die bei der Frage stehen; eine fehlende kostet nichts."
    ]


def test_one_cost_for_all_is_said_once() -> None:
    """At the head of the sheet, and beside no question."""
    assert texts("sheets/einfach/A.html", "costs") == [
        "Eine falsche Antwort kostet 0,5 Punkte; eine fehlende kostet nichts."
    ]
    assert texts("sheets/einfach/A.html", "grading") == []
    assert texts("sheets/einfach/A.html", "who-score") == ["Punkte / 3"]
    assert "falsch" not in " ".join(texts("sheets/einfach/A.html", "points"))


def test_a_grading_table_has_a_row_for_each_section() -> None:
    """With its questions and points, room for those reached, and a total; the line for the score goes."""
    (table,) = texts("sheets/klausur/A.html", "grading")
    assert table == (
        "Teil Fragen Punkte Erreicht Ankreuzen 1–4 6 Zuordnen und ergänzen, mit einem längeren Titel 5–8 6,5 "
        "In eigenen Worten 9 5 Summe 17,5"
    )
    assert texts("sheets/klausur/A.html", "who-score") == []


def test_a_grading_table_has_a_column_for_each_question_without_sections() -> None:
    """In the order of the version, with their points."""
    version = plan(course(), course().sheets[1])[0]
    (table,) = texts("sheets/viele/A.html", "grading")
    points = " ".join(f"{q.item.points:g}".replace(".", ",") for q in version.questions)
    assert table == f"Frage 1 2 3 4 5 6 7 8 9 Summe Punkte {points} 17,5 Erreicht"


@pytest.mark.parametrize("count", [1, 2, 11, 12, 13, 29, 100])
@pytest.mark.parametrize("profile", ["plain", "large-print", "two-up", "ink-saving"])
def test_a_long_grading_table_goes_on_in_further_lines(count: int, profile: core.Profile) -> None:
    """Of about the same length, and the total, as wide as two cells, fits behind the last question."""
    items = tuple(
        core.TrueFalse(id=f"q{n}", deck="D", file="f", prompt="?", answer=True) for n in range(count)
    )
    sheet = core.Sheet(id="s", title="S", sections=(core.Section(tuple(i.id for i in items)),))
    made = core.Course(project=core.Project(id="p", title="P"), decks=(), items=items, sheets=(sheet,))
    table = grading(plan(made, sheet)[0], PageProfile(name=profile))
    assert [c.number for line in table.columns for c in line] == [*range(1, count + 1), None]
    assert all(len(line) + (line[-1].number is None) <= table.width for line in table.columns)
    assert all(len(line) == table.width for line in table.columns[:-1])


def test_the_key_says_what_earns_how_many_points() -> None:
    """Of each question, in the order of version A; what people judge has no more than a most."""
    numbers = re.findall(r'data-bookmark="A(\d+)', files()["sheets/klausur/key.html"].decode())
    assert numbers == [str(n) for n in range(1, 10)]
    said = texts("sheets/klausur/key.html", "credit")
    by_id = {
        q.item.id: line for q, line in zip(plan(course(), course().sheets[0])[0].questions, said, strict=True)
    }
    assert by_id == {
        "schicht": "Punkte richtig: 2 · falsch: −0,5",
        "transport": "Punkte jede richtige Antwort: 1 · jede falsche Antwort: −0,67 · nichts erreicht: −0,5 · nie unter −0,5",
        "ohne-port": "Punkte jede richtige Antwort: 0,5 · jede falsche Antwort: −0,5 · nie unter −1",
        "udp-ordnet": "Punkte richtig: 1 · falsch: −0,33",
        "handschlag": "Punkte jeder Eintrag, der richtig auf den vorigen folgt: 1",
        "dienste": "Punkte jedes richtige Paar: 0,33",
        "luecken": "Punkte alles richtig: 1,5",
        "anzahl": "Punkte richtig: 1",
        "nat": "Punkte bis zu 5",
    }


def test_the_key_has_the_grades_in_points_and_per_cent() -> None:
    """Least points are rounded up: whoever has so many has the grade. A sheet's own grades go before the project's."""
    assert texts("sheets/klausur/key.html", "grades") == [
        "Note Ab 1,0 16,63 Punkte 95 % 2,3 13,57 Punkte 77,5 % 4,0 8,75 Punkte 50 % 5,0 0 Punkte 0 %"
    ]
    (own,) = texts("sheets/viele/key.html", "grades")
    assert own == "Note Ab bestanden 8,5 Punkte 48,57 % nicht bestanden 0 Punkte 0 %"


def test_programs_that_mark_get_the_rules_and_the_grades() -> None:
    """In the JSON of the answer sheet, by question."""
    data = json.loads(files()["answer-sheets/klausur/A.json"])
    rules = {each["id"]: (each["penalty"], each["floor"], each["partial"]) for each in data["questions"]}
    assert rules == {
        "schicht": (0.5, -0.5, "none"),
        "transport": (0.5, -0.5, "balanced"),
        "ohne-port": (0, -1, "each"),
        "udp-ordnet": (pytest.approx(1 / 3), pytest.approx(-1 / 3), "none"),
        "handschlag": (0, 0, "adjacent"),
        "dienste": (0, 0, "each"),
        "anzahl": (0, 0, "none"),
    }
    assert [(grade["name"], grade["least"]) for grade in data["grades"]] == [
        ("1,0", 16.625), ("2,3", 13.5625), ("4,0", 8.75), ("5,0", 0),
    ]  # fmt: skip


def test_nothing_is_said_where_nothing_is_said() -> None:
    """A sheet that says nothing of points is printed without a word or a rule for them."""
    plain = msgspec.structs.replace(
        course(),
        project=msgspec.structs.replace(course().project, printing=core.Printing()),
        items=tuple(msgspec.structs.replace(item, scoring=core.Scoring()) for item in course().items),
        sheets=tuple(
            core.Sheet(
                id=sheet.id, title=sheet.title, sections=tuple(core.Section(s.items) for s in sheet.sections)
            )
            for sheet in course().sheets
        ),
    )
    for name, html in export(plain, TEMPLATES, {}).items():
        assert not re.search(rb"grading|costs|credit|class=.grades", html), name


@pytest.mark.parametrize("profile", ["plain", "large-print"])
def test_the_table_is_on_the_first_page(profile: core.Profile, print_pdf: Callable[[bytes], bytes]) -> None:
    """Whole, whichever engine prints it, above the first question."""
    printing = msgspec.structs.replace(course().project.printing, profile=profile)
    made = msgspec.structs.replace(
        course(), project=msgspec.structs.replace(course().project, printing=printing)
    )
    html = export(made, TEMPLATES, {})["sheets/klausur/A.html"]
    for to_paper in (print_pdf, pdf):
        top = {word.text: word.top for word in read(to_paper(html)).on(1)}
        assert top["Teil"] < top["Summe"]
        assert {"Ankreuzen", "1–4", "17,5"} <= top.keys()
