"""How fast pages are: generous bounds, many times what was measured."""

from __future__ import annotations

from typing import TYPE_CHECKING

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


def test_ten_questions_can_be_answered_in_a_tenth_of_a_second(site: Path, page: Page) -> None:
    """The best of five loads, as other programs run beside the tests."""
    times = []
    for _ in range(5):
        page.goto((site / "immediate.html").as_uri())
        times.append(page.evaluate(_READY))
    assert min(times) < 100


def test_a_thousand_questions_are_smooth(tmp_path: Path, page: Page) -> None:
    """Load, begin, next, back, result and the whole review of a quiz of 1,000 questions."""
    items = random_items(1000, 3)
    site = put(web.export(course(items, whole(items, feedback="final")), TEMPLATES, {}), tmp_path)
    page.set_viewport_size({"width": 360, "height": 360})
    page.emulate_media(reduced_motion="reduce")
    page.goto((site / "quiz.html").as_uri())
    assert page.evaluate(_READY) < 4000
    assert page.evaluate(_CLICK, "begin") < 500
    steps = [page.evaluate(_CLICK, id_) for id_ in ["primary"] * 8 + ["back"] * 2]
    assert sorted(steps)[len(steps) // 2] < 100
    assert page.inner_text("#place") == "7 / 1,000"
    state = page.evaluate("JSON.parse(localStorage.getItem('deckgen sample quiz'))") | {
        "phase": "open",
        "at": 999,
    }
    page.evaluate("state => localStorage.setItem('deckgen sample quiz', JSON.stringify(state))", state)
    page.reload()
    assert page.evaluate(_CLICK, "finish") < 2000
    assert page.inner_text("#counts") == "1,000 not answered"
    # The review grows in small steps, so that nothing blocks; printing wants all of it at once.
    assert page.evaluate(_PRINT) < 5000
    assert page.locator("form.question.shown[data-verdict]").count() == 1000
