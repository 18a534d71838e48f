"""Pages of sheets as files: valid, accessible, alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deckgen.sheet import export
from deckgen.templating import Templates, read_folder, shipped_folder
from sheet.quizzes import course, random_items, showcase, whole

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from playwright.sync_api import Page

TEMPLATES = Templates(read_folder(shipped_folder()))


def pages() -> dict[str, bytes]:
    """Export the showcase and a random quiz."""
    items = random_items(40, 11)
    return export(showcase(), TEMPLATES, {}) | export(course(items, whole(items, id="random")), TEMPLATES, {})


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
