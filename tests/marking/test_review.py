"""The page where a person decides what is doubtful: what it shows, what it keeps, and whom it answers."""

from __future__ import annotations

import asyncio
import json
import random
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import uvicorn
from PIL import Image

from cli.conftest import Ran
from deckgen.cli.serve import listen
from deckgen.marking import decisions as kept
from deckgen.marking.files import leaves
from deckgen.marking.marking import Pile, read_pile
from deckgen.marking.review import Review
from deckgen.marking.versions import load
from marking import simulator
from marking.test_mark import MACHINE, sheet_of_paper, small

if TYPE_CHECKING:
    from playwright.sync_api import Browser

Run = Callable[..., Ran]


@pytest.fixture
def pile(tmp_path: Path) -> Pile:
    """A paper with some faint marks."""
    (tmp_path / "printed").mkdir()
    for name, geometry in small().geometries.items():
        (tmp_path / "printed" / f"{name}.json").write_text(json.dumps(geometry), encoding="utf-8")
    page, _ = sheet_of_paper("A", 1, skill=1, strange=simulator.Strange(faint=0.5))
    simulator.taken(page, MACHINE, random.Random(1)).save(tmp_path / "scan.png")
    return read_pile(leaves(tmp_path / "scan.png"), load(tmp_path / "printed", ""), tmp_path / "out")


def answer(
    review: Review, method: str, path: str, body: Any = None, *, origin: str | None = "http://127.0.0.1:7"
) -> tuple[int, bytes]:
    """Return the status and the content with which a review answers."""
    sent: list[dict[str, Any]] = []
    headers = [(b"host", b"127.0.0.1:7")] + ([(b"origin", origin.encode())] if origin else [])
    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "headers": headers,
        "query_string": b"",
        "root_path": "",
    }

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": json.dumps(body).encode(), "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    # The main thread may have a browser's loop.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, review.asgi(7)(scope, receive, send)).result()
    return sent[0]["status"], b"".join(message.get("body", b"") for message in sent[1:])


def test_decisions_are_kept_and_undone(pile: Pile, tmp_path: Path) -> None:
    """Each row is shown with a picture; what is decided is in the file at once, is asked no more, and can be undone."""
    doubtful = [row for _, row in pile.doubtful({})]
    decisions: dict[tuple[str, int, int], tuple[str, ...]] = {}
    review = Review(doubtful, decisions, tmp_path / "out")
    shown = json.loads(answer(review, "GET", "/rows")[1])
    assert len(shown) == len(doubtful) > 0
    assert all(row["why"] and row["likely"] and row["decided"] is None for row in shown)
    status, picture = answer(review, "GET", "/crop/0")
    assert status == 200
    assert Image.open(BytesIO(picture)).width > 200

    assert answer(review, "POST", "/decide", {"row": 0, "marked": shown[0]["likely"]})[0] == 200
    assert kept.load(tmp_path / "out") == {doubtful[0].place: tuple(shown[0]["likely"])} == decisions
    assert len(pile.doubtful(decisions)) == len(doubtful) - 1
    assert answer(review, "POST", "/decide", {"row": 0, "marked": None})[0] == 200
    assert kept.load(tmp_path / "out") == {} == decisions


def test_only_its_own_page_can_decide(pile: Pile, tmp_path: Path) -> None:
    """Another site, no origin, an unknown row or option: refused, and nothing is kept."""
    review = Review([row for _, row in pile.doubtful({})], {}, tmp_path / "out")
    good = {"row": 0, "marked": ["A"]}
    assert answer(review, "POST", "/decide", good, origin="http://evil.example")[0] == 403
    assert answer(review, "POST", "/decide", good, origin=None)[0] == 403
    assert answer(review, "POST", "/finish", {}, origin=None)[0] == 403
    assert answer(review, "POST", "/decide", {"row": 99, "marked": ["A"]})[0] == 400
    assert answer(review, "POST", "/decide", {"row": 0, "marked": ["Z"]})[0] == 400
    assert answer(review, "POST", "/decide", {"row": 0, "wrong": 1})[0] == 400
    assert answer(review, "PUT", "/decide", good)[0] == 405
    assert answer(review, "GET", "/crop/99")[0] == 404
    assert not (tmp_path / "out" / kept.FILE).exists()


@pytest.fixture
def served(pile: Pile, tmp_path: Path) -> Iterator[tuple[str, list[Any]]]:
    rows = [row for _, row in pile.doubtful({})]
    [first, *others] = listen(0)
    for each in others:
        each.close()
    port = first.getsockname()[1]
    server = uvicorn.Server(
        uvicorn.Config(Review(rows, {}, tmp_path / "out").asgi(port), lifespan="off", log_level="error")
    )
    thread = threading.Thread(target=server.run, kwargs={"sockets": [first]})
    thread.start()
    yield f"http://127.0.0.1:{port}/", rows
    server.should_exit = True
    thread.join()


def test_a_person_decides_by_keyboard(
    served: tuple[str, list[Any]], browser: Browser, tmp_path: Path, axe: Callable[..., list[str]]
) -> None:
    """Enter keeps the proposal, letters change it, U undoes; at the end it says so."""
    address, rows = served
    page = browser.new_page()
    try:
        mistakes: list[str] = []
        page.on("pageerror", lambda error: mistakes.append(str(error)))
        page.on("console", lambda said: mistakes.append(said.text) if said.type == "error" else None)
        page.goto(address)
        page.get_by_text(f"0 of {len(rows)} decided").wait_for()
        assert axe(page) == []
        wanted = rows[0].likely[0]
        other = next(bubble.option for bubble in rows[0].bubbles if bubble.option != wanted)
        page.keyboard.press(wanted[0])
        page.keyboard.press(other[0])
        page.keyboard.press("Enter")
        page.get_by_text(f"1 of {len(rows)} decided").wait_for()
        assert kept.load(tmp_path / "out") == {rows[0].place: (other,)}
        page.keyboard.press("ArrowLeft")
        page.keyboard.press("u")
        page.get_by_text(f"0 of {len(rows)} decided").wait_for()
        assert kept.load(tmp_path / "out") == {}
        for done in range(1, len(rows) + 1):
            page.keyboard.press("Enter")
            page.get_by_text(f"{done} of {len(rows)} decided").wait_for()
        page.get_by_text("Everything is decided.").wait_for()
        assert kept.load(tmp_path / "out") == {row.place: row.likely for row in rows}
        assert mistakes == []
    finally:
        page.close()
