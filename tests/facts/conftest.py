"""Fixtures of the deck's facts: sockets on loopback that are closed again."""

from __future__ import annotations

import socket
import sys
from contextlib import ExitStack

import pytest

from waiting import PATIENCE

#: The facts speak of Linux.
collect_ignore_glob = [] if sys.platform == "linux" else ["test_*.py"]


class Loopback:
    """Makes sockets on the loopback network and closes all of them in the end."""

    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack

    def keep(self, made: socket.socket) -> socket.socket:
        """Close `made` in the end; no call on it blocks for ever."""
        made.settimeout(PATIENCE)
        return self._stack.enter_context(made)

    def tcp(self) -> socket.socket:
        """Make a TCP socket, not bound to anything."""
        return self.keep(socket.socket(socket.AF_INET, socket.SOCK_STREAM))

    def udp(self) -> socket.socket:
        """Make a UDP socket, not bound to anything."""
        return self.keep(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))

    def listener(self, address: str = "127.0.0.1", port: int = 0) -> socket.socket:
        """Make a TCP socket that listens; on a port of the system's choice where none is given."""
        made = self.tcp()
        made.bind((address, port))
        made.listen(128)
        return made

    def client(self, server: tuple[str, int]) -> socket.socket:
        """Make a TCP socket that is connected to `server`."""
        made = self.tcp()
        made.connect(server)
        return made

    def accepted(self, listener: socket.socket) -> socket.socket:
        """Accept a connection."""
        return self.keep(listener.accept()[0])


@pytest.fixture
def loopback():
    """Sockets on loopback, closed after the test."""
    with ExitStack() as stack:
        yield Loopback(stack)
