"""The page where a person decides what is doubtful: what it shows, what it keeps, and whom it answers."""

from __future__ import annotations

import asyncio
import json
import random
import re
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import uvicorn
from PIL import Image, ImageChops, ImageStat

from cli.conftest import Ran
from deckgen.cli.serve import listen
from deckgen.marking import decisions as kept
from deckgen.marking.asks import asks
from deckgen.marking.decisions import Decisions
from deckgen.marking.files import leaves
from deckgen.marking.marking import Pile, read_pile
from deckgen.marking.review import Review, cropped
from deckgen.marking.versions import load
from marking import simulator
from marking.test_asks import CLASS, read, scan
from marking.test_mark import MACHINE, sheet_of_paper, small

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

Run = Callable[..., Ran]


@pytest.fixture
def printed_few(tmp_path: Path) -> Path:
    """A folder with the JSON of answer sheets."""
    (tmp_path / "printed").mkdir()
    for name, geometry in small().geometries.items():
        (tmp_path / "printed" / f"{name}.json").write_text(json.dumps(geometry), encoding="utf-8")
    return tmp_path / "printed"


@pytest.fixture
def pile(printed_few: Path, tmp_path: Path) -> Pile:
    """A paper with some faint marks."""
    page, _ = sheet_of_paper("A", 1, skill=1, strange=simulator.Strange(faint=0.5))
    simulator.taken(page, MACHINE, random.Random(1)).save(tmp_path / "scan.png")
    return read_pile(leaves(tmp_path / "scan.png"), load(printed_few, ""), tmp_path / "out")


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
    doubtful = pile.doubtful
    decisions = Decisions()
    review = Review(pile, decisions, {}, tmp_path / "out")
    shown = json.loads(answer(review, "GET", "/asks")[1])
    assert len(shown) == len(doubtful) > 0
    assert all(row["why"] and row["likely"] and row["decided"] is None for row in shown)
    status, picture = answer(review, "GET", f"/crop/0/{shown[0]['id']}")
    assert status == 200
    assert Image.open(BytesIO(picture)).width > 200

    assert answer(review, "POST", "/decide", {"ask": shown[0]["id"], "value": shown[0]["likely"]})[0] == 200
    assert decisions.marks == {doubtful[0].place: tuple(shown[0]["likely"])}
    assert kept.load(tmp_path / "out") == decisions
    assert json.loads(answer(review, "GET", "/asks")[1])[0]["decided"] == shown[0]["likely"]
    assert answer(review, "POST", "/decide", {"ask": shown[0]["id"], "value": None})[0] == 200
    assert kept.load(tmp_path / "out") == Decisions() == decisions


def test_only_its_own_page_can_decide(pile: Pile, tmp_path: Path) -> None:
    """Another site, no origin, an unknown row or option: refused, and nothing is kept."""
    review = Review(pile, Decisions(), {}, tmp_path / "out")
    [ask, *_] = json.loads(answer(review, "GET", "/asks")[1])
    good = {"ask": ask["id"], "value": ["A"]}
    assert answer(review, "POST", "/decide", good, origin="http://evil.example")[0] == 403
    assert answer(review, "POST", "/decide", good, origin=None)[0] == 403
    assert answer(review, "POST", "/finish", {}, origin=None)[0] == 403
    assert answer(review, "POST", "/decide", {"ask": "mark/x/1/1", "value": ["A"]})[0] == 400
    assert answer(review, "POST", "/decide", {"ask": ask["id"], "value": ["Z"]})[0] == 400
    assert answer(review, "POST", "/decide", {"ask": ask["id"], "wrong": 1})[0] == 400
    assert answer(review, "PUT", "/decide", good)[0] == 405
    assert answer(review, "GET", f"/crop/9/{ask['id']}")[0] == 404
    assert answer(review, "GET", "/crop/0/mark/x/1/1")[0] == 404
    assert answer(review, "GET", f"/key/{ask['id']}")[0] == 404
    assert not (tmp_path / "out" / kept.FILE).exists()


@contextmanager
def served(pile: Pile, names: dict[str, str], out: Path, language: str = "en") -> Iterator[str]:
    """Serve the page, and yield its address."""
    [first, *others] = listen(0)
    for each in others:
        each.close()
    port = first.getsockname()[1]
    review = Review(pile, Decisions(), names, out, language)
    server = uvicorn.Server(uvicorn.Config(review.asgi(port), lifespan="off", log_level="error"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [first]})
    thread.start()
    yield f"http://127.0.0.1:{port}/"
    server.should_exit = True
    thread.join()


@contextmanager
def opened(browser: Browser, address: str) -> Iterator[Page]:
    """Open the page; no script fails on it."""
    page = browser.new_page()
    mistakes: list[str] = []
    page.on("pageerror", lambda error: mistakes.append(str(error)))
    page.on("console", lambda said: mistakes.append(said.text) if said.type == "error" else None)
    try:
        page.goto(address)
        yield page
        assert mistakes == []
    finally:
        page.close()


def test_a_person_decides_by_keyboard(
    pile: Pile, browser: Browser, tmp_path: Path, axe: Callable[..., list[str]]
) -> None:
    """Enter keeps the proposal, letters change it, U undoes; at the end it says so."""
    rows = pile.doubtful
    out = tmp_path / "out"
    with served(pile, {}, out) as address, opened(browser, address) as page:
        page.get_by_text(f"0 of {len(rows)} decided").wait_for()
        assert axe(page) == []
        wanted = rows[0].likely[0]
        other = next(bubble.option for bubble in rows[0].bubbles if bubble.option != wanted)
        page.keyboard.press(wanted[0])
        page.keyboard.press(other[0])
        page.keyboard.press("Enter")
        page.get_by_text(f"1 of {len(rows)} decided").wait_for()
        assert kept.load(out).marks == {rows[0].place: (other,)}
        page.keyboard.press("ArrowLeft")
        page.keyboard.press("u")
        page.get_by_text(f"0 of {len(rows)} decided").wait_for()
        assert kept.load(out) == Decisions()
        for done in range(1, len(rows) + 1):
            page.keyboard.press("Enter")
            page.get_by_text(f"{done} of {len(rows)} decided").wait_for()
        page.get_by_text("Everything is decided.").wait_for()
        assert kept.load(out).marks == {row.place: row.likely for row in rows}


def test_a_person_joins_names_and_marks_by_keyboard(
    browser: Browser, tmp_path: Path, axe: Callable[..., list[str]]
) -> None:
    """Pages first, then whose they are by letters of the list or by digits, then points beside the key."""
    scan(tmp_path, "two pages", [("0427", "12"), ("0427", "12"), ("", "12")])
    pile, out = read(tmp_path), tmp_path / "out"
    with served(pile, CLASS, out) as address, opened(browser, address) as page:
        for _ in range(3):
            page.get_by_text("Are these pages of one paper?").wait_for()
            done = int(page.locator("#progress").inner_text().split()[0])
            page.keyboard.press("Enter")
            page.get_by_text(f"{done + 1} of").wait_for()
        assert list(kept.load(out).joins.values()) == [True] * 3
        page.get_by_text("Whose is 0.png page 1?").wait_for()
        assert axe(page) == []
        page.keyboard.press("b")
        page.keyboard.press("Enter")
        # That settles the other one with the same number, too.
        page.get_by_text("Whose is 4.png page 1?").wait_for()
        page.keyboard.type("0429")
        page.get_by_text("Grace", exact=True).first.wait_for()
        page.keyboard.press("Enter")
        page.get_by_role("heading", name="Question 11").or_(
            page.locator("#points:not([hidden])")
        ).first.wait_for()
        assert sorted(kept.load(out).students.values()) == ["0428", "0429"]
        page.frame_locator("#right").get_by_text("A story.").wait_for()
        assert axe(page) == []
        page.keyboard.press("Enter")
        page.get_by_text("Points from 0 to 5 are wanted.").wait_for()
        page.keyboard.type("6")
        page.keyboard.press("Enter")
        page.get_by_text("Points from 0 to 5 are wanted.").wait_for()
        page.keyboard.press("Backspace")
        page.keyboard.type("2,5")
        page.keyboard.press("Enter")
        page.get_by_text("6 of 8 decided").wait_for()
        assert list(kept.load(out).points.values()) == ["2.5"]
        page.get_by_role("button", name="5", exact=True).click()
        page.keyboard.press("Enter")
        page.get_by_text("7 of 8 decided").wait_for()
        page.keyboard.press("ArrowLeft")
        page.keyboard.press("u")
        page.get_by_text("6 of 8 decided").wait_for()
        assert list(kept.load(out).points.values()) == ["2.5"]


def test_a_page_that_was_not_read_is_seen_whole(
    printed_few: Path, browser: Browser, tmp_path: Path, axe: Callable[..., list[str]]
) -> None:
    """As it was scanned, with the reason, before all else; Enter ignores it, U takes that back; damaged ones have no picture."""
    [page, _] = sheet_of_paper("B", 4)
    torn = page.crop((0, 200, page.width, page.height))
    torn.save(tmp_path / "1.png")
    (tmp_path / "2.png").write_bytes(b"\x89PNG\r\n\x1a\nnot one")
    scans = [leaf for number in (1, 2) for leaf in leaves(tmp_path / f"{number}.png")]
    pile, out = read_pile(scans, load(printed_few, ""), tmp_path / "out"), tmp_path / "out"
    [seen, damaged] = asks(pile, Decisions(), {})
    for wrong in (False, "yes", 1, ["1"]):
        assert not seen.decide(Decisions(), wrong)
    [shown] = [Image.open(BytesIO(cropped(crop, out))) for crop in seen.crops]
    assert max(shown.size) <= 1.25 * 1400
    assert shown.width / shown.height == pytest.approx(torn.width / torn.height, rel=0.01)
    assert ImageStat.Stat(ImageChops.difference(shown, torn.resize(shown.size))).mean[0] < 3
    assert damaged.crops == ()
    with served(pile, {}, out) as address, opened(browser, address) as web:
        web.get_by_role("heading", name="1.png page 1 could not be read").wait_for()
        web.get_by_text("the four black marks at the corners were not found").wait_for()
        web.get_by_text("Scan this sheet of paper again").wait_for()
        [picture] = web.locator("#crops img").all()
        assert picture.evaluate("async (img) => (await img.decode(), img.naturalWidth)") == shown.width
        assert axe(web) == []
        web.keyboard.press("Enter")
        web.get_by_role("heading", name="2.png page 1 could not be read").wait_for()
        assert web.locator("#crops img").count() == 0
        web.keyboard.press("Enter")
        web.get_by_text("Everything is decided.").wait_for()
        assert kept.load(out).ignored == {leaf.key for leaf in scans}
        web.keyboard.press("ArrowLeft")
        web.get_by_text("It is ignored.").wait_for()
        web.keyboard.press("u")
        web.get_by_text("1 of 2 decided").wait_for()
        assert kept.load(out).ignored == {scans[0].key}


def test_the_page_is_in_the_language_of_the_project(
    pile: Pile, browser: Browser, tmp_path: Path, axe: Callable[..., list[str]]
) -> None:
    """Its words, its direction, and the arrows with it; what is doubtful is said in it, too."""
    count = len(pile.doubtful)
    out = tmp_path / "out"
    with served(pile, {}, out, "ar") as address, opened(browser, address) as page:
        page.get_by_text(f"تقرّر 0 من {count}").wait_for()
        assert page.evaluate("[document.documentElement.lang, document.dir]") == ["ar", "rtl"]
        assert axe(page) == []
        page.keyboard.press("Enter")
        page.get_by_text(f"تقرّر 1 من {count}").wait_for()
        page.keyboard.press("ArrowRight")
        page.get_by_text("تقرّر ذلك.").wait_for()
        said = page.inner_text("body").replace("Enter", "")
        # Scans are named as they are listed.
        assert re.findall("[A-Za-z]{3,}", re.sub(r"\S+ page \d+", "", said)) == []


def test_the_key_beside_an_answer_can_do_nothing(tmp_path: Path) -> None:
    """It is a page of its own, which loads nothing and runs nothing."""
    scan(tmp_path, "written", [("0427", "1")])
    review = Review(read(tmp_path), Decisions(), {}, tmp_path / "out")
    [ask, *_] = json.loads(answer(review, "GET", "/asks")[1])
    assert ask["kind"] == "points"
    status, page = answer(review, "GET", f"/key/{ask['id']}")
    assert status == 200
    assert b"Paris" in page or b"Because" in page
