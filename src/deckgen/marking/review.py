"""A page on this machine where a person decides what is doubtful, row by row; each decision is kept at once."""

from __future__ import annotations

import signal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import cv2
import msgspec
import numpy as np
from starlette.applications import Starlette
from starlette.requests import Request  # noqa: TC002 - Starlette reads annotations of endpoints
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from deckgen.confined import read_bytes
from deckgen.live.guard import Guard
from deckgen.marking import decisions as kept
from deckgen.marking.ink import PER_MM
from deckgen.marking.reading import PAGES_FOLDER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from deckgen.marking.responses import Row

_FOLDER = Path(__file__).parent / "page"
_PARTS = {
    "/": ("index.html", "text/html; charset=utf-8"),
    "/review.css": ("review.css", "text/css; charset=utf-8"),
    "/review.js": ("review.js", "text/javascript; charset=utf-8"),
}
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'"
)
_HEADERS = {"cache-control": "no-store", "content-security-policy": _POLICY}
#: What is shown around a row, mm.
_AROUND = 9.0


class _Decided(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the page sends: the options that are marked in a row, null to undo."""

    row: int
    marked: tuple[str, ...] | None


class Review:
    """The rows to decide, and what was decided; an application to serve."""

    def __init__(
        self, rows: Sequence[Row], decisions: dict[tuple[str, int, int], tuple[str, ...]], out: Path
    ) -> None:
        """Review rows; `decisions` grows, and is kept in the folder `out` after each one."""
        self._rows = tuple(rows)
        self._decisions = decisions
        self._out = out

    def asgi(self, port: int) -> Guard:
        """Return the ASGI application for a server at a port, which answers only its own page."""
        routes = [
            *(Route(address, self._part) for address in _PARTS),
            Route("/rows", self._list),
            Route("/crop/{row:int}", self._crop),
            Route("/decide", self._decide, methods=["POST"]),
            Route("/finish", self._finish, methods=["POST"]),
        ]
        return Guard(Starlette(routes=routes), port, methods=("GET", "HEAD", "POST"))

    def end(self) -> None:
        """Nothing waits for it to end."""

    async def _part(self, request: Request) -> Response:
        name, kind = _PARTS[request.url.path]
        return Response((_FOLDER / name).read_bytes(), headers=_HEADERS, media_type=kind)

    async def _list(self, _request: Request) -> Response:
        shown = [
            {
                "page": row.page.name,
                "name": row.name,
                "why": row.why,
                "options": [bubble.option for bubble in row.bubbles],
                "likely": row.likely,
                "decided": self._decisions.get(row.place),
            }
            for row in self._rows
        ]
        return _json(shown)

    async def _crop(self, request: Request) -> Response:
        place = request.path_params["row"]
        if place >= len(self._rows):
            return PlainTextResponse("page not found\n", 404)
        try:
            return Response(crop(self._rows[place], self._out), headers=_HEADERS, media_type="image/png")
        except OSError:
            return PlainTextResponse("page not found\n", 404)

    async def _decide(self, request: Request) -> Response:
        try:
            said = msgspec.json.decode(await request.body(), type=_Decided)
        except msgspec.DecodeError as error:
            return PlainTextResponse(f"{error}\n", 400)
        if not 0 <= said.row < len(self._rows):
            return PlainTextResponse("there is no such row\n", 400)
        row = self._rows[said.row]
        if said.marked is None:
            self._decisions.pop(row.place, None)
        elif set(said.marked) <= {bubble.option for bubble in row.bubbles}:
            self._decisions[row.place] = said.marked
        else:
            return PlainTextResponse("there is no such option\n", 400)
        kept.save(self._out, self._decisions)
        return _json({})

    async def _finish(self, _request: Request) -> Response:
        # As Ctrl-C: requests that are under way are still answered.
        signal.raise_signal(signal.SIGINT)
        return _json({})


def crop(row: Row, out: Path) -> bytes:
    """Return what the scan shows of a row and around it, as PNG.

    Raises:
        OSError: if the picture of its page is not there.
    """
    content = read_bytes(out, f"{PAGES_FOLDER}/{row.page.key}.jpg")
    page = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_GRAYSCALE)
    if page is None:
        raise FileNotFoundError(row.page.key)
    left, right = (edge(bubble.x for bubble in row.bubbles) for edge in (min, max))
    top, bottom = (edge(bubble.y for bubble in row.bubbles) for edge in (min, max))
    box = [
        max(0, round(each * PER_MM))
        for each in (top - _AROUND, bottom + _AROUND, left - 2 * _AROUND, right + _AROUND)
    ]
    _, encoded = cv2.imencode(".png", page[box[0] : box[1], box[2] : box[3]])
    made: bytes = encoded.tobytes()
    return made


def _json(value: Any) -> Response:
    return Response(msgspec.json.encode(value), headers=_HEADERS, media_type="application/json")
