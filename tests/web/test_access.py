"""Whoever uses a page, with whatever: no barrier on any screen, narrow, magnified or dark."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from web.answers import questions
from web.player import Player

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

QUESTIONS = questions()
PHONE, DESKTOP = {"width": 320, "height": 640}, {"width": 1280, "height": 800}

#: For each question that is seen: its legend, names of its boxes to tick, texts that label them, their values.
_SETS = """() => [...document.querySelectorAll("form.question")].filter(form => form.offsetParent).map(form => {
  const sets = [...form.querySelectorAll("fieldset")];
  const boxes = [...form.querySelectorAll("input[type=radio], input[type=checkbox]")];
  return {
    legend: sets.length === 1 ? sets[0].querySelector(":scope > legend:first-child")?.textContent.trim() : null,
    names: [...new Set(boxes.map(box => box.name))],
    values: boxes.map(box => box.value),
    kinds: [...new Set(boxes.map(box => box.type))],
    labels: boxes.map(box => (box.labels[0] ?? document.getElementById(box.getAttribute("aria-labelledby"))).textContent),
  };
})"""


def assert_sets(page: Page) -> None:
    """Every question has one legend that asks it, its boxes are one group, and every box has its label.

    axe sees neither a missing legend nor radios in groups of their own.
    """
    seen = page.evaluate(_SETS)
    for each in seen:
        assert re.fullmatch(r"Question \d+ .*\w.*", each["legend"].replace("\n", " "))
        assert len(each["names"]) == len(each["kinds"]) <= 1
        assert len(set(each["values"])) == len(each["values"])
        assert all(label.strip() for label in each["labels"])
    groups = [name for each in seen for name in each["names"]]
    assert len(groups) == len(set(groups))


def assert_fits(page: Page) -> None:
    """Nothing makes the page scroll sideways; what must be wide scrolls by itself."""
    wide = page.evaluate(
        """() => { const root = document.scrollingElement;
        return root.scrollWidth <= root.clientWidth ? [] :
          [...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > root.clientWidth + 1)
            .map(e => e.outerHTML.slice(0, 120)) }"""
    )
    assert wide == []


def assert_targets(page: Page) -> None:
    """What can be pressed is 24 by 24 px at least (WCAG 2.2, 2.5.8), but for links within a sentence."""
    small = page.evaluate(
        """() => [...document.querySelectorAll("button, input, select, textarea, summary, label, h2 > a, h3 > a, .sources a, .cites a, .papers a, .quizzes a, .contents a, #concepts a, .top a")]
          .filter(e => e.offsetParent && getComputedStyle(e).opacity !== "0")
          .filter(e => { const box = e.getBoundingClientRect(); return box.width < 24 || box.height < 24 })
          .map(e => e.outerHTML.slice(0, 120))"""
    )
    assert small == []


@pytest.mark.parametrize(
    ("viewport", "scheme", "wish"),
    [(PHONE, "light", "wrong"), (DESKTOP, "dark", "partly")],
    ids=["phone", "dark"],
)
def test_no_step_of_a_quiz_has_a_barrier(
    site: Path, page: Page, axe: Callable[[Page], list[str]], viewport: dict[str, int], scheme: str, wish: str
) -> None:
    """By axe, and by what axe does not see; every kind before and after its answer, start and result."""
    page.set_viewport_size(viewport)
    page.emulate_media(color_scheme=scheme)
    page.goto((site / "immediate.html").as_uri())
    found = axe(page)
    player = Player(page, QUESTIONS, seed=4)
    seen: set[tuple[str, str | None]] = set()

    def look() -> None:
        assert_sets(page)
        assert_fits(page)
        assert_targets(page)
        step = (player.form.get_attribute("data-kind") or "", player.form.get_attribute("data-verdict"))
        if step not in seen:
            seen.add(step)
            found.extend(axe(page))

    player.look = look
    player.open(site / "immediate.html").play_at_once(
        lambda q: {"how-many-ports": "skip", "which-line": "skip", "tcp-is-reliable": "right"}.get(q.id, wish)
    )
    assert len({kind for kind, _ in seen}) == 11
    page.click("#all")
    assert_sets(page)
    assert_fits(page)
    assert_targets(page)
    found += axe(page)
    assert found == []
