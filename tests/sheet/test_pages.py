"""Pages of sheets as files: valid, accessible, alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from deckgen import core
from deckgen.sheet import export
from deckgen.templating.own import templates_of
from sheet.quizzes import arabic_items, course, head, random_items, showcase, whole

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from playwright.sync_api import Page

TEMPLATES = templates_of({})


#: A drawing that texts and options show.
_DRAWING = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><path d="M0 10H40" stroke="#000"/></svg>'
)


def pages() -> dict[str, bytes]:
    """Export the showcase in every profile, a random quiz, one with pictures, an Arabic one; with all handouts."""
    items = random_items(40, 11)
    also: tuple[core.Profile, ...] = ("large-print", "ink-saving", "landscape", "two-up")
    printing = core.Printing(also=also, flashcards=8, bubble_sheets=True)
    shown = showcase()
    shown = msgspec.structs.replace(shown, project=msgspec.structs.replace(shown.project, printing=printing))
    picture = core.Choice(
        **head("picture"),
        prompt="Which?\n\n![a line](line.svg)\n\n| a | b |\n|---|---|\n| 1 | 2 |",
        options=(core.Option("![a line](line.svg)", right=True), core.Option("- one\n- two", right=False)),
    )
    courses = (
        shown,
        course(items, whole(items, id="random", versions=3)),
        course((picture,), whole((picture,), id="pictures")),
        course(arabic_items(), whole(arabic_items(), id="arabic", title="اختبار الشبكات"), language="ar"),
    )
    made: dict[str, bytes] = {}
    for place, each in enumerate(courses):
        for name, html in export(each, TEMPLATES, {"line.svg": _DRAWING}).items():
            if name.endswith(".html"):
                made[name if name.startswith("sheets/") else f"{place}/{name}"] = html
    return made


def test_every_page_is_valid_html(html_errors: Callable[[Mapping[str, bytes]], list[str]]) -> None:
    """By the Nu checker and by html-validate."""
    assert html_errors(pages()) == []


#: For each question: its legend, and the groups and values of its boxes to tick.
_QUESTIONS = """sets => sets.map(set => {
  const boxes = [...set.querySelectorAll("input[type=radio], input[type=checkbox]")];
  const legend = set.querySelector(":scope > legend:first-child");
  return [legend ? legend.innerText.trim() : "", boxes.map(box => box.name), boxes.map(box => box.value)];
})"""


def test_no_page_has_a_barrier(page: Page, axe: Callable[[Page], list[str]]) -> None:
    """By axe; and what axe does not see: legends that say something, radios of one question in one group."""
    for name, html in pages().items():
        page.set_content(html.decode())
        assert axe(page) == [], name
        groups = []
        for legend, names, values in page.eval_on_selector_all("fieldset", _QUESTIONS):
            assert legend
            assert len(set(names)) <= 1
            assert len(set(values)) == len(values)
            groups += names[:1]
        assert len(set(groups)) == len(groups)
        assert groups or name.endswith("key.html") or not name.startswith("sheets/")
