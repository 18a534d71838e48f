"""Wherever a text of an author stands, it is in its language and runs its own way; so do the words around it."""

from __future__ import annotations

import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pytest

from anki_reviewer import TEMPLATES
from deckgen import sheet, web
from deckgen.cli.session import compile_at
from deckgen.text.directed import direction_of
from stress.screens import show_all

PROJECT = """\
id = "scripts"
title = "{title}"
language = "{language}"

[sheet]
study_guides = true
flashcards = 8
"""
#: `@` stands for a text. Nothing is made in which words of deckgen stand amid an author's.
CARDS = """\
[deck]
name = "@"
language = "{language}"
description = "@"

[[concept]]
id = "one"
term = "@"
definition = "@"
example = "@"
aliases = ["@", "@"]
hint = "@"

[[concept]]
id = "two"
term = "@"
definition = '''
@

- @
  - @

1. @

| @ | @ |
|---|---|
| @ | @ |
'''

[[comparison]]
id = "both"
title = "@"
intro = "@"
between = ["one", "two"]
make = ["contrast", "match"]
[[comparison.row]]
id = "row"
aspect = "@"
one = "@"
two = "@"
[[comparison.row]]
id = "another"
aspect = "@"
one = "@"
two = "@"
[[comparison.match]]
id = "rows"
prompt = "@"
rows = ["row", "another"]

[[misconception]]
id = "claim"
claim = "@"
verdict = "vague"
correction = "@"
corrects = "both/row/one"

[[question]]
id = "choice"
type = "choice"
prompt = "@"
answer = "@"
distractors = ["@", {{ text = "@", why = "@" }}]
explanation = "@"
hint = "@"
points = 2
[[question]]
id = "multiple"
type = "multiple"
prompt = "@"
answers = ["@", "@"]
distractors = ["@"]
[[question]]
id = "true-false"
type = "true-false"
prompt = "@"
answer = false
correction = "@"
[[question]]
id = "cloze"
type = "cloze"
text = "@ {{{{@::@}}}} {{{{@}}}}"
prompt = "@"
[[question]]
id = "numeric"
type = "numeric"
prompt = "@"
answer = 3.10
unit = "@"
[[question]]
id = "short"
type = "short"
prompt = "@"
answer = "@"
accept = ["@", "@"]
[[question]]
id = "ordering"
type = "ordering"
prompt = "@"
order = ["@", "@", "@"]
[[question]]
id = "matching"
type = "matching"
prompt = "@"
pairs = [["@", "@"], ["@", "@"]]
extra = ["@"]
[[question]]
id = "open"
type = "open"
prompt = "@"
model = "@"

[[sheet]]
id = "all"
title = "{title}"
from = ["deck:@0"]
outputs = ["paper", "quiz"]
"""
#: A project's language and title; the language of a deck, and letters for its texts.
CASES = {
    "hebrew in english": ("en", "Scripts", "he", "אבגדהוזחטיכלמנסעפצקרשת"),
    "english in arabic": ("ar", "كتابات", "en-GB", "abcdefghijklmnopqrstuv"),
}
#: What holds no text to read.
SILENT = {"style", "script", "title", "svg"}
VOID = {"input", "img", "br", "hr", "meta", "link", "wbr"}


class Said(NamedTuple):
    """A text of a page, its language, and the direction that is said of it."""

    text: str
    language: str
    direction: str


class Reader(HTMLParser):
    """Collects the texts of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[Said] = []
        self._open: list[tuple[str, str, str]] = [("", "", "")]

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag not in VOID:
            _, language, direction = self._open[-1]
            self._open.append((tag, given.get("lang") or language, given.get("dir") or direction))

    def handle_endtag(self, tag):
        while self._open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if data.strip() and not any(tag in SILENT for tag, _, _ in self._open):
            self.said.append(Said(data.strip(), *self._open[-1][1:]))


def texts_of(html):
    """Return the texts of a page with their languages and directions."""
    reader = Reader()
    reader.feed(html)
    return reader.said


@cache
def pages(language, title, of_texts, letters):
    """Return all pages of a project by their names; its one deck is in another language."""
    parts = CARDS.format(language=of_texts, title=title).split("@")
    # No two are the same; each ends with a mark.
    texts = [
        f"{letters[n // 22]}{letters[n % 22]} {letters[-1 - n % 22]}{letters[n % 22]}!"
        for n in range(len(parts))
    ]
    cards = parts[0]
    for text, part in zip(texts, parts[1:], strict=False):
        cards += texts[0] + part[1:] if part.startswith("0") else text + part
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "cards").mkdir()
        (folder / "cards" / "a.toml").write_text(cards, encoding="utf-8")
        (folder / "deckgen.toml").write_text(PROJECT.format(language=language, title=title), encoding="utf-8")
        course, found = compile_at(folder)[::2]
    assert course.course, found
    made = {**sheet.export(course.course, TEMPLATES, {}), **web.export(course.course, TEMPLATES, {})}
    return {name: content.decode() for name, content in made.items() if name.endswith(".html")}


def is_of_author(text, letters):
    """Tell whether a text is one of the deck's: in its letters, all of them small."""
    return any(letter in text for letter in letters) and text == text.lower()


@pytest.mark.parametrize("case", CASES)
def test_a_text_is_in_its_language(case):
    """What an author wrote has the language of its deck, and what deckgen says that of the project."""
    language, _, of_texts, letters = CASES[case]
    made = pages(*CASES[case])
    assert len(made) >= 7
    wrong = []
    for name, html in made.items():
        for said in texts_of(html):
            wanted = of_texts if is_of_author(said.text, letters) else language
            if re.search(r"[^\W\d_]{2}", said.text) and said.language != wanted:
                wrong.append((name, *said[:2]))
    assert wrong == []


@pytest.mark.parametrize("case", CASES)
def test_a_text_on_paper_says_its_direction(case):
    """The PDF engine finds none by itself."""
    letters = CASES[case][-1]
    wrong = [
        (name, *said)
        for name, html in pages(*CASES[case]).items()
        if not name.startswith("web/")
        for said in texts_of(html)
        if is_of_author(said.text, letters) and said.direction != direction_of(said.text)
    ]
    assert wrong == []


#: Texts with letters of an alphabet whose last mark stands at the wrong end of its line.
TURNED = """([letters, rtl]) => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const turned = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const text = node.data.trimEnd();
        const first = [...text].findIndex((letter) => letters.includes(letter));
        if (first < 0 || !text.endsWith("!") || node.parentElement.closest("option")) continue;
        const range = document.createRange();
        const box = (at) => { range.setStart(node, at); range.setEnd(node, at + 1); return range.getBoundingClientRect(); };
        const [letter, mark] = [box(first), box(text.length - 1)];
        if (!letter.width || Math.abs(letter.top - mark.top) > 3) continue;
        if (rtl ? mark.left > letter.left : mark.left < letter.left) turned.push(text);
    }
    return turned;
}"""


@pytest.mark.parametrize("case", CASES)
def test_a_text_runs_its_own_way(case, page, tmp_path):
    """On every page in a browser the mark at its end stands where its readers look for it."""
    letters = CASES[case][-1]
    turned = {}
    for name, html in pages(*CASES[case]).items():
        path = tmp_path / "page.html"
        path.write_text(html, encoding="utf-8")
        page.goto(path.as_uri())
        show_all(page)
        if found := page.evaluate(TURNED, [letters, direction_of(letters) == "rtl"]):
            turned[name] = found
    assert turned == {}
