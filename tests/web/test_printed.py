"""What comes out when a result, or a page to read, is printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheet.paper import plain_text, read, spilled
from web.answers import questions
from web.player import Player

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

QUESTIONS = questions()


def test_a_result_can_be_printed(site: Path, page: Page) -> None:
    """A line for the name, score, and a table of the missed questions with what was given and what is right."""
    player = Player(page, QUESTIONS, seed=6).open(site / "short.html")
    player.play_at_once(lambda q: "right" if q.type == "choice" else "wrong")
    pdf = page.pdf(format="A4", margin=dict.fromkeys(("top", "bottom", "left", "right"), "15mm"))
    text = " ".join(plain_text(pdf).split())
    for phrase in (
        "Name",
        "1 / 3",
        "33%",
        "To look at again",
        "not descriptor",
        "file descriptor",
        "A connection is a … of …, one at each …",
        "A connection is a pair of sockets, one",
    ):
        assert phrase in text, text
    for phrase in ("Print", "Next", "Try the missed", "Show all", "Count my answer", "What does accept()"):
        assert phrase not in text
    assert spilled(read(pdf), margin=10) == []


def test_a_result_of_every_kind_is_printed_on_two_pages(site: Path, page: Page) -> None:
    """However much was missed: a table of questions, answers and solutions, all in one size of letters, and no more."""
    player = Player(page, QUESTIONS, seed=6).open(site / "immediate.html")
    played = player.play_at_once(lambda _: "wrong")
    pdf = page.pdf(format="A4", margin=dict.fromkeys(("top", "bottom", "left", "right"), "15mm"))
    assert len(played) > 10
    assert len(read(pdf).sizes) <= 2
    page.emulate_media(media="print")
    sizes = page.locator("#summary td, #summary td :is(ol, dl, dt, dd, li, p)").evaluate_all(
        "all => all.map(each => getComputedStyle(each).fontSize)"
    )
    assert len(set(sizes)) == 1
    assert spilled(read(pdf), margin=10) == []


def test_a_guide_can_be_printed(site: Path, page: Page) -> None:
    """With its table; folded misconceptions are left out of the cells, as they stand in their own section."""
    page.goto((site / "study/networking.html").as_uri())
    pdf = page.pdf(format="A4", margin=dict.fromkeys(("top", "bottom", "left", "right"), "15mm"))
    text = " ".join(plain_text(pdf).split())
    assert text.count("A port is a piece of software.") == 1
    assert "An object that a program holds" in text
    assert spilled(read(pdf), margin=10) == []
