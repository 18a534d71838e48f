"""How TCP connections end: facts of the deck, shown on this machine."""

from __future__ import annotations

import errno
import socket

import pytest


def test_half_closed_connection_still_carries_data(loopback):
    """When one end has finished sending, the other end is told so and can still send.

    Shows: one-end-may-finish-first.
    """
    listener = loopback.listener()
    client = loopback.client(listener.getsockname())
    accepted = loopback.accepted(listener)

    client.shutdown(socket.SHUT_WR)
    assert accepted.recv(16) == b""
    accepted.sendall(b"still here")
    assert client.recv(16) == b"still here"
    with pytest.raises(BrokenPipeError):
        client.send(b"x")


def test_address_is_unavailable_for_a_while_after_closing(loopback):
    """Where a server closed a connection first, its port is refused, unless `SO_REUSEADDR` is set.

    Shows: address-unavailable-after-closing, socket-vs-port/lifetime/port.
    """
    listener = loopback.tcp()
    # Linux lets a port be bound again only if the former socket had the option too.
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", 0))
    listener.listen()
    address = listener.getsockname()
    client = loopback.client(address)
    accepted = loopback.accepted(listener)
    listener.close()
    accepted.close()
    assert client.recv(16) == b""
    client.close()

    with pytest.raises(OSError) as refused:
        loopback.tcp().bind(address)
    assert refused.value.errno == errno.EADDRINUSE
    again = loopback.tcp()
    again.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    again.bind(address)
    again.listen()
    assert again.getsockname() == address
