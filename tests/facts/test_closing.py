"""How TCP connections end: facts of the deck, shown on this machine."""

from __future__ import annotations

import errno
import shutil
import socket
import subprocess

import pytest

from waiting import PATIENCE


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


def test_connections_outlive_their_listener(loopback):
    """Closing the listener closes none of its connections: they go on, on the same port.

    Shows: closing-a-socket-closes-the-port.
    """
    listener = loopback.listener()
    address = listener.getsockname()
    client = loopback.client(address)
    accepted = loopback.accepted(listener)
    listener.close()

    assert accepted.getsockname() == client.getpeername() == address
    client.sendall(b"still here")
    assert accepted.recv(16) == b"still here"


def test_address_is_unavailable_for_a_while_after_closing(loopback):
    """Where a server closed a connection first, its port is refused, unless `SO_REUSEADDR` is set.

    Shows: address-unavailable-after-closing, socket-vs-port/lifetime/port, closing-a-socket-closes-the-port,
    reuseaddr-is-the-same-on-windows.
    """
    address = _server_that_closed_first(loopback, reuse=True)

    _is_refused(loopback.tcp(), address)
    again = loopback.tcp()
    again.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    again.bind(address)
    again.listen()
    assert again.getsockname() == address


def test_reuseaddr_has_to_be_set_on_the_socket_before_as_well(loopback):
    """Where the former socket had no `SO_REUSEADDR`, Linux refuses its port to one that has.

    Shows: address-unavailable-after-closing.
    """
    address = _server_that_closed_first(loopback, reuse=False)

    again = loopback.tcp()
    again.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    _is_refused(again, address)


def test_time_wait_is_at_the_end_that_closed_first(loopback):
    """The end that closed first has the connection in TIME-WAIT, the other end has it no longer.

    Shows: time-wait, first-to-close-waits.
    """
    if not shutil.which("ss"):
        pytest.skip("ss is not installed here")
    listener = loopback.listener()
    client = loopback.client(listener.getsockname())
    accepted = loopback.accepted(listener)
    server, other = listener.getsockname()[1], client.getsockname()[1]
    accepted.close()
    assert client.recv(16) == b""
    client.close()

    assert _in_time_wait(server, other) == [(server, other)]


def _in_time_wait(*ports: int) -> list[tuple[int, int]]:
    """Return the local and the remote port of each connection in TIME-WAIT between two ports, once there is one."""
    for _ in range(500):
        listed = subprocess.run(
            ["ss", "-H", "-tan", "state", "time-wait"],
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        if listed.returncode:
            pytest.skip(f"ss does not work here: {listed.stderr.strip()[:200]}")
        ends = [line.split()[2:4] for line in listed.stdout.splitlines()]
        found = [(int(one.rpartition(":")[2]), int(other.rpartition(":")[2])) for one, other in ends]
        if mine := [pair for pair in found if {*pair} == {*ports}]:
            return mine
    return []


def _server_that_closed_first(loopback, *, reuse: bool) -> tuple[str, int]:
    """Return the address of a server that closed a connection before its client did, and then its own socket."""
    listener = loopback.tcp()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, int(reuse))
    listener.bind(("127.0.0.1", 0))
    listener.listen()
    address = listener.getsockname()
    client = loopback.client(address)
    accepted = loopback.accepted(listener)
    listener.close()
    accepted.close()
    assert client.recv(16) == b""
    client.close()
    return address


def _is_refused(made: socket.socket, address: tuple[str, int]) -> None:
    with pytest.raises(OSError) as refused:
        made.bind(address)
    assert refused.value.errno == errno.EADDRINUSE
