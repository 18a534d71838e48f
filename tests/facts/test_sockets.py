"""What a socket is: facts of the deck, shown on this machine."""

from __future__ import annotations

import errno
import socket
import subprocess
import sys
from contextlib import ExitStack

import pytest

#: The address of an Internet socket that has none yet.
NO_ADDRESS = "0.0.0.0"  # noqa: S104 - read, not bound

TAKE_AND_SPEAK = """
import os, socket, sys
with socket.socket(fileno=int(sys.argv[1])) as taker:
    _, (number,), _, _ = socket.recv_fds(taker, 1, 1)
with socket.socket(fileno=number) as taken:
    taken.sendall(b"%d" % os.getpid())
"""


def test_unix_socket_has_no_port(tmp_path):
    """A Unix-domain socket works without IP address and port: its name is a path, or nothing.

    Shows: unix-socket, socket-vs-port/without-the-other/socket, socket-is-always-ip-and-port,
    socket-without-a-port, which-have-no-port.
    """
    path = str(tmp_path / "s")
    if len(path) > 100:
        pytest.skip("the temporary folder's path is too long for a socket's name")
    left, right = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
    with left, right, socket.socket(socket.AF_UNIX) as listener, socket.socket(socket.AF_UNIX) as client:
        left.sendall(b"no port")
        assert right.recv(16) == b"no port"
        assert left.getsockname() == right.getsockname() == ""

        listener.bind(path)
        listener.listen()
        client.connect(path)
        accepted, _ = listener.accept()
        with accepted:
            assert listener.getsockname() == accepted.getsockname() == client.getpeername() == path


def test_unbound_socket_has_no_port(loopback):
    """A new Internet socket has no port; it gets one when it is bound, here by `listen()`.

    Shows: socket-vs-port/without-the-other/socket, socket-holds-local-address-and-port.
    """
    made = loopback.tcp()

    assert made.getsockname() == (NO_ADDRESS, 0)
    made.listen()
    assert made.getsockname()[1] != 0


def test_raw_socket_shows_its_protocol_number_as_port():
    """In the place of a port, a raw socket's address holds the number of its IP protocol: 1 for ICMP.

    Shows: which-have-no-port.
    """
    try:
        raw = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP)
    except PermissionError:
        pytest.skip("only a program with CAP_NET_RAW may make raw sockets")
    with raw:
        assert raw.getsockname() == (NO_ADDRESS, 1)


def test_new_socket_gets_the_lowest_free_descriptor():
    """A new socket gets the lowest descriptor that is free in its process.

    Shows: socket-vs-port/numbering/socket.
    """
    with ExitStack() as stack:
        first, second, third = (stack.enter_context(socket.socket()) for _ in range(3))
        numbers = sorted([first.fileno(), second.fileno(), third.fileno()])
        assert numbers[0] == first.fileno()
        freed = second.fileno()
        second.close()
        assert stack.enter_context(socket.socket()).fileno() == freed


def test_second_bind_fails_with_einval(loopback):
    """A socket has at most one local port: binding it again fails with EINVAL.

    Shows: socket-vs-port/relation/socket.
    """
    made = loopback.tcp()
    made.bind(("127.0.0.1", 0))

    with pytest.raises(OSError) as refused:
        made.bind(("127.0.0.1", 0))
    assert refused.value.errno == errno.EINVAL


def test_socket_lives_until_its_last_descriptor_is_closed(loopback):
    """Closing one descriptor leaves the socket in use; closing the last one ends it.

    Shows: socket-vs-port/lifetime/socket, close-may-leave-a-socket-open.
    """
    listener = loopback.listener()
    client = loopback.client(listener.getsockname())
    accepted = loopback.accepted(listener)
    other = loopback.keep(accepted.dup())

    accepted.close()
    other.sendall(b"still here")
    assert client.recv(16) == b"still here"
    other.close()
    assert client.recv(16) == b""


def test_descriptor_passes_to_another_process(loopback):
    """A process can hand a connected socket over to another one, which then speaks through it.

    Shows: socket-vs-port/lifetime/socket, descriptors-can-be-passed-on.
    """
    listener = loopback.listener()
    client = loopback.client(listener.getsockname())
    accepted = loopback.accepted(listener)
    giver, taker = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
    with giver, taker:
        other = subprocess.Popen(
            [sys.executable, "-I", "-c", TAKE_AND_SPEAK, str(taker.fileno())], pass_fds=[taker.fileno()]
        )
        socket.send_fds(giver, [b"x"], [accepted.fileno()])
        accepted.close()
        assert client.recv(16) == b"%d" % other.pid
        assert other.wait(timeout=30) == 0


def test_one_udp_socket_serves_two_peers(loopback):
    """One UDP socket receives from two peers and answers each of them.

    Shows: socket-stands-for-one-connection, one-udp-socket-for-two-peers.
    """
    server = loopback.udp()
    server.bind(("127.0.0.1", 0))
    peers = [loopback.udp() for _ in range(2)]
    for number, peer in enumerate(peers):
        peer.sendto(b"%d" % number, server.getsockname())
    for _ in peers:
        message, sender = server.recvfrom(16)
        server.sendto(b"to " + message, sender)

    assert [peer.recv(16) for peer in peers] == [b"to 0", b"to 1"]
