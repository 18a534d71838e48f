"""How soon a saved question is shown in a browser by `deckgen serve`."""

from __future__ import annotations

import re
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from builds import PYTHON, cold_start, editor, sample
from measure import Results, Timing, ratio

if TYPE_CHECKING:
    from playwright.sync_api import Page

#: The file whose first question is edited; sheets draw it.
FILE = "it-quiz.toml"
#: Seconds after which something has gone wrong.
LONGEST = 60


def serving(folder: Path, base: Path, runs: int, results: Results) -> None:
    """Time from a save to the card shown, in turn with cold builds of an older checkout of deckgen."""
    print("serving the sample course", flush=True)
    if find_spec("playwright") is None:
        print("  left out: no browser is installed (`make test` does that)")
        return
    old, new = (sample(folder / name, base) for name in ("old", "new"))
    build, clear = [str(base), "-m", "deckgen", "build", "-C", str(old)], cold_start(old)
    edit, file = editor(new, FILE), new / "cards" / FILE
    questions = tomllib.loads(file.read_text(encoding="utf-8"))["question"]
    card = next(each["id"] for each in questions if "prompt" in each)
    cold, shown = [], []
    with served(new) as (lines, url), browser() as page:
        page.goto(f"{url}#cards={card}%200")
        until_built(lines)
        for number in range(1, runs + 2):
            clear()
            begun = time.perf_counter()
            subprocess.run(build, check=False, capture_output=True)
            cold.append(time.perf_counter() - begun)
            begun = time.perf_counter()
            edit()
            until_shown(page, f"Edit {number}.")
            shown.append(time.perf_counter() - begun)
            until_built(lines)
    # The first round does not count. Which processors work for a browser nobody can tell: all is time that passed.
    timed = {
        name: Timing(name, *3 * (tuple(seconds[1:]),), memory=0)
        for name, seconds in (("an older deckgen, cold", cold), ("saved, and shown in a browser", shown))
    }
    results.timings(timed)
    old_cold, new_shown = timed.values()
    results.tell("saved and shown in a browser / cold of the older", ratio(new_shown, old_cold), 0.15)


@contextmanager
def served(project: Path) -> Iterator[tuple[Iterator[str], str]]:
    """Serve a project; yield what is said, line by line, and the address."""
    command = [PYTHON, "-u", "-m", "deckgen", "serve", "--no-open", "-C", str(project)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        try:
            assert process.stdout is not None  # noqa: S101 - it is a pipe
            lines = iter(process.stdout)
            yield (
                lines,
                next(found[0] for found in (re.search(r"http://\S+/", line) for line in lines) if found),
            )
        finally:
            process.kill()


@contextmanager
def browser() -> Iterator[Page]:
    """Yield a page of a browser, the one that the tests take."""
    sys.path.append(str(Path(__file__).parents[1] / "tests"))
    from playwright.sync_api import sync_playwright

    from browser import find_chromium

    with sync_playwright() as playwright:
        # The benchmark may run as root.
        started = playwright.chromium.launch(executable_path=find_chromium() or None, args=["--no-sandbox"])
        yield started.new_page()
        started.close()


def until_built(lines: Iterator[str]) -> None:
    """Wait until a build has ended."""
    next(line for line in lines if " sheets in " in line)


def until_shown(page: Page, text: str) -> None:
    """Wait until the frame of a card holds a text."""
    from playwright.sync_api import Error

    given_up = time.monotonic() + LONGEST
    while time.monotonic() < given_up:
        for frame in page.frames[1:]:
            # A frame may go while it is asked.
            with suppress(Error):
                if text in frame.evaluate("document.getElementById('qa').textContent"):
                    return
        page.wait_for_timeout(2)
    raise RuntimeError(f"{text!r} was not shown within {LONGEST} s")
