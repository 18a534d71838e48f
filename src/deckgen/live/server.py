"""Run the page's server until Ctrl-C."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from types import FrameType
from typing import TYPE_CHECKING, Protocol

import uvicorn

if TYPE_CHECKING:
    from deckgen.live.guard import Guard


class Served(Protocol):
    """An application to serve."""

    def asgi(self, port: int) -> Guard:
        """Return the ASGI application for a server at a port."""

    def end(self) -> None:
        """Let what streams end, from any thread."""


class _Server(uvicorn.Server):
    """Ends the event streams before it waits for connections to close."""

    app: Served
    begun: Callable[[], None]

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        threading.Thread(target=self.begun, daemon=True).start()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self.app.end()
        super().handle_exit(sig, frame)


def run(app: Served, sockets: list[socket.socket], port: int, begun: Callable[[], None]) -> None:
    """Serve at some sockets until SIGINT or SIGTERM, and call `begun` when the server is ready.

    Raises:
        KeyboardInterrupt: at SIGINT.
    """
    config = uvicorn.Config(
        app.asgi(port),
        lifespan="off",
        ws="none",
        access_log=False,
        log_level="error",
        server_header=False,
        timeout_graceful_shutdown=1,
    )
    server = _Server(config)
    server.app = app
    server.begun = begun
    server.run(sockets=sockets)
