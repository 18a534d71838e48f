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
    """A line for the name, score, topics and every missed question with its answer; no buttons."""
    player = Player(page, QUESTIONS, seed=6).open(site / "short.html")
    player.play_at_once(lambda q: "right" if q.type == "choice" else "wrong")
    pdf = page.pdf(format="A4", margin=dict.fromkeys(("top", "bottom", "left", "right"), "15mm"))
    text = " ".join(plain_text(pdf).split())
    for told in (
        "Name",
        "1/3",  # Poppler sees no spaces between letters that large
        "33%",
        "To look at again: 2",
        "Fill in the gaps",
        "file descriptor",
        "Wrong",
    ):
        assert told in text, text
    for told in ("Print", "Next", "Again, only", "Show all", "What does accept()"):
        assert told not in text
    assert spilled(read(pdf), margin=10) == []


def test_a_guide_can_be_printed(site: Path, page: Page) -> None:
    """With its table; folded misconceptions are left out of the cells, as they stand in their own section."""
    page.goto((site / "study/networking.html").as_uri())
    pdf = page.pdf(format="A4", margin=dict.fromkeys(("top", "bottom", "left", "right"), "15mm"))
    text = " ".join(plain_text(pdf).split())
    assert text.count("A port is a piece of software.") == 1
    assert "An object that a program holds" in text
    assert spilled(read(pdf), margin=10) == []
