"""Who may ask the server of `deckgen serve`: requests as its application gets them, whichever server took them in."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from itertools import permutations

import pytest

from deckgen.live.guard import Guard

HERE = b"127.0.0.1:8000"


def status(*headers: tuple[bytes, bytes], method: str = "GET") -> int:
    """Return the status that a request gets; 200 is the guarded application's."""
    statuses: list[int] = []

    async def app(_scope, _receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body"})

    async def send(message):
        if message["type"] == "http.response.start":
            statuses.append(message["status"])

    scope = {"type": "http", "method": method, "headers": list(headers)}
    # In a thread: a browser of other tests keeps a loop running in this one.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, Guard(app, 8000)(scope, None, send)).result()
    return statuses[0]


def test_one_host_passes():
    """Nothing else is needed than the address of this very server."""
    assert status((b"host", HERE)) == 200


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        (b"host", HERE, b"evil.example"),
        (b"origin", b"http://" + HERE, b"https://evil.example"),
        (b"sec-fetch-site", b"same-origin", b"cross-site"),
        (b"sec-fetch-mode", b"navigate", b"no-cors"),
    ],
)
def test_what_decides_is_there_once(name, good, bad):
    """Two headers of one name, of which one server takes the first and another the last, are refused in any order."""
    others = () if name == b"host" else ((b"host", HERE),)
    for first, second in permutations((good, bad)):
        assert status(*others, (name, first), (name, second)) == 400
        assert status(*others, (name, first), (name.title(), second)) == 400
    assert status(*others, (name, good), (name, good)) == 400
