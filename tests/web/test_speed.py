"""Large quizzes are as quick as small ones: ratios within one run, since others may keep the machine busy."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from deckgen import web
from sheet.quizzes import course, random_items, whole
from web.conftest import TEMPLATES, put

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

#: Milliseconds from the beginning of the page until its script has run.
_READY = "performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"
#: Milliseconds that a click takes with everything that follows from it at once, layout too.
_CLICK = """id => { const begin = performance.now(); document.getElementById(id).click();
  document.body.offsetHeight; return performance.now() - begin }"""

_PRINT = """() => { const begin = performance.now(); dispatchEvent(new Event("beforeprint"));
  document.body.offsetHeight; return performance.now() - begin }"""


class Took(NamedTuple):
    """The least times of a quiz, in milliseconds."""

    ready: float
    step: float
    finish: float
    print: float


def played(page: Page, folder: Path, count: int) -> Took:
    """Open a quiz of so many questions, go through some of it, jump to its end, see the review and print it."""
    items = random_items(count, 3)
    site = put(web.export(course(items, whole(items, feedback="final")), TEMPLATES, {}), folder)
    page.goto((site / "quiz.html").as_uri())
    ready = page.evaluate(_READY)
    page.evaluate(_CLICK, "begin")
    steps = [page.evaluate(_CLICK, id_) for id_ in ["primary"] * 8 + ["back"] * 2]
    assert page.inner_text("#place") == f"7 / {count:,}"
    state = page.evaluate("JSON.parse(localStorage.getItem('deckgen sample quiz'))")
    state |= {"phase": "open", "at": count - 1}
    page.evaluate("state => localStorage.setItem('deckgen sample quiz', JSON.stringify(state))", state)
    page.reload()
    ready = min(ready, page.evaluate(_READY))
    finish = page.evaluate(_CLICK, "finish")
    assert page.inner_text("#counts") == f"{count:,} not answered"
    # The review grows in small steps, so that nothing blocks; printing wants all of it at once.
    printed = page.evaluate(_PRINT)
    assert page.locator("form.question.shown[data-verdict]").count() == count
    return Took(*(max(1, took) for took in (ready, min(steps), finish, printed)))


def test_a_thousand_questions_are_smooth(tmp_path: Path, page: Page) -> None:
    """Twenty times as many questions take no longer a step, and at most in proportion to begin and to end."""
    page.set_viewport_size({"width": 360, "height": 360})
    page.emulate_media(reduced_motion="reduce")
    few, many = (played(page, tmp_path / str(count), count) for count in (50, 1000))
    assert many.step < 10 * few.step, (few, many)
    # Three times the proportion, for what runs beside; the square would be twenty times.
    assert many.ready < 60 * few.ready, (few, many)
    assert many.finish < 60 * few.finish, (few, many)
    # A short review is there before anything is printed.
    assert many.print < 10 * (many.ready + many.finish), (few, many)
