"""The language of a deck or an item reaches its texts, on cards, pages and paper."""

from __future__ import annotations

import re

import pytest

from anki_reviewer import TEMPLATES, Cards
from deckgen import sheet, web
from deckgen.cli.session import compile_at

PROJECT = """\
id = "languages"
title = "Languages"
language = "en"
"""
CARDS = """\
[deck]
name = "D"
language = "ja"

[[question]]
id = "of-the-deck"
type = "open"
prompt = "意味は？"
model = "水"
hint = "水"

[[question]]
id = "of-the-item"
type = "open"
language = "he"
prompt = "שלום?"
model = "בית"

[[question]]
id = "of-the-project"
type = "open"
language = "en"
prompt = "What is water?"
model = "H2O"

[[sheet]]
id = "all"
title = "All"
from = ["D"]
order = "source"
outputs = ["paper", "quiz"]
"""
LANGUAGES = {"of-the-deck": "ja", "of-the-item": "he", "of-the-project": "en"}


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    root = tmp_path_factory.mktemp("languages")
    (root / "deckgen.toml").write_text(PROJECT, encoding="utf-8")
    (root / "cards").mkdir()
    (root / "cards" / "a.toml").write_text(CARDS, encoding="utf-8")
    compiled, _, found = compile_at(root)
    assert found == []
    return compiled.course


def test_on_cards(course):
    """A card is in the language of its item, and its fixed words in the project's."""
    cards = Cards(course)
    for item in course.items:
        for side in (cards.render(item).front, cards.render(item).back):
            assert re.search(r'<div class="deckgen [^>]*?lang="([^"]*)"', side)[1] == "en"
            own = [] if item.id == "of-the-project" else [LANGUAGES[item.id]]
            assert re.findall(r'<div lang="([^"]*)">', side) == own
            assert '<p class="task" lang="en">' in side


def test_on_pages(course):
    """A question of a quiz is in the language of its item, and what the page says in the project's."""
    html = web.export(course, TEMPLATES, {})["web/all.html"].decode()
    forms = dict(re.findall(r'<form [^>]*data-id="([^"]*)"([^>]*)>', html))
    assert {id_: "".join(re.findall(r'lang="([^"]*)"', rest)) for id_, rest in forms.items()} == {
        "of-the-deck": "ja",
        "of-the-item": "he",
        "of-the-project": "",
    }
    assert html.count('<span class="line" lang="en">') == 2


def test_on_paper(course):
    """A question of a sheet is in the language of its item."""
    made = sheet.export(course, TEMPLATES, {})
    html = next(content for name, content in made.items() if name.endswith("A.html")).decode()
    assert re.findall(r'<fieldset class="question[^>]*? lang="([^"]*)"', html) == ["ja", "he"]
