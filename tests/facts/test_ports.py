"""What a port is, and how sockets share one: facts of the deck, shown on this machine."""

from __future__ import annotations

import errno
import socket
from contextlib import suppress
from pathlib import Path

import pytest

LOCAL_PORT_RANGE = Path("/proc/sys/net/ipv4/ip_local_port_range")


def test_bind_to_zero_gives_an_ephemeral_port(loopback):
    """`bind()` to port 0 makes the system pick a port, from the range it is set to.

    Shows: bind-to-port-zero, socket-vs-port/created-by/port.
    """
    made = loopback.tcp()
    made.bind(("127.0.0.1", 0))

    lowest, highest = map(int, LOCAL_PORT_RANGE.read_text().split())
    assert lowest <= made.getsockname()[1] <= highest


def test_tcp_and_udp_side_by_side_on_one_number(loopback):
    """A TCP and a UDP socket have the same number at the same address, and each gets its own data.

    Shows: tcp-and-udp-share-ports, port-53-twice, socket-vs-port/identified-by/port,
    socket-vs-port/analogy/port.
    """
    listener, udp = _same_number_twice(loopback)
    address = listener.getsockname()
    assert udp.getsockname() == address

    loopback.udp().sendto(b"datagram", address)
    client = loopback.client(address)
    client.sendall(b"stream")
    assert udp.recv(16) == b"datagram"
    assert loopback.accepted(listener).recv(16) == b"stream"


def _same_number_twice(loopback):
    """Return a TCP listener and a UDP socket with one number, one that was free for both."""
    for _ in range(50):
        listener, udp = loopback.listener(), loopback.udp()
        with suppress(OSError):
            udp.bind(listener.getsockname())
            return listener, udp
    pytest.fail("50 times the UDP port with the number of a free TCP port was taken")


def test_same_port_on_two_local_addresses(loopback):
    """Two sockets listen on one port number, each at its own local address.

    Shows: same-port-on-two-addresses, socket-vs-port/how-many/port, each-program-has-its-own-port.
    """
    first = loopback.listener("127.0.0.1")
    port = first.getsockname()[1]
    second = loopback.listener("127.0.0.2", port)

    clients = [loopback.client((address, port)) for address in ("127.0.0.1", "127.0.0.2")]
    assert loopback.accepted(first).getpeername() == clients[0].getsockname()
    assert loopback.accepted(second).getpeername() == clients[1].getsockname()


def test_reuseport_lets_two_sockets_listen_on_one_port(loopback):
    """With `SO_REUSEPORT` on both, two sockets listen on the same address and port.

    Shows: several-listeners-on-one-port, socket-vs-port/relation/socket, each-program-has-its-own-port.
    """
    first, second = loopback.tcp(), loopback.tcp()
    for made in (first, second):
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    first.bind(("127.0.0.1", 0))
    second.bind(first.getsockname())
    first.listen()
    second.listen()

    assert first.getsockname() == second.getsockname()


def test_reuseport_must_be_set_on_the_first_socket_too(loopback):
    """Where the first socket lacks `SO_REUSEPORT`, the second one is refused.

    Shows: several-listeners-on-one-port.
    """
    first, second = loopback.listener(), loopback.tcp()
    second.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)

    with pytest.raises(OSError) as refused:
        second.bind(first.getsockname())
    assert refused.value.errno == errno.EADDRINUSE


def test_reuseaddr_does_not_admit_a_second_listener(loopback):
    """`SO_REUSEADDR` does not let a second socket bind where one is listening.

    Shows: several-listeners-on-one-port.
    """
    first, second = loopback.tcp(), loopback.tcp()
    for made in (first, second):
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    first.bind(("127.0.0.1", 0))
    first.listen()

    with pytest.raises(OSError) as refused:
        second.bind(first.getsockname())
    assert refused.value.errno == errno.EADDRINUSE
