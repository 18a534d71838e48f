"""The one table of typed answers (`cases.toml`), typed into real cards and real web pages in a real browser."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from anki_reviewer import Cards, Desktop
from deckgen import web
from deckgen.core import Course, Deck, Numeric, Project, Section, Sheet, Short
from deckgen.templating.own import templates_of

CASES = tomllib.loads(Path(__file__).with_name("cases.toml").read_text(encoding="utf-8"))["case"]
OUTCOMES = ("right", "almost", "wrong", "unread")
TEMPLATES = templates_of({})

#: Types each text into the card on the screen, and turns it over.
ON_CARD = """async (texts) => {
  const found = [];
  for (const text of texts) {
    await show("front");
    const input = document.querySelector("#typeans");
    input.value = text;
    input.dispatchEvent(new Event("input", {bubbles: true}));
    const reading = document.querySelector(".front p.reading");
    const said = reading ? reading.textContent : "";
    await show("back");
    const result = document.querySelector(".result");
    found.push([result ? [...result.classList].pop() : "", said]);
  }
  return found;
}"""

#: Types into each question its next text, in one run of the quiz after another, until every text was typed.
ON_PAGE = """(texts) => {
  const element = (id) => document.getElementById(id);
  const found = Object.fromEntries(Object.keys(texts).map((id) => [id, []]));
  document.body.style.display = "none";  // nobody looks, and each step would lay the page out
  const runs = Math.max(...Object.values(texts).map((each) => each.length));
  for (let run = 0; run < runs; run += 1) {
    element(document.getElementById("quiz").dataset.phase === "start" ? "begin" : "startover").click();
    for (const _ of Object.keys(texts)) {
      const form = document.querySelector("form.question.shown");
      const id = form.dataset.id;
      if (run >= texts[id].length) {
        element("skip").click();
        continue;
      }
      const input = form.querySelector("fieldset input");
      input.value = texts[id][run];
      input.dispatchEvent(new Event("input", {bubbles: true}));
      const reading = form.querySelector("[data-part=reading]");
      const said = reading ? reading.textContent : "";
      element("primary").click();
      if (!form.dataset.verdict) element("primary").click();
      found[id].push([form.dataset.verdict, said]);
      element("primary").click();
    }
    if (document.getElementById("quiz").dataset.phase === "open") element("finish").click();
  }
  return found;
}"""


def course(language: str) -> Course:
    """Return a course of the cases in a language, with a sheet of all."""
    mine = [(place, case) for place, case in enumerate(CASES) if case.get("language", "en") == language]
    items = tuple(item(place, case) for place, case in mine)
    return Course(
        project=Project(id="typed", title="Typed", language=language),
        decks=(Deck(name="Typed"),),
        items=items,
        sheets=(
            Sheet(
                id="all",
                title="All",
                outputs=("quiz",),
                sections=(Section(tuple(each.id for each in items)),),
            ),
        ),
    )


def item(place: int, case: dict[str, Any]) -> Numeric | Short:
    """Return the question of a case."""
    head = {"id": f"case-{place}", "deck": "Typed", "file": "typed", "prompt": "What?"}
    if "answers" in case:
        answer, *accept = case["answers"]
        return Short(**head, answer=answer, accept=tuple(accept), accents=case.get("accents", "almost"))
    return Numeric(
        **head, answer=case["answer"], tolerance=case.get("tolerance", "0"), unit=case.get("unit", "")
    )


@pytest.fixture(scope="module")
def courses() -> dict[str, Course]:
    return {language: course(language) for language in {case.get("language", "en") for case in CASES}}


@pytest.fixture(scope="module")
def pages(courses, tmp_path_factory) -> dict[str, Path]:
    """The folders of the sites, by language."""
    folders = defaultdict(Path)
    for language, made in courses.items():
        folder = tmp_path_factory.mktemp(language)
        for name, content in web.export(made, TEMPLATES, {}).items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        folders[language] = folder / "web"
    return folders


@pytest.fixture(scope="module")
def cards(courses) -> dict[str, Cards]:
    return {language: Cards(made) for language, made in courses.items()}


def expected(case: dict[str, Any]) -> dict[str, str]:
    """Return what each text is worth."""
    return {text: outcome for outcome in OUTCOMES for text in case.get(outcome, ())}


def texts_of(case: dict[str, Any]) -> list[str]:
    """Return what is typed."""
    return list(expected(case) | dict.fromkeys(case.get("read", ())))


def isolated(reading: str) -> str:
    """Put the number that a line says between the signs that keep the text around from turning it."""
    return re.sub(
        r"^((?:Read as(?: a decimal:)?|Gelesen als(?: Dezimalzahl)?) )(.+)$", "\\1\u2066\\2\u2069", reading
    )


def differences(case: dict[str, Any], found: list[list[str]]) -> list[str]:
    """Say where a medium differs from the table."""
    results = dict(zip(texts_of(case), found, strict=True))
    wanted = [(text, 0, outcome) for text, outcome in expected(case).items()]
    wanted += [(text, 1, isolated(reading)) for text, reading in case.get("read", {}).items()]
    return [
        f"{case['name']}: {text!r} is {results[text][what]!r}, not {value!r}"
        for text, what, value in wanted
        if results[text][what] != value
    ]


def test_every_text_on_a_card(page, cards):
    """A card says of each text what the table says, and how it read a number."""
    found = []
    for place, case in enumerate(CASES):
        mine = cards[case.get("language", "en")]
        question = item(place, case)
        Desktop(page).show(mine.types[question.kind], mine.render(question))
        found += differences(case, page.evaluate(ON_CARD, texts_of(case)))
    assert found == []


def test_every_text_on_a_page(page, pages):
    """A web page says the same."""
    found = []
    for language, folder in pages.items():
        mine = {
            f"case-{place}": case
            for place, case in enumerate(CASES)
            if case.get("language", "en") == language
        }
        page.goto((folder / "all.html").as_uri())
        said = page.evaluate(ON_PAGE, {id_: texts_of(case) for id_, case in mine.items()})
        for id_, case in mine.items():
            found += differences(case, said[id_])
    assert found == []


def test_nothing_else_grades_what_is_typed():
    """No script but the one grader compares texts or reads numbers."""
    others = {
        name: text for name, text in TEMPLATES.texts.items() if name.endswith(".js") and name != "grader.js"
    }
    assert [name for name, text in others.items() if re.search(r"NFKC|BigInt|distance", text)] == []
