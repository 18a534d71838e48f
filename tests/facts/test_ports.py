"""What a port is, and how sockets share one: facts of the deck, shown on this machine."""

from __future__ import annotations

import ctypes
import errno
import socket
import struct
from contextlib import suppress
from pathlib import Path

import pytest

#: All of 127.0.0.0/8 is this machine; off the beaten track nobody is at a low port.
NOBODY = ("127.9.8.7", 1)
WILDCARD = "0.0.0.0"  # noqa: S104 - only for as long as a test takes
LOCAL_PORT_RANGE = Path("/proc/sys/net/ipv4/ip_local_port_range")


def test_bind_to_zero_gives_an_ephemeral_port(loopback):
    """`bind()` to port 0 makes the system pick a port, from the range it is set to.

    Shows: bind-to-port-zero, socket-vs-port/created-by/port, programs-use-ports-through-the-system.
    """
    made = loopback.tcp()
    made.bind(("127.0.0.1", 0))

    lowest, highest = map(int, LOCAL_PORT_RANGE.read_text().split())
    assert lowest <= made.getsockname()[1] <= highest


def test_system_picks_a_port_for_whoever_has_none(loopback):
    """`listen()`, `connect()` and `sendto()` on a socket without a port make the system pick one.

    Shows: ephemeral-port, client-calls-in-order, socket-vs-port/created-by/port.
    """
    there = loopback.listener()
    listens, connects, sends = loopback.tcp(), loopback.tcp(), loopback.udp()
    listens.listen()
    connects.connect(there.getsockname())
    sends.sendto(b"x", NOBODY)

    lowest, highest = map(int, LOCAL_PORT_RANGE.read_text().split())
    for made in (listens, connects, sends):
        assert lowest <= made.getsockname()[1] <= highest


def test_packets_to_a_port_without_a_socket_are_refused(loopback):
    """A packet can carry a port that no socket is bound to; over TCP and over UDP the sender is told.

    Shows: socket-vs-port/without-the-other/port.
    """
    tcp, udp = loopback.tcp(), loopback.udp()
    with pytest.raises(ConnectionRefusedError):
        tcp.connect(NOBODY)
    udp.connect(NOBODY)
    udp.send(b"x")
    with pytest.raises(ConnectionRefusedError):
        udp.recv(16)


def test_datagrams_to_nobody_are_sent_all_the_same(loopback):
    """UDP takes a datagram that will not arrive, and `sendto()` says nothing of it.

    Shows: udp.
    """
    assert loopback.udp().sendto(b"anybody there?", NOBODY) == len(b"anybody there?")


def test_port_is_a_field_in_network_byte_order(loopback):
    """In a socket's address the port is the field `sin_port`: two bytes, the more significant one first.

    Shows: socket-vs-port/interface/port, ports-are-no-matter-for-programmers.
    """
    made = loopback.tcp()
    made.bind(("127.0.0.1", 0))
    address = (ctypes.c_ubyte * 16)()
    size = ctypes.c_uint32(len(address))
    assert ctypes.CDLL(None).getsockname(made.fileno(), address, ctypes.byref(size)) == 0

    family, port = struct.unpack("=H2s", bytes(address)[:4])
    assert family == socket.AF_INET
    assert port == made.getsockname()[1].to_bytes(2, "big")
    assert struct.pack("=H", socket.htons(made.getsockname()[1])) == port


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

    Shows: same-port-on-two-addresses, each-program-has-its-own-port.
    """
    first = loopback.listener("127.0.0.1")
    port = first.getsockname()[1]
    second = loopback.listener("127.0.0.2", port)

    clients = [loopback.client((address, port)) for address in ("127.0.0.1", "127.0.0.2")]
    assert loopback.accepted(first).getpeername() == clients[0].getsockname()
    assert loopback.accepted(second).getpeername() == clients[1].getsockname()


def test_wildcard_listener_is_reachable_at_every_local_address(loopback):
    """A server on 0.0.0.0 answers at each local address, one on 127.0.0.1 only there.

    Shows: wildcard-address, wildcard-includes-loopback, loopback-and-wildcard-are-the-same.
    """
    everywhere, here = loopback.listener(WILDCARD), loopback.listener("127.0.0.1")
    for address in ("127.0.0.1", "127.9.8.6"):
        client = loopback.client((address, everywhere.getsockname()[1]))
        assert loopback.accepted(everywhere).getsockname() == client.getpeername()

    loopback.client(here.getsockname())
    with pytest.raises(ConnectionRefusedError):
        loopback.client(("127.9.8.6", here.getsockname()[1]))


def test_wildcard_listener_keeps_a_second_listener_out(loopback):
    """While a socket listens on 0.0.0.0, another is refused its port at 127.0.0.1, but for `SO_REUSEPORT` on both.

    Shows: wildcard-keeps-others-out.
    """
    for option, is_refused in ((socket.SO_REUSEADDR, True), (socket.SO_REUSEPORT, False)):
        first, second = loopback.tcp(), loopback.tcp()
        for made in (first, second):
            made.setsockopt(socket.SOL_SOCKET, option, 1)
        first.bind((WILDCARD, 0))
        first.listen()
        address = ("127.0.0.1", first.getsockname()[1])
        if is_refused:
            with pytest.raises(OSError) as refused:
                second.bind(address)
            assert refused.value.errno == errno.EADDRINUSE
        else:
            second.bind(address)
            second.listen()


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

    Shows: several-listeners-on-one-port, reuseaddr-is-the-same-on-windows.
    """
    first, second = loopback.tcp(), loopback.tcp()
    for made in (first, second):
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    first.bind(("127.0.0.1", 0))
    first.listen()

    with pytest.raises(OSError) as refused:
        second.bind(first.getsockname())
    assert refused.value.errno == errno.EADDRINUSE
