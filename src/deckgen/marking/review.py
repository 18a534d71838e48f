"""A page on this machine where a person decides what is open; each decision is kept at once."""

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
from deckgen.direction import direction
from deckgen.live.guard import Guard
from deckgen.marking import decisions as kept
from deckgen.marking.asks import PointsAsk, asks
from deckgen.marking.flat import PER_MM
from deckgen.marking.reading import PAGES_FOLDER
from deckgen.sheet.key import key_page
from deckgen.words import words
from deckgen.words.numbers import marks

if TYPE_CHECKING:
    from collections.abc import Mapping

    from deckgen.marking.deciding import Ask, Crop
    from deckgen.marking.decisions import Decisions
    from deckgen.marking.marking import Pile

_FOLDER = Path(__file__).parent / "page"
_PARTS = {
    "/": ("index.html", "text/html; charset=utf-8"),
    "/review.css": ("review.css", "text/css; charset=utf-8"),
    "/review.js": ("review.js", "text/javascript; charset=utf-8"),
}
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; frame-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'"
)
#: A part of the key is a page of its own, which can do nothing.
_KEY_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'self'; sandbox allow-same-origin"
)
_HEADERS = {"cache-control": "no-store", "content-security-policy": _POLICY}
_MISSING = "page not found\n"
#: Words of sheets that are on the page too.
_SHARED = ("sheet-points", "sheet-student-number")


class _Decided(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the page sends: a decision, null to undo one."""

    ask: str
    value: bool | str | list[str] | None


class Review:
    """What is to be decided, and what was; an application to serve."""

    def __init__(
        self, pile: Pile, decisions: Decisions, names: Mapping[str, str], out: Path, language: str = "en"
    ) -> None:
        """Review a pile; `decisions` grows, and is kept in the folder `out` after each one.

        The page is in a BCP 47 `language`.
        """
        self._language = language
        self._pile = pile
        self._decisions = decisions
        self._names = names
        self._out = out
        #: All asks by their names; None where a decision may have changed them.
        self._known: dict[str, Ask] | None = None

    def asgi(self, port: int) -> Guard:
        """Return the ASGI application for a server at a port, which answers only its own page."""
        routes = [
            *(Route(address, self._part) for address in _PARTS),
            Route("/words", self._say),
            Route("/asks", self._list),
            Route("/crop/{number:int}/{ask:path}", self._crop),
            Route("/key/{ask:path}", self._key),
            Route("/decide", self._decide, methods=["POST"]),
            Route("/finish", self._finish, methods=["POST"]),
        ]
        return Guard(Starlette(routes=routes), port, methods=("GET", "HEAD", "POST"))

    def end(self) -> None:
        """Nothing waits for it to end."""

    def _asks(self) -> dict[str, Ask]:
        if self._known is None:
            found = asks(self._pile, self._decisions, self._names, words(self._language))
            self._known = {each.id: each for each in found}
        return self._known

    async def _part(self, request: Request) -> Response:
        name, kind = _PARTS[request.url.path]
        return Response((_FOLDER / name).read_bytes(), headers=_HEADERS, media_type=kind)

    async def _say(self, _request: Request) -> Response:
        return _json(
            {
                "language": self._language,
                "direction": direction(self._language),
                "decimal": marks(self._language).decimal,
                "words": {
                    key: text
                    for key, text in words(self._language).items()
                    if key.startswith("review-") or key in _SHARED
                },
            }
        )

    async def _list(self, _request: Request) -> Response:
        return _json(
            [
                {
                    **each.shown(),
                    "id": each.id,
                    "decided": each.decided,
                    "crops": [crop.text for crop in each.crops],
                }
                for each in self._asks().values()
            ]
        )

    async def _crop(self, request: Request) -> Response:
        ask = self._asks().get(request.path_params["ask"])
        number = request.path_params["number"]
        if ask is None or number >= len(ask.crops):
            return PlainTextResponse(_MISSING, 404)
        try:
            return Response(cropped(ask.crops[number], self._out), headers=_HEADERS, media_type="image/png")
        except OSError:
            return PlainTextResponse(_MISSING, 404)

    async def _key(self, request: Request) -> Response:
        ask = self._asks().get(request.path_params["ask"])
        if not isinstance(ask, PointsAsk):
            return PlainTextResponse(_MISSING, 404)
        headers = {**_HEADERS, "content-security-policy": _KEY_POLICY}
        return Response(key_page(ask.key), headers=headers, media_type="text/html; charset=utf-8")

    async def _decide(self, request: Request) -> Response:
        try:
            said = msgspec.json.decode(await request.body(), type=_Decided)
        except msgspec.DecodeError as error:
            return PlainTextResponse(f"{error}\n", 400)
        ask = self._asks().get(said.ask)
        if ask is None:
            return PlainTextResponse("there is nothing of this name to decide\n", 400)
        if not ask.decide(self._decisions, said.value):
            return PlainTextResponse("this cannot be decided\n", 400)
        self._known = None
        kept.save(self._out, self._decisions)
        return _json({})

    async def _finish(self, _request: Request) -> Response:
        # As Ctrl-C: requests that are under way are still answered.
        signal.raise_signal(signal.SIGINT)
        return _json({})


def cropped(crop: Crop, out: Path) -> bytes:
    """Return a part of a page as PNG.

    Raises:
        OSError: if the picture of the page is not there.
    """
    content = read_bytes(out, f"{PAGES_FOLDER}/{crop.page}.jpg")
    page = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_GRAYSCALE)
    if page is None:
        raise FileNotFoundError(crop.page)
    top, bottom, left, right = (
        max(0, round(each * PER_MM)) for each in (crop.top, crop.bottom, crop.left, crop.right)
    )
    _, encoded = cv2.imencode(".png", page[top:bottom, left:right])
    made: bytes = encoded.tobytes()
    return made


def _json(value: Any) -> Response:
    return Response(msgspec.json.encode(value), headers=_HEADERS, media_type="application/json")
