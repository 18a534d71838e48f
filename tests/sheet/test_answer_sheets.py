"""Answer sheets: printed, filled with a pen, scanned askew, and read back by their JSON alone."""

from __future__ import annotations

import json
import math
import random
import re
from itertools import product
from typing import TYPE_CHECKING, Any

import jsonschema
import msgspec
import pytest

from deckgen import core
from deckgen.sheet import export
from deckgen.sheet import geometry as answer_sheet_json
from deckgen.sheet.bubble_rows import asked
from deckgen.sheet.bubbles import pages
from deckgen.sheet.layout import SCALE
from deckgen.sheet.marks import code_bits, marks
from deckgen.sheet.plan import plan
from deckgen.sheet.profile import PAPERS
from deckgen.templating.own import templates_of
from deckgen.words import words
from marking import simulator
from sheet import paper
from sheet.engines import weasyprint_pdf
from sheet.quizzes import course, head, random_items, showcase, whole
from sheet.scanner import Scan, read

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from playwright.sync_api import Page

TEMPLATES = templates_of({})
DPI = 150
#: A scanner without noise, on which a page may lie either way.
ASKEW = simulator.Machine(
    dpi=DPI, skew=1.5, moved=1.3, blur=0.8, noise=0, paper=255, black=0, upside_down=0.5
)
SCHEMA = jsonschema.Draft202012Validator(answer_sheet_json.schema())
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def exported(made: core.Course, **printing: Any) -> dict[str, bytes]:
    """Return the answer sheets of a course and their geometries."""
    settings = core.Printing(study_guides=False, bubble_sheets=True, **printing)
    project = msgspec.structs.replace(made.project, printing=settings)
    files = export(msgspec.structs.replace(made, project=project), TEMPLATES, {})
    made = {
        name.removeprefix("answer-sheets/quiz/"): file
        for name, file in files.items()
        if name.startswith("answer-sheets/")
    }
    for name, file in made.items():
        if name.endswith(".json"):
            SCHEMA.validate(json.loads(file))
    return made


def asking(made: core.Course, digits: int | None, language: str = "en", **more: Any) -> core.Course:
    """Return a course whose sheet asks for a student number."""
    (sheet,) = made.sheets
    return msgspec.structs.replace(
        made,
        sheets=(msgspec.structs.replace(sheet, student_number=digits, **more),),
        project=msgspec.structs.replace(made.project, language=language),
    )


def quiz(count: int, seed: int, versions: int = 2) -> core.Course:
    items = random_items(count, seed)
    more = (
        core.Numeric(**head("minus"), prompt="How cold?", answer="-12.5", tolerance="0.5", unit="°C"),
        core.Numeric(**head("huge"), prompt="How many?", answer="123456789012"),
    )
    return course((*items, *more), whole((*items, *more), versions=versions, seed=seed))


@pytest.mark.parametrize(
    ("printing", "engine"),
    [({}, "chromium"), ({"paper": "Letter"}, "weasyprint"), ({"profile": "large-print"}, "chromium")],
    ids=["A4", "Letter", "large"],
)
def test_what_is_filled_is_read_back(
    printing: dict[str, Any], engine: str, print_pdf: Callable[[bytes], bytes]
) -> None:
    """On every page of every version: code, page and bubbles, by the JSON alone."""
    chance = random.Random(7)
    files = exported(quiz(40, 12), **printing)
    geometries = [json.loads(files[f"{version}.json"]) for version in "AB"]
    for geometry in geometries:
        html = files[f"{geometry['version']}.html"]
        scans = simulator.printed(print_pdf(html) if engine == "chromium" else weasyprint_pdf(html), DPI)
        assert len(scans) == len(geometry["pages"])
        for page, picture in zip(geometry["pages"], scans, strict=True):
            picked = [bubble for bubble in page["bubbles"] if chance.random() < 0.3]
            filled = simulator.marked(picture, geometry, picked, chance)
            wanted: dict[tuple[int, int], list[str]] = {}
            for bubble in picked:
                wanted.setdefault((bubble["question"], bubble["row"]), []).append(bubble["option"])
            said = read(simulator.taken(filled, ASKEW, chance), geometries)
            assert said[:3] == (geometry["version"], page["page"], wanted)


@pytest.mark.parametrize(
    ("printing", "digits", "language", "engine"),
    [
        ({}, 7, "en", "chromium"),
        ({"paper": "Letter"}, 12, "ar", "weasyprint"),
        ({"profile": "large-print"}, 7, "de", "weasyprint"),
        ({"profile": "large-print", "paper": "Letter"}, 12, "en", "chromium"),
    ],
    ids=["A4", "Letter-arabic", "large", "large-Letter"],
)
def test_a_student_number_is_read_back(
    printing: dict[str, Any], digits: int, language: str, engine: str, print_pdf: Callable[[bytes], bytes]
) -> None:
    """On the first page alone, beside the answers, digit by digit from the left, in every language."""
    chance = random.Random(11)
    files = exported(asking(quiz(24, 3, versions=1), digits, language), **printing)
    geometry = json.loads(files["A.json"])
    assert geometry["student_number"] == {"digits": digits}
    first, *others = geometry["pages"]
    assert all(page["student"] == [] for page in others)
    pdf = print_pdf(files["A.html"]) if engine == "chromium" else weasyprint_pdf(files["A.html"])
    printed = paper.read(pdf)
    assert (paper.overlapping(printed), paper.spilled(printed, margin=5)) == ([], [])
    assert len(simulator.printed(pdf, DPI)) == len(geometry["pages"])
    number = "".join(chance.choice("0123456789") for _ in range(digits - 1))
    # A number with a digit less leaves the last column empty.
    picked = [bubble for bubble in first["student"] if number[bubble["digit"] - 1 :][:1] == bubble["option"]]
    answers = [bubble for bubble in first["bubbles"] if chance.random() < 0.3]
    picture = simulator.marked(simulator.printed(pdf, DPI)[0], geometry, [*picked, *answers], chance)
    found = read(simulator.taken(picture, ASKEW, chance), [geometry])
    assert found.student == f"{number}_"
    assert sum(map(len, found.filled.values())) == len(answers)
    apart = [*first["student"], *first["bubbles"]]
    for place, one in enumerate(apart):
        for other in apart[place + 1 :]:
            between = math.hypot(one["x"] - other["x"], one["y"] - other["y"])
            assert between - one["radius"] - other["radius"] > 0.9


@pytest.mark.parametrize("profile", ["plain", "large-print"])
def test_the_head_has_room_for_the_rules(profile: core.Profile, page: Page) -> None:
    """With a long title, in the longest languages; without a student number, beside and above it: nothing is cut off."""
    title = "Second examination in operating systems and networks, repeated"
    for language, digits in product(("de", "fr", "ar"), (None, 7, 12)):
        made = asking(quiz(6, 3, versions=1), digits, language, title=title)
        page.set_content(exported(made, profile=profile)["A.html"].decode())
        cut = page.evaluate(
            "[...document.querySelectorAll('.head')].map(head => head.scrollHeight - head.clientHeight)"
        )
        assert max(cut) <= 1, (language, digits, cut)


@pytest.mark.parametrize("engine", ["chromium", "weasyprint"])
def test_the_rules_are_printed(engine: str, print_pdf: Callable[[bytes], bytes]) -> None:
    """Word by word above the first bubble, or beside the student number, and on nothing else."""
    printer = print_pdf if engine == "chromium" else weasyprint_pdf
    for profile, digits in product(("plain", "large-print"), (None, 12)):
        made = asking(quiz(20, 3, versions=1), digits, "fr", head=("Salle", "Place"))
        files = exported(made, profile=profile)
        printed = paper.read(printer(files["A.html"]))
        assert paper.overlapping(printed) == []
        assert paper.spilled(printed, margin=7) == []
        text = " ".join(word.text for word in printed.on(1))
        rules = [
            words("fr")[f"sheet-{key}"] for key in ("take-back", "does-not-count", "two-marks", "unclear")
        ]
        rules += [words("fr")["sheet-digits"]] if digits else []
        # A line may end within a word that has a hyphen.
        there = re.split(r"[\s-]+", text)
        assert [word for rule in rules for word in re.split(r"[\s-]+", rule) if word not in there] == []
        lowest = max(word.bottom for word in printed.on(1) if word.text in ("cas", "douteux.")) / paper.MM
        geometry = json.loads(files["A.json"])["pages"][0]
        assert lowest < min(bubble["y"] - bubble["radius"] for bubble in geometry["bubbles"])


def test_what_is_too_high_beside_a_student_number_goes_to_the_next_page() -> None:
    """A question that fits on a page fits on a page that the number leaves whole, and none is lost."""
    items = (
        core.Ordering(**head("long"), prompt="Order.", entries=tuple(f"entry {n}" for n in range(24))),
        core.TrueFalse(**head("claim"), prompt="So?", answer=True),
    )
    made = asking(course(items, whole(items, versions=1, order="source")), 7)
    geometry = json.loads(exported(made, paper="Letter")["A.json"])
    first, second = geometry["pages"]
    assert (first["bubbles"], len(first["student"])) == ([], 70)
    assert {bubble["question"] for bubble in second["bubbles"]} == {1, 2}
    assert max(bubble["y"] for bubble in second["bubbles"]) < geometry["paper"]["height"] - 20


def test_bubbles_are_printed_where_the_json_says(print_pdf: Callable[[bytes], bytes]) -> None:
    """The ring of each is black all around and white within, and the letter in its middle is its option."""
    files = exported(quiz(30, 5, versions=1))
    geometry = json.loads(files["A.json"])
    pdf = print_pdf(files["A.html"])
    words = paper.read(pdf)
    shown = {"true": "T", "false": "F", "-": "−"}
    for page, picture in zip(geometry["pages"], simulator.printed(pdf, DPI), strict=True):
        scan = Scan(picture, geometry)
        assert read(picture, [geometry]).filled == {}
        for bubble in page["bubbles"]:
            x, y, r = bubble["x"], bubble["y"], bubble["radius"]
            for step in range(4 if bubble["shape"] == "square" else 12):
                angle = math.tau * step / (4 if bubble["shape"] == "square" else 12)
                ring = [
                    scan.level(*scan.at(x + (r + off) * math.cos(angle), y + (r + off) * math.sin(angle)))
                    for off in (-0.2, -0.1, 0, 0.1, 0.2)
                ]
                assert min(ring) < 190, bubble
                assert (
                    scan.level(*scan.at(x + 0.8 * r * math.cos(angle), y + 0.8 * r * math.sin(angle))) > 190
                ), bubble
            letter = shown.get(bubble["option"], bubble["option"])
            near = [
                word.text
                for word in words.on(page["page"])
                if abs((word.left + word.right) / 2 / paper.MM - x) < 0.5
                and abs((word.top + word.bottom) / 2 / paper.MM - y) < 0.8
            ]
            assert near == [letter], bubble


def test_nothing_lies_on_anything(print_pdf: Callable[[bytes], bytes]) -> None:
    """Bubbles, marks and words keep apart, and within the page."""
    for printing in ({}, {"profile": "large-print", "paper": "Letter"}):
        files = exported(quiz(200, 3, versions=1), **printing)
        printed = paper.read(print_pdf(files["A.html"]))
        assert paper.overlapping(printed) == []
        assert paper.spilled(printed, margin=7) == []
        geometry = json.loads(files["A.json"])
        width, height = geometry["paper"]["width"], geometry["paper"]["height"]
        for page in geometry["pages"]:
            for place, one in enumerate(page["bubbles"]):
                assert 15 < one["x"] < width - 15
                assert 55 < one["y"] < height - 20
                for other in page["bubbles"][place + 1 :]:
                    gap = (
                        math.hypot(one["x"] - other["x"], one["y"] - other["y"])
                        - one["radius"]
                        - other["radius"]
                    )
                    assert gap > 1


def test_the_json_knows_what_is_right() -> None:
    """Every question of the version that bubbles can answer, each option once, and what the key says."""
    made = quiz(60, 9)
    files = exported(made)
    for version in plan(made, made.sheets[0]):
        geometry = json.loads(files[f"{version.name}.json"])
        assert (geometry["code"], geometry["sheet"]) == (version.code, "quiz")
        by_number = {question["number"]: question for question in geometry["questions"]}
        bubbles: dict[tuple[int, int], list[str]] = {}
        for page in geometry["pages"]:
            for bubble in page["bubbles"]:
                bubbles.setdefault((bubble["question"], bubble["row"]), []).append(bubble["option"])
        for question in version.questions:
            found = by_number.pop(question.number, None)
            item, solution = question.item, question.arrangement.solution.split()
            if isinstance(item, core.Numeric) and len(item.answer) <= 8:
                assert "".join("".join(row) for row in found["right"]) == item.answer == found["answer"]
            elif isinstance(item, core.Choice | core.TrueFalse):
                assert found["right"] == [solution]
                assert found["several"] == (item.kind == "multiple")
            elif isinstance(item, core.Ordering | core.Matching):
                assert found["right"] == [[each] for each in solution]
            else:
                assert found is None
                continue
            for row, right in enumerate(found["right"], start=1):
                options = bubbles.pop((question.number, row))
                assert set(right) <= set(options)
                assert len(set(options)) == len(options)
        assert (by_number, bubbles) == ({}, {})


def test_options_are_known_by_their_place_in_the_source() -> None:
    """Whatever letter a version gives an option: where its author wrote it, and which misconception is behind it."""
    items = (
        core.Choice(
            **head("choice", points=2, scoring=core.Scoring(penalty="25 %", floor=-1)),
            prompt="Which?",
            options=core.in_source_order(
                [
                    core.Option("zero", right=True),
                    core.Option("one", right=False, misconception="port-is-software"),
                    core.Option("two", right=False, last=True),
                    core.Option("three", right=False),
                ]
            ),
        ),
        core.TrueFalse(**head("claim"), prompt="A port is a program.", answer=False, verdict="false"),
        core.TrueFalse(**head("plain"), prompt="True?", answer=True),
        core.Matching(
            **head("match"),
            prompt="Match.",
            pairs=(core.Pair("a", "x"), core.Pair("b", "x"), core.Pair("c", "y"), core.Pair("d", "z")),
            extra=("x", "w"),
        ),
        core.Ordering(**head("order"), prompt="Order.", entries=("first", "second", "third")),
        core.Numeric(**head("number"), prompt="How many?", answer="42"),
        core.Open(**head("why", points=3.5), prompt="Why?", model="Because."),
    )
    made = course(items, whole(items, versions=4))
    orders = set()
    for version in plan(made, made.sheets[0]):
        described = json.loads(exported(made)[f"{version.name}.json"])
        assert (described["total"], described["total_bubbles"]) == (10.5, 7)
        (written,) = described["on_paper"]
        assert (written["id"], written["kind"], written["points"]) == ("why", "open", 3.5)
        questions = {question["id"]: question for question in described["questions"]}
        assert [questions["choice"][key] for key in ("points", "penalty", "floor", "partial")] == [
            2,
            0.5,
            -1,
            "none",
        ]
        assert [questions["match"][key] for key in ("penalty", "floor", "partial")] == [0, 0, "each"]
        arranged = {question.item.id: question.arrangement for question in version.questions}
        assert questions.keys() | {"why"} == arranged.keys()
        texts = dict(enumerate(("zero", "one", "two", "three")))
        assert [
            (one["letter"], texts[one["source"]], one["right"], one["misconception"])
            for one in questions["choice"]["options"]
        ] == [
            (one.letter, one.text, one.text == "zero", "port-is-software" if one.text == "one" else None)
            for one in arranged["choice"].options
        ]
        assert [tuple(one.values()) for one in questions["claim"]["options"]] == [
            ("true", 0, False, "claim"),
            ("false", 1, True, None),
        ]
        assert [one["misconception"] for one in questions["plain"]["options"]] == [None, None]
        rights = ("x", "x", "y", "z", "x", "w")
        assert [
            (one["letter"], rights[one["source"]], one["right"]) for one in questions["match"]["options"]
        ] == [(one.letter, one.text, one.text != "w") for one in arranged["match"].right]
        assert {one["source"] for one in questions["match"]["options"]} == {0, 2, 3, 5}
        assert ["abcd"[place] for place in questions["match"]["entries"]] == [
            entry.text for entry in arranged["match"].left
        ]
        assert [place + 1 for place in questions["order"]["entries"]] == [
            entry.place for entry in arranged["order"].entries
        ]
        assert [(one["letter"], one["source"]) for one in questions["order"]["options"]] == [
            ("1", 0), ("2", 1), ("3", 2),
        ]  # fmt: skip
        assert (questions["number"]["options"], questions["number"]["entries"]) == ([], [])
        orders.add(tuple(one["source"] for one in questions["choice"]["options"]))
    assert len(orders) == 4


@pytest.mark.parametrize(("code", "page"), [("8GV4", 1), ("0000", 2), ("ZZZZ", 255)])
def test_the_code_can_be_read_without_knowing_the_version(code: str, page: int) -> None:
    """Five bits a letter in Crockford's alphabet, eight for the page, and four that check them."""
    bits = "".join("01"[bit] for bit in code_bits(code, page))
    assert "".join(ALPHABET[int(bits[at : at + 5], 2)] for at in range(0, 20, 5)) == code
    assert int(bits[20:28], 2) == page
    assert sum(int(bits[at : at + 4], 2) for at in range(0, 28, 4)) % 16 == int(bits[28:], 2)


def test_numbers_tell_nothing_of_their_length() -> None:
    """All questions for numbers have the same places and the same digits, and a sign before them."""
    made = quiz(60, 9)
    (version, _) = plan(made, made.sheets[0])
    rows = [tuple(row.options for row in each.rows) for each in asked(version) if each.digits]
    assert len(rows) > 2
    assert len(set(rows)) == 1
    sign, *places = rows[0]
    assert sign == ("-",)
    assert places == [tuple(".0123456789")] * 6


def test_columns_are_evened_out() -> None:
    """A short quiz does not stand in one long column; where writing goes to the left, the first is at the right."""
    items = tuple(core.TrueFalse(**head(f"t{n}"), prompt="True?", answer=True) for n in range(30))
    made = course(items, whole(items, versions=1))
    (version,) = plan(made, made.sheets[0])
    (page,) = pages(version, asked(version), "A4", SCALE)
    lefts = [label.x for label in page.labels]
    counts = {left: lefts.count(left) for left in lefts}
    assert max(counts.values()) - min(counts.values()) <= 1
    assert len(counts) > 3
    assert lefts == sorted(lefts)
    (mirrored,) = pages(version, asked(version), "A4", SCALE, from_right=True)
    assert [label.x for label in mirrored.labels] == sorted(lefts, reverse=True)


def test_answer_sheets_are_valid_without_barriers(
    page: Page, axe: Callable[[Page], list[str]], html_errors: Callable[[Mapping[str, bytes]], list[str]]
) -> None:
    """Also those of a language written from right to left, and with a student number."""
    arabic = msgspec.structs.replace(showcase(), project=core.Project(id="x", title="X", language="ar"))
    made = {
        "en.html": exported(showcase())["A.html"],
        "ar.html": exported(arabic)["A.html"],
        "number.html": exported(asking(showcase(), 7))["A.html"],
    }
    assert [said for said in html_errors(made) if "appears to be written in" not in said] == []
    for html in made.values():
        page.set_content(html.decode())
        assert axe(page) == []


def test_what_bubbles_cannot_answer_is_said() -> None:
    """And a sheet of such questions alone has no answer sheet; without the setting there is none at all."""
    assert "Answered on the question sheet: 5, 8, 9, 11, 13" in exported(showcase())["A.html"].decode()
    items = (core.Open(**head("why"), prompt="Why?", model="Because."),)
    assert exported(course(items, whole(items))) == {}
    assert not any(name.startswith("answer-sheets/") for name in export(showcase(), TEMPLATES, {}))
    assert any(name.startswith("answer-sheets/") for name in export(asking(showcase(), 7), TEMPLATES, {}))


def test_marks_are_where_every_printer_prints() -> None:
    """At least 8 mm from the edges."""
    for size in PAPERS.values():
        assert min(min(mark.x, mark.y) - mark.side / 2 for mark in marks(*size).values()) >= 8


def test_many_options_have_rows_of_bubbles(print_pdf: Callable[[bytes], bytes]) -> None:
    """A question with more than a page is wide goes on in the next row, and the question after it below that."""
    options = tuple(core.Option(f"option {place}", right=place == 0) for place in range(30))
    items = (
        core.Choice(**head("many"), prompt="Which?", options=options),
        core.TrueFalse(**head("claim"), prompt="So?", answer=True),
    )
    made = course(items, whole(items, versions=1, order="source", title="A long title of a test " * 12))
    for printing in ({}, {"profile": "large-print"}):
        files = exported(made, **printing)
        (page,) = json.loads(files["A.json"])["pages"]
        many = [bubble for bubble in page["bubbles"] if bubble["question"] == 1]
        claim = [bubble for bubble in page["bubbles"] if bubble["question"] == 2]
        assert [bubble["row"] for bubble in many] == [1] * 30
        assert len({bubble["y"] for bubble in many}) > 1
        assert len({(bubble["x"], bubble["y"]) for bubble in many}) == 30
        assert max(bubble["y"] for bubble in many) < min(bubble["y"] for bubble in claim)
        for printed in (print_pdf(files["A.html"]), weasyprint_pdf(files["A.html"])):
            assert paper.spilled(paper.read(printed), margin=5) == []
            assert paper.overlapping(paper.read(printed)) == []
