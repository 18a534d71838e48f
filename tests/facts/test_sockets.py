"""What a socket is: facts of the deck, shown on this machine."""

from __future__ import annotations

import ctypes
import errno
import os
import re
import socket
import stat
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest

from waiting import PATIENCE

#: The address of an Internet socket that has none yet.
NO_ADDRESS = "0.0.0.0"  # noqa: S104 - read, not bound

#: From asm-generic/socket.h; Python has no name for it.
SO_COOKIE = 57

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

    Shows: socket-holds-local-address-and-port.
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

    Shows: socket-vs-port/numbering/socket, file-descriptor.
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
        assert other.wait(timeout=PATIENCE) == 0


def test_socket_and_socketpair_and_accept_make_sockets(loopback):
    """`socket()`, `socketpair()`, `accept()` and `accept4()` return new sockets; the listener stays as it was.

    Shows: accept-returns, socket-vs-port/created-by/socket.
    """
    listener = loopback.listener()
    left, right = map(loopback.keep, socket.socketpair())
    clients = [loopback.client(listener.getsockname()) for _ in range(3)]
    accepted = [loopback.accepted(listener) for _ in clients[1:]]
    number = ctypes.CDLL(None).accept4(listener.fileno(), None, None, socket.SOCK_CLOEXEC)
    accepted.append(loopback.keep(socket.socket(fileno=number)))

    made = [listener, left, right, *clients, *accepted]
    assert len({one.fileno() for one in made}) == len(made)
    assert [one.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN) for one in (listener, *accepted)] == [
        1,
        0,
        0,
        0,
    ]


def test_accept_comes_after_listen_and_bind_before(loopback):
    """`accept()` fails before `listen()`, and `bind()` after it.

    Shows: server-calls-in-order.
    """
    made = loopback.tcp()
    with pytest.raises(OSError) as too_early:
        made.accept()
    assert too_early.value.errno == errno.EINVAL
    made.listen()
    with pytest.raises(OSError) as too_late:
        made.bind(("127.0.0.1", 0))
    assert too_late.value.errno == errno.EINVAL


def test_a_listening_socket_carries_no_data(loopback):
    """Data goes through the accepted socket; on the listener one can neither send nor receive.

    Shows: listening-socket.
    """
    listener = loopback.listener()
    client = loopback.client(listener.getsockname())
    accepted = loopback.accepted(listener)
    client.sendall(b"for the accepted one")

    listener.setblocking(False)
    with pytest.raises(OSError) as refused:
        listener.recv(32)
    assert refused.value.errno == errno.ENOTCONN
    with pytest.raises(BrokenPipeError):
        listener.send(b"x")
    assert accepted.recv(32) == b"for the accepted one"


def test_types_of_socket_mean_protocols(loopback):
    """An IPv4 socket of the type stream speaks TCP, and one of the type datagram UDP.

    Shows: socket-types-differ-in-protocol.
    """
    made = [loopback.tcp(), loopback.udp()]

    assert [one.getsockopt(socket.SOL_SOCKET, socket.SO_PROTOCOL) for one in made] == [
        socket.IPPROTO_TCP,
        socket.IPPROTO_UDP,
    ]


def test_streams_have_no_messages_and_datagrams_have(loopback):
    """A TCP stream carries bytes in both directions and keeps no messages apart; UDP keeps them apart.

    Shows: tcp, socket-is-two-way-communication.
    """
    listener = loopback.listener()
    client = loopback.client(listener.getsockname())
    accepted = loopback.accepted(listener)
    for piece in (b"one ", b"two"):
        client.sendall(piece)
        accepted.sendall(piece.upper())
    assert accepted.recv(7, socket.MSG_WAITALL) == b"one two"
    assert client.recv(7, socket.MSG_WAITALL) == b"ONE TWO"

    receiver = loopback.udp()
    receiver.bind(("127.0.0.1", 0))
    for message in (b"one ", b"two"):
        loopback.udp().sendto(message, receiver.getsockname())
    assert [receiver.recv(16) for _ in range(2)] == [b"one ", b"two"]


def test_one_recv_gets_what_two_sends_sent(loopback):
    """One `recv()` returns the bytes of two `send()` calls, or a part of them: TCP marks no messages.

    Shows: tcp-keeps-messages-apart, sctp-keeps-messages-apart.
    """
    listener = loopback.listener()
    client = loopback.client(listener.getsockname())
    accepted = loopback.accepted(listener)
    for _ in range(2):
        for piece in (b"one ", b"two"):
            client.sendall(piece)
        assert accepted.recv(7, socket.MSG_PEEK | socket.MSG_WAITALL) == b"one two"
        assert accepted.recv(5) + accepted.recv(16) == b"one two"
    client.sendall(b"one ")
    client.sendall(b"two")
    assert accepted.recv(7, socket.MSG_PEEK | socket.MSG_WAITALL) == b"one two"
    assert accepted.recv(16) == b"one two"


def test_empty_datagram_arrives(loopback):
    """A datagram without data arrives, with its sender, and the next one is not joined to it.

    Shows: empty-datagrams-arrive.
    """
    receiver, sender = loopback.udp(), loopback.udp()
    for made in (receiver, sender):
        made.bind(("127.0.0.1", 0))
    for message in (b"", b"next"):
        sender.sendto(message, receiver.getsockname())

    assert [receiver.recvfrom(16) for _ in range(2)] == [
        (b"", sender.getsockname()),
        (b"next", sender.getsockname()),
    ]


def test_connected_udp_socket_hears_one_peer(loopback):
    """A UDP socket that is connected receives from its peer, and not what another socket sends to it.

    Shows: connected-udp-hears-one-peer.
    """
    made, peer, stranger = (loopback.udp() for _ in range(3))
    for each in (made, peer, stranger):
        each.bind(("127.0.0.1", 0))
    made.connect(peer.getsockname())
    stranger.sendto(b"from a stranger", made.getsockname())
    peer.sendto(b"from the peer", made.getsockname())

    assert made.recv(32) == b"from the peer"
    made.setblocking(False)
    with pytest.raises(BlockingIOError):
        made.recv(32)


def test_socket_has_an_inode_and_a_cookie(loopback):
    """Linux gives each socket an inode number, other for each, and a cookie.

    Shows: sockets-have-inode-numbers, socket-vs-port/numbering/socket.
    """
    made = [loopback.tcp(), loopback.udp(), *map(loopback.keep, socket.socketpair())]
    links = [str(Path(f"/proc/self/fd/{each.fileno()}").readlink()) for each in made]
    numbers = [re.fullmatch(r"socket:\[(\d+)\]", link)[1] for link in links]

    assert numbers == [str(os.fstat(each.fileno()).st_ino) for each in made]
    assert len(set(numbers)) == len(made)
    cookies = {each.getsockopt(socket.SOL_SOCKET, SO_COOKIE, 8) for each in made}
    assert len(cookies) == len(made)


def test_unix_socket_leaves_its_file_behind(tmp_path):
    """The file of a Unix-domain socket stays when the socket is closed, and keeps the next one out.

    Shows: socket-files-stay.
    """
    path = tmp_path / "s"
    if len(str(path)) > 100:
        pytest.skip("the temporary folder's path is too long for a socket's name")
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(str(path))
    assert stat.S_ISSOCK(path.stat().st_mode)

    with socket.socket(socket.AF_UNIX) as again:
        with pytest.raises(OSError) as refused:
            again.bind(str(path))
        assert refused.value.errno == errno.EADDRINUSE
        path.unlink()
        again.bind(str(path))


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
