"""Which requests are allowed: those of this machine's browser, for this address.

A page of another site can make a browser send requests here, and can even map its own name to this machine's address
(DNS rebinding). It cannot choose what the browser sends in `Host`, `Origin` and `Sec-Fetch-Site`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.types import ASGIApp, Receive, Scope, Send

#: Headers of every response: content types are not guessed, and nothing is shared with other sites.
HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
)


#: What a page may do that changes nothing.
READING = ("GET", "HEAD")


def refusal(
    method: str, headers: dict[str, str], port: int, methods: Sequence[str] = READING
) -> tuple[int, str] | None:
    """Return the status (RFC 9110) and the message that refuse a request, None if it is allowed.

    `headers` have lower-case names. What changes something must name this server's page as its origin.
    """
    hosts = {f"127.0.0.1:{port}", f"localhost:{port}", f"[::1]:{port}"}
    if headers.get("host", "").lower() not in hosts:
        return 421, "this server serves this machine only"
    if method not in methods:
        return 405, "nothing can be changed here"
    own = {f"http://{host}" for host in hosts}
    if ("origin" in headers or method not in READING) and headers.get("origin", "").lower() not in own:
        return 403, "this server answers its own page only"
    # A link from elsewhere may lead here; no other page may embed anything from here.
    if (
        headers.get("sec-fetch-site") in ("cross-site", "same-site")
        and headers.get("sec-fetch-mode") != "navigate"
    ):
        return 403, "this server answers its own page only"
    return None


class Guard:
    """Passes allowed requests to an application, and adds `HEADERS` to every response."""

    def __init__(self, app: ASGIApp, port: int, methods: Sequence[str] = READING) -> None:
        """Guard the application of a server at a port; it is asked by these methods."""
        self._app = app
        self._port = port
        self._methods = methods

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request (ASGI)."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        headers = _headers(scope)
        refused = (
            refusal(scope["method"], headers, self._port, self._methods)
            if headers is not None
            else (400, "two hosts")
        )

        async def answer(message: dict[str, object]) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message.get("headers", ()), *HEADERS]}  # type: ignore[misc]
            await send(message)

        if refused is None:
            await self._app(scope, receive, answer)  # type: ignore[arg-type]
            return
        status, words = refused
        more = [(b"allow", ", ".join(self._methods).encode())] if status == 405 else []  # noqa: PLR2004
        start = {"type": "http.response.start", "status": status}
        await answer({**start, "headers": [(b"content-type", b"text/plain; charset=utf-8"), *more]})
        await send({"type": "http.response.body", "body": f"{words}\n".encode()})


def _headers(scope: Scope) -> dict[str, str] | None:
    """Return the headers of a request by name; None if one that matters here is there twice."""
    found: dict[str, str] = {}
    for raw, value in scope["headers"]:
        name = raw.decode("latin-1").lower()
        if name in found and name in ("host", "origin", "sec-fetch-site", "sec-fetch-mode"):
            return None
        found[name] = value.decode("latin-1")
    return found
