"""Pages as files: valid, small, alone, the same each time."""

from __future__ import annotations

import gzip
import re
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest

from deckgen import core, web
from deckgen.guide import guides
from sheet.quizzes import course as course_with
from sheet.quizzes import random_items, showcase, whole
from web.conftest import TEMPLATES, course_of, files_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

ROOT = Path(__file__).parents[2]


def test_every_page_is_valid_html(
    course: core.Course, html_errors: Callable[[Mapping[str, bytes]], list[str]]
) -> None:
    """By the Nu checker and by html-validate: the tests' project, a sheet of everything, a random one in Arabic."""
    items = random_items(20, 5)
    made = {
        "project": course,
        "showcase": showcase(),
        "arabic": course_with(items, whole(items), language="ar"),
    }
    pages = {
        f"{which}/{name}": html
        for which, each in made.items()
        for name, html in web.export(each, TEMPLATES, {}).items()
        if name.endswith(".html")
    }
    assert html_errors(pages) == []


def test_a_page_of_ten_questions_is_below_75_kb() -> None:
    """The quiz of the article, with its formulas, explanations and sources."""
    made = web.export(course_of(ROOT), TEMPLATES, {})
    assert len(made["web/it-quiz.html"]) < 75_000
    assert len(gzip.compress(made["web/it-quiz.html"])) < 24_000


def test_every_file_stands_alone(files: dict[str, bytes]) -> None:
    """No page names anything to load but data: and what a click opens."""
    for name, html in files.items():
        if name.endswith(".html") and name.count("/") < 3:
            assert not re.search(
                rb'\ssrc="(?!data:)|<link(?! rel="icon" href="data:,")|@import|url\((?!data:)', html
            ), name


def test_web_alone_is_a_whole_site(files: dict[str, bytes]) -> None:
    """Packages, sheets and keys lie below it as well; nothing lies elsewhere."""
    assert all(name.startswith("web/") for name in files)
    papers = ("web/study/", "web/tables/", "web/sheets/", "web/answer-sheets/")
    assert {name for name in files if not name.startswith(papers)} == {
        "web/index.html", "web/immediate.html", "web/final.html", "web/index_.html", "web/short.html",
        "web/anki/Networking.apkg", "web/guides/Networking.html", "web/guides/Networking-large-print.html",
        "web/flashcards/Networking.html",
    }  # fmt: skip
    assert {"web/sheets/index/A.html", "web/sheets/index/B.html", "web/sheets/index/key.html"} <= files.keys()
    assert "web/answer-sheets/short/A.html" in files
    # These tell a program what is right; learners need none of them.
    assert not any(name.endswith(".json") for name in files)


def test_the_same_course_makes_the_same_bytes(course: core.Course, files: dict[str, bytes]) -> None:
    """No clock and no chance in what is written."""
    assert files_of(course) == files


def test_without_decks_and_sheets_there_are_pages_all_the_same(course: core.Course) -> None:
    """Then nothing is offered that is not there."""
    made = web.export(course, TEMPLATES, {})
    assert b"Answer key" not in made["web/index.html"]
    assert b"Decks for Anki" not in made["web/index.html"]
    assert b"Answer key" not in made["web/immediate.html"]


def test_an_empty_course_has_an_index() -> None:
    """A project that has only begun."""
    course = core.Course(project=core.Project(id="empty", title="Empty"), decks=(), items=())
    made = web.export(course, TEMPLATES, {})
    assert set(made) == {"web/index.html"}
    assert b"<script>" not in made["web/index.html"]


@pytest.mark.parametrize(
    ("language", "direction", "begin"),
    [("en", "ltr", "Begin"), ("de-CH", "ltr", "Beginnen"), ("ar", "rtl", ""), ("tlh", "ltr", "Begin")],
)
def test_pages_speak_the_language_of_the_project(language: str, direction: str, begin: str) -> None:
    """With its words and its direction; English where there are none."""
    items = random_items(3, 1)
    html = web.export(course_with(items, whole(items), language=language), TEMPLATES, {})[
        "web/quiz.html"
    ].decode()
    assert f'<html lang="{language}" dir="{direction}">' in html
    button = re.search(r'id="begin" class="[^"]*">(.*?)<', html)
    assert button
    assert button[1] == begin if begin else button[1] != "Begin"


def test_pictures_are_part_of_the_page() -> None:
    """As data, so that the file can be sent around alone."""
    course = showcase()
    item = msgspec.structs.replace(course.items[0], prompt="What is this? ![A dot](media/dot.png)")
    made = web.export(
        msgspec.structs.replace(course, items=(item, *course.items[1:])),
        TEMPLATES,
        {"media/dot.png": b"\x89PNG"},
    )
    assert b'<img src="data:image/png;base64,iVBORw==" alt="A dot"' in made["web/quiz.html"]


def test_deck_names_become_file_names() -> None:
    """Plain, all different, whatever the name."""
    items = random_items(4, 1)
    concepts = tuple(
        core.Concept(id=f"c{place}", deck=deck, file="x", term="T", definition="D")
        for place, deck in enumerate(("Ä b/c", "ä B:c", "???", "日本"))
    )
    made = web.export(course_with((*items, *concepts), whole(items)), TEMPLATES, {})
    names = [name for name in made if name.startswith("web/study/")]
    assert len(names) == len(set(map(str.casefold, names))) == 5
    assert not any(re.search(r'[?:*"<>|\\ ]', name) for name in names)


def test_every_kind_has_a_way_to_be_answered() -> None:
    """A kind that was forgotten here would break the first sheet that asks it."""
    from deckgen.sheet.kinds import ARRANGE
    from deckgen.web.quiz_page import WAYS

    assert WAYS.keys() == ARRANGE.keys()
    for kind, way in WAYS.items():
        assert {f"web/{kind}.html", f"web/{way}.js", f"web/{way}.css"} <= TEMPLATES.texts.keys()


def test_guides_gather_what_a_deck_has(course: core.Course) -> None:
    """Concepts by deck, tables, misconceptions, the sources cited, the sheets that ask about it."""
    (guide,) = guides(course)
    assert guide.name == "Networking"
    assert [(group.title, [concept.id for concept in group.concepts]) for group in guide.groups] == [
        ("Basics", ["socket", "port", "references"])
    ]
    assert [table.id for table in guide.tables] == ["socket-vs-port"]
    assert [claim.id for claim in guide.misconceptions] == [
        "port-is-software", "sockets-and-ports-are-one", "a-socket-is-plastic",
    ]  # fmt: skip
    assert [source.key for source in guide.sources] == ["rfc9293", "stevens", "article"]
    assert guide.sheets == ("immediate", "final", "index", "short")
