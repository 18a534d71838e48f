"""A project served, and a real browser on its page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Error as PlaywrightError

from live.live_process import Running, make_project
from waiting import until, until_equal

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, FrameLocator, Page


class Served(Running):
    """`deckgen serve` of a project."""

    def __init__(self, project: Path) -> None:
        super().__init__("serve", "--no-open", cwd=project)
        self.project = project
        self.url = re.search(r"http://\S+/", self.until("serving")[-1])[0]
        self.port = int(self.url.split(":")[2].rstrip("/"))


class Looking:
    """The page of a served project as a person sees it."""

    def __init__(self, page: Page, served: Served) -> None:
        self.page = page
        self.served = served
        self.page.goto(served.url)
        self.page.locator("#list .row").first.wait_for()
        self.settle()

    @property
    def frame(self) -> FrameLocator:
        """What is shown at the moment."""
        return self.page.frame_locator("#frames iframe:not(.coming)")

    def settle(self) -> None:
        """Wait until nothing else is on its way."""
        self.until(
            "document.querySelectorAll('#frames iframe').length === 1"
            " && !document.querySelector('.coming, #frames[aria-busy]')"
        )

    def until(self, condition: str) -> None:
        """Wait until something holds in the page; its policy lets no text be run as a script there."""
        self.wait(lambda: self.page.evaluate(condition), condition)

    def wait(self, seen: Callable[[], object], what: str) -> None:
        """Wait until something is seen, while the page goes on."""
        until(seen, what, self._pause)

    def equals(self, expected: object, seen: Callable[[], object]) -> None:
        """Wait until what is seen is what is expected."""
        until_equal(expected, seen, self._pause)

    def _pause(self, seconds: float) -> None:
        self.page.wait_for_timeout(1000 * seconds)

    def card(self) -> str:
        """Return the id of the card that is picked."""
        return self.page.locator("#about code").inner_text()

    def side(self) -> str:
        """Return the side that the card itself shows."""
        return self.frame.locator("#qa").get_attribute("data-side") or ""

    def shows(self, text: str) -> None:
        """Wait until the frame that is seen holds a text."""
        self.wait(lambda: self._sees(text), text)

    def _sees(self, text: str) -> bool:
        for frame in self.page.frames[1:]:
            # A frame may go while it is asked.
            with suppress(PlaywrightError):
                # The page of a card holds both its sides, but only one is seen.
                if text in frame.evaluate("(document.getElementById('qa') || document.body).textContent"):
                    return "coming" not in (frame.frame_element().get_attribute("class") or "")
        return False


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Make the small project."""
    return make_project(tmp_path / "sums")


@pytest.fixture
def served(project: Path) -> Iterator[Served]:
    """Serve it."""
    with Served(project) as running:
        running.until("2 notes")
        yield running


@pytest.fixture
def looking(served: Served, browser: Browser) -> Iterator[Looking]:
    """Open its page; errors in the console fail the test."""
    with browser.new_context(viewport={"width": 1280, "height": 800}) as context:
        page = context.new_page()
        wrong: list[str] = []

        def note(message: ConsoleMessage) -> None:
            # A card that is gone is asked for once more, a server that has ended again and again.
            if "404" not in message.text and "ERR_CONNECTION" not in message.text:
                wrong.append(message.text)

        page.on("console", lambda message: note(message) if message.type == "error" else None)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        yield Looking(page, served)
        assert wrong == []
