"""Points on a screen: penalties, partial credit, grades, and the answers as a file; of the project `tests/exam`."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
import pytest

from deckgen import web
from deckgen.scoring import credit, parts, score
from deckgen.sheet.plan import plan
from deckgen.web.attempt import FORMAT, Attempt
from web.conftest import TEMPLATES, course_of, put

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from playwright.sync_api import Page

    from deckgen.core import Course
    from deckgen.sheet.version import Question

EXAM = Path(__file__).parents[1] / "exam"
SCHEMA = Path(__file__).parents[2] / "schema" / "attempt.json"
#: The blank answer.
BLANK: tuple[()] = ()


class Given(NamedTuple):
    """An answer: what is chosen, by places in the author's text, or typed; and what its parts are worth, if typed."""

    chosen: tuple[Any, ...]
    worths: tuple[str, ...] = ()


#: Everything from right to wrong, with a blank one.
MIXED = {
    "schicht": Given((2,)),  # wrong: -0.5
    "transport": Given((0, 2)),  # one right, one wrong of three: 1 - 2/3
    "ohne-port": Given((2, 3)),  # two wrong ones: down to the floor
    "udp-ordnet": Given(BLANK),
    "handschlag": Given((1, 2, 3, 0)),  # two of three neighbours
    "dienste": Given((0, 3, 1)),  # one of three pairs
    "luecken": Given(("Socket", "Prot", "16"), ("1", "0", "1")),  # all or nothing
    "anzahl": Given(("65536",), ("1",)),
    "nat": Given(("Übersetzen",), ("1/2",)),
}
RIGHT = {
    "schicht": Given((0,)),
    "transport": Given((0, 1)),
    "ohne-port": Given((0, 1)),
    "udp-ordnet": Given((1,)),
    "handschlag": Given((0, 1, 2, 3)),
    "dienste": Given((0, 1, 2)),
    "luecken": Given(("Socket", "Port", "16"), ("1", "1", "1")),
    "anzahl": Given(("65.536",), ("1",)),
    "nat": Given(("Übersetzen",), ("1",)),
}


@pytest.fixture(scope="module")
def exam() -> Course:
    return course_of(EXAM)


@pytest.fixture(scope="module")
def quiz(exam: Course, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the exam."""
    return put(web.export(exam, TEMPLATES, {}), tmp_path_factory.mktemp("exam")) / "klausur.html"


def worth(question: Question, given: Given) -> Fraction:
    """Return what an answer is worth, as keys and marking have it."""
    if given.worths:
        return credit(question.rule, parts(question.rule.partial, [Fraction(each) for each in given.worths]))
    if question.kind in ("ordering", "matching"):
        right = [frozenset({str(place + 1)}) for place in range(len(RIGHT[question.item.id].chosen))]
        chosen = [frozenset({str(place + 1)}) for place in given.chosen]
        return score(question.rule, chosen, right)
    right = [frozenset(map(str, RIGHT[question.item.id].chosen))]
    return score(question.rule, [frozenset(map(str, given.chosen))], right)


def shown(points: Fraction) -> str:
    """Write points as the page does."""
    hundredths = (200 * points + 1) // 2
    return f"{float(Fraction(hundredths, 100)):.2f}".rstrip("0").rstrip(".").replace(".", ",")


#: Puts the entries of the question that is asked in this order.
ORDER = """order => {
  const list = document.querySelector("form.shown .entries");
  for (let at = 0; at < order.length; at++) {
    const find = () => [...list.children].findIndex((entry) => entry.dataset.entry === String(order[at]));
    while (find() > at) list.children[find()].querySelector('.move[value="-1"]').click();
  }
}"""


def play(page: Page, quiz: Path, answers: Mapping[str, Given]) -> dict[str, str]:
    """Open the page, answer everything, and return the verdict on each question."""
    page.emulate_media(reduced_motion="reduce")
    page.goto(quiz.as_uri())
    page.click("#begin")
    return answer(page, answers)


def answer(page: Page, answers: Mapping[str, Given]) -> dict[str, str]:
    """Answer everything that is asked, and return the verdict on each question."""
    verdicts = {}
    for _ in answers:
        form = page.locator("form.question:visible")
        id_ = form.get_attribute("data-id") or ""
        given = answers[id_]
        if not given.chosen:
            page.click("#skip")
            continue
        match form.get_attribute("data-kind"):
            case "ordering":
                page.evaluate(ORDER, given.chosen)
                form.locator(".move").first.click()  # who changes nothing has not answered
                page.evaluate(ORDER, given.chosen)
            case "matching":
                for place, right in enumerate(given.chosen):
                    form.locator(f'select[data-entry="{place}"]').select_option(str(right))
            case "choice" | "multiple" | "true-false":
                for place in given.chosen:
                    form.locator(f'.option input[value="{place}"]').check(force=True)
            case _:
                for field, text in zip(
                    form.locator("fieldset :is(input, textarea)").all(), given.chosen, strict=True
                ):
                    field.fill(text)
        page.click("#primary")
        if form.get_attribute("data-kind") == "open":
            form.locator(f'[data-part=judge] [value="{float(Fraction(given.worths[0])):g}"]').click()
        verdicts[id_] = form.locator("[data-part=verdict]").inner_text()
        page.click("#primary")
    if page.locator("#finish").is_visible():
        page.click("#finish")
    return verdicts


def saved(page: Page) -> dict[str, Any]:
    """Save the answers, and read the file."""
    with page.expect_download() as download:
        page.click("#save")
    assert download.value.suggested_filename == "klausur.json"
    return json.loads(Path(download.value.path()).read_text(encoding="utf-8"))


def test_answers_are_worth_what_they_are_on_paper(
    exam: Course, quiz: Path, page: Page, axe: Callable[..., list[str]]
) -> None:
    """Each verdict has its points, the result their sum and its sections, and the file says the same, exactly."""
    version = plan(exam, exam.sheets[0])[0]
    by_id = {q.item.id: q for q in version.questions}
    expected = {id_: worth(by_id[id_], given) for id_, given in MIXED.items()}
    assert expected["schicht"] == Fraction(-1, 2)
    assert expected["transport"] == Fraction(1, 3)
    assert expected["ohne-port"] == -1

    verdicts = play(page, quiz, MIXED)
    for id_, verdict in verdicts.items():
        assert verdict.endswith(
            f" · {shown(expected[id_])} / {by_id[id_].item.points:g}".replace(".", ",")
        ), id_
    total = sum(expected.values(), Fraction(0))
    assert page.inner_text("#score") == f"{shown(total)} / 17,5"
    assert page.inner_text("#grade") == "Note: 5,0"
    sections = [
        (row.locator("th").inner_text(), row.locator("td").first.inner_text())
        for row in page.locator("#topics tbody tr:has(th)").all()
    ]
    assert sections == [
        (
            str(part.title),
            f"{shown(sum((expected[q.item.id] for q in part.questions), Fraction(0)))} / {part.points:g}".replace(
                ".", ","
            ),
        )
        for part in version.parts
    ]
    assert axe(page) == []

    attempt = msgspec.convert(saved(page), Attempt)
    assert (attempt.format, attempt.sheet, attempt.code) == (FORMAT, "klausur", version.code)
    assert attempt.points == pytest.approx(float(total), abs=1e-12)
    assert attempt.total == 17.5
    answers = {each.id: each for each in attempt.questions}
    for id_, given in MIXED.items():
        told = answers[id_]
        assert told.points == pytest.approx(float(expected[id_]), abs=1e-12)
        assert (told.kind, told.total) == (by_id[id_].kind, by_id[id_].item.points)
        found = told.texts if given.worths else told.chosen
        assert (
            tuple(found) == given.chosen if by_id[id_].kind != "multiple" else set(found) == set(given.chosen)
        )
    assert answers["udp-ordnet"].verdict == "unanswered"
    assert answers["nat"].judged == 0.5


def test_a_grade_is_of_the_whole_sheet(quiz: Path, page: Page) -> None:
    """All right is the best one; a run of those that were missed has none."""
    play(page, quiz, RIGHT | {"anzahl": Given(("1",), ("0",))})
    assert page.inner_text("#score") == "16,5 / 17,5"
    assert page.inner_text("#grade") == "Note: 2,3"
    page.click("#again")
    page.fill("form.question:visible input", "65536")
    page.click("#primary")
    page.click("#primary")
    assert page.inner_text("#score") == "1 / 1"
    assert page.locator("#grade").is_hidden()
    page.click("#startover")
    answer(page, RIGHT)
    assert page.inner_text("#grade") == "Note: 1,0"


def test_the_page_says_what_a_wrong_answer_costs(quiz: Path, page: Page) -> None:
    """At the start, and beside each question that can cost something; nothing is sent when answers are saved."""
    page.goto(quiz.as_uri())
    assert "Eine falsche Antwort kostet die Punkte, die bei der Frage stehen" in page.inner_text("#start")
    lines = {
        form.get_attribute("data-id"): form.locator(".how").text_content()
        for form in page.locator("form.question").all()
    }
    assert lines["schicht"].endswith("2 Punkte · −0,5, wenn falsch")
    assert lines["anzahl"].endswith("1 Punkt")


def test_pages_with_points_are_valid(
    exam: Course, html_errors: Callable[[Mapping[str, bytes]], list[str]]
) -> None:
    """The quiz, the sheets and their keys."""
    from deckgen import sheet

    made = web.export(exam, TEMPLATES, {}) | sheet.export(exam, TEMPLATES, {})
    wanted = ("web/klausur.html", "sheets/klausur/A.html", "sheets/viele/A.html", "sheets/klausur/key.html")
    assert html_errors({name: made[name] for name in wanted}) == []


def test_the_schema_describes_what_the_page_saves() -> None:
    """Its keys are those of the type, with `chosen` and `texts` for what was ticked or typed."""
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    assert schema["title"] == FORMAT
    told = schema["$defs"]["Answer"]
    assert set(told["required"]) == {"number", "id", "kind", "verdict", "points", "total"}
    assert set(told["properties"]) == {*told["required"], "chosen", "texts", "judged"}
