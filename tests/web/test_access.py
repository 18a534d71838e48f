"""Whoever uses a page, with whatever: no barrier on any screen, narrow, magnified or dark."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec
import pytest

from deckgen import core, web
from web.answers import questions
from web.conftest import TEMPLATES, put
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
        if step in seen:
            return
        seen.add(step)
        # In the dark only colours differ, and the answered question shows all of them.
        if scheme == "light":
            found.extend(axe(page))
        elif step[1]:
            found.extend(axe(page, "color-contrast"))

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


def test_at_twice_the_size_nothing_hides_what_is_asked(site: Path, page: Page) -> None:
    """A screen of 1280 by 800 magnified to 200 % shows 640 by 400: the buttons then scroll with the text."""
    page.set_viewport_size({"width": 640, "height": 400})
    player = Player(page, QUESTIONS, seed=1).open(site / "immediate.html")
    assert page.locator("#controls").evaluate("e => getComputedStyle(e).position") == "static"
    page.set_viewport_size({"width": 640, "height": 800})
    assert page.locator("#controls").evaluate("e => getComputedStyle(e).position") == "sticky"
    assert_fits(page)
    player.answer(player.asked, "right")


def test_focus_is_never_hidden_behind_the_buttons(site: Path, page: Page) -> None:
    """Whatever gets the focus by Tab on a small screen can be seen (WCAG 2.2, 2.4.11)."""
    page.set_viewport_size({"width": 320, "height": 568})
    player = Player(page, QUESTIONS, seed=1).open(site / "immediate.html")
    for _ in range(player.place[1]):
        for _ in range(12):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.closest('#controls, .top, .foot') !== null"):
                break
            seen, top = page.evaluate(
                """() => { const box = document.activeElement.getBoundingClientRect();
                return [Math.min(box.bottom, innerHeight) - Math.max(box.top, 0) > 0 ? box.top : -1,
                  document.getElementById("controls").getBoundingClientRect().top] }"""
            )
            assert 0 <= seen < top
        page.click("#skip")


def test_movement_is_reduced_on_request(site: Path, page: Page) -> None:
    """Questions glide in, but not for those who asked their system for calm."""
    for wish, animation in (("no-preference", "arrive"), ("reduce", "none")):
        page.emulate_media(reduced_motion=wish)
        page.goto((site / "short.html").as_uri())
        if page.locator("#begin").is_visible():
            page.click("#begin")
        form = page.locator("form.question:visible")
        assert form.evaluate("e => getComputedStyle(e).animationName") == animation
        durations = page.evaluate("getComputedStyle(document.getElementById('primary')).transitionDuration")
        assert (durations == "0s") == (wish == "reduce")


@pytest.mark.parametrize("name", ["immediate.html", "study/networking.html", "tables/socket-vs-port.html"])
def test_from_right_to_left_nothing_overflows_and_code_stays_as_it_is(
    course: core.Course, tmp_path: Path, page: Page, axe: Callable[[Page], list[str]], name: str
) -> None:
    """An Arabic project: the page is mirrored, its code is not."""
    project = msgspec.structs.replace(course.project, language="ar")
    made = web.export(msgspec.structs.replace(course, project=project), TEMPLATES, {})
    page.set_viewport_size(PHONE)
    page.goto((put(made, tmp_path) / name).as_uri())
    if name == "immediate.html":
        page.emulate_media(reduced_motion="reduce")
        page.click("#begin")
        while page.locator("#open").is_hidden():
            assert_fits(page)
            page.click("#skip")
        page.click("#finish")
        first, _, last = (page.locator(f"#topics tbody tr:first-child > :nth-child({n})") for n in (1, 2, 3))
        assert first.bounding_box()["x"] > last.bounding_box()["x"]  # type: ignore[index]
    assert page.evaluate("getComputedStyle(document.body).direction") == "rtl"
    assert page.evaluate("getComputedStyle(document.querySelector('code')).direction") == "ltr"
    assert_fits(page)
    assert axe(page) == []
