"""The application of the live page: which address has which content."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from hashlib import blake2b
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request  # noqa: TC002 - Starlette reads annotations of endpoints
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from deckgen.anki.template import TemplateError
from deckgen.confined import read_bytes
from deckgen.engine.state import OUTPUT_FOLDER, made_before
from deckgen.live.documents import (
    CARD_POLICY,
    CONNECTIONS,
    PAGE_FOLDER,
    PAGE_POLICY,
    card_document,
    page_document,
)
from deckgen.live.guard import Guard
from deckgen.live.project import LiveProject

_APP_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "
    "frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'"
)
#: Media types of outputs by their extensions.
_TYPES = {
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
    "pdf": "application/pdf",
    "apkg": "application/octet-stream",
}
#: The files of the page by their addresses.
_PARTS = {
    "/": "index.html",
    "/page.css": "page.css",
    "/page.js": "page.js",
    "/list.js": "list.js",
    "/icon.svg": "icon.svg",
}
#: Seconds after which a silent stream sends a comment to stay open.
_HEARTBEAT = 15


class App:
    """The application that serves one project's page."""

    def __init__(self, root: Path, project: LiveProject) -> None:
        """Serve a live project."""
        self._root = root
        self._project = project
        self._loop: asyncio.AbstractEventLoop | None = None
        self._news = asyncio.Event()
        self._ended = False
        self._pdfs: dict[bytes, bytes] = {}

    def asgi(self, port: int) -> Guard:
        """Return the ASGI application for a server at a port, which answers only its own page."""
        routes = [
            *(Route(address, self._part) for address in _PARTS),
            Route("/events", self._events),
            Route("/notes", self._notes),
            Route("/card", self._card),
            Route("/made/{path:path}", self._made),
            Route("/pdf/{path:path}", self._pdf),
        ]
        self._project.listen(self._notify)
        return Guard(Starlette(routes=routes), port)

    def end(self) -> None:
        """Let the streams of events end, from any thread."""
        self._ended = True
        self._notify()

    def _notify(self) -> None:
        loop = self._loop
        if loop is not None and not loop.is_closed():
            loop.call_soon_threadsafe(self._wake)

    def _wake(self) -> None:
        news, self._news = self._news, asyncio.Event()
        news.set()

    async def _part(self, request: Request) -> Response:
        name = _PARTS[request.url.path]
        content = (PAGE_FOLDER / name).read_bytes()
        return _answer(request, content, _type_of(name), _APP_POLICY)

    async def _events(self, _request: Request) -> Response:
        self._loop = asyncio.get_running_loop()
        return StreamingResponse(
            self._stream(), media_type="text/event-stream", headers={"cache-control": "no-store"}
        )

    async def _stream(self) -> AsyncIterator[str]:
        while not self._ended:
            news = self._news
            state = await run_in_threadpool(self._project.state)
            yield f"data: {json.dumps(state)}\n\n"
            while not news.is_set() and not self._ended:
                try:
                    await asyncio.wait_for(news.wait(), _HEARTBEAT)
                except TimeoutError:
                    yield ":\n\n"

    async def _notes(self, request: Request) -> Response:
        content, _ = await run_in_threadpool(self._project.notes)
        return _answer(request, content, "application/json")

    async def _card(self, request: Request) -> Response:
        view, asked = self._project.view, request.query_params
        ordinal = asked.get("card", "0")
        if view is None or not ordinal.isascii() or not ordinal.isdigit() or len(ordinal) > 4:  # noqa: PLR2004
            return _missing()

        def make() -> bytes | None:
            return card_document(
                view, asked.get("id", ""), int(ordinal), night="night" in asked, phone="phone" in asked
            )

        return await self._document(request, make, CARD_POLICY)

    async def _made(self, request: Request) -> Response:
        """Respond with a page of the present content, or with a file of the last build."""
        path = request.path_params["path"]
        view = self._project.view
        page = view.pages.get(path) if view else None
        if page is not None:
            sounds = view.media.contents if view else {}
            return await self._document(
                request, lambda: page_document(path, page.make(), sounds), PAGE_POLICY
            )
        # Only outputs of a build have an address: no other file can be reached.
        if path not in made_before(self._root):
            return _missing()
        try:
            content = await run_in_threadpool(read_bytes, self._root, f"{OUTPUT_FOLDER}/{path}")
        except OSError:
            return _missing()
        if path.endswith(".html"):
            content = page_document(path, content, view.media.contents if view else {})
        return _answer(request, content, _type_of(path), PAGE_POLICY)

    async def _pdf(self, request: Request) -> Response:
        """Respond with a sheet as PDF."""
        from deckgen.sheet.pdf import NoEngineError, pdf

        view = self._project.view
        page = view.pages.get(request.path_params["path"].removesuffix(".pdf") + ".html") if view else None
        if page is None or page.path.startswith("web/"):
            return _missing()

        def make() -> bytes:
            html = page.make()
            if html not in self._pdfs:
                self._pdfs = {html: pdf(html)}
            return self._pdfs[html]

        try:
            content = await run_in_threadpool(make)
        except NoEngineError as error:
            return PlainTextResponse(f"{error}\n", 501)
        return _answer(request, content, "application/pdf", "frame-ancestors 'self'")

    async def _document(self, request: Request, make: Callable[[], bytes | None], policy: str) -> Response:
        """Respond with a document for a frame, or with the mistake in its template."""
        from jinja2 import TemplateError as JinjaError

        try:
            content = await run_in_threadpool(make)
        except (TemplateError, JinjaError) as error:
            message = f"the template is wrong: {error}\n".encode()
            return _answer(request, message, "text/plain; charset=utf-8", policy)
        return (
            _missing() if content is None else _answer(request, content, "text/html; charset=utf-8", policy)
        )


def _answer(request: Request, content: bytes, kind: str, policy: str = "default-src 'none'") -> Response:
    tag = f'"{blake2b(content, digest_size=12).hexdigest()}"'
    headers: dict[str, Any] = {"etag": tag, "cache-control": "no-cache", "content-security-policy": policy}
    if policy in CONNECTIONS:
        headers["connection-allowlist"] = CONNECTIONS[policy]
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(content, headers=headers, media_type=kind)


def _missing() -> Response:
    return PlainTextResponse("page not found\n", 404)


def _type_of(name: str) -> str:
    return _TYPES.get(name.rpartition(".")[2], "application/octet-stream")
