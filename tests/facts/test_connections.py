"""What tells connections apart, and how many there can be: facts of the deck, shown on this machine."""

from __future__ import annotations

import errno
import resource
import socket
import subprocess
import sys
from contextlib import ExitStack, contextmanager

import pytest

from waiting import PATIENCE

#: Descriptors that a process has open for other things.
SPARE_DESCRIPTORS = 200
#: Linux 4.2 and newer; Python has no name for it before 3.12.
IP_BIND_ADDRESS_NO_PORT = 24

#: The number of the state, from Linux's net/tcp_states.h.
TCP_ESTABLISHED = 1

#: Each worker has a client address of its own, so that none runs out of ephemeral ports.
CONNECT_AND_ACCEPT = """
import socket, sys
listener = socket.socket(fileno=int(sys.argv[1]))
clients, accepted = [], []
for _ in range(int(sys.argv[3])):
    client = socket.socket()
    client.bind((sys.argv[2], 0))
    client.connect(listener.getsockname())
    clients.append(client)
    accepted.append(listener.accept()[0])
print(sum(one.getsockname() == listener.getsockname() for one in accepted), flush=True)
sys.stdin.read()
"""


def test_accepted_sockets_keep_the_listeners_port(loopback):
    """Each accepted socket has the local port of the listener; what differs is the remote end.

    Shows: accept-moves-to-a-new-port, port-of-the-accepted-socket, socket-is-located-at-a-port,
    socket-vs-port/relation/socket, socket-vs-port/examples/socket, socket-holds-local-address-and-port.
    """
    listener = loopback.listener()
    clients = [loopback.client(listener.getsockname()) for _ in range(3)]
    accepted = [loopback.accepted(listener) for _ in clients]

    assert {one.getsockname() for one in accepted} == {listener.getsockname()}
    assert {one.getpeername() for one in accepted} == {one.getsockname() for one in clients}
    assert len({one.fileno() for one in [listener, *accepted]}) == 4


def test_connections_of_one_client_differ_in_its_port(loopback):
    """Two connections from one address to one server differ in the client's port and in nothing else.

    Shows: telling-two-connections-apart.
    """
    listener = loopback.listener()
    one, other = (loopback.client(listener.getsockname()) for _ in range(2))

    assert one.getpeername() == other.getpeername()
    assert one.getsockname()[0] == other.getsockname()[0]
    assert one.getsockname()[1] != other.getsockname()[1]


def test_client_binds_a_port_of_its_own_choice(loopback):
    """A client that binds a port before it connects has that port in its connection.

    Shows: clients-can-bind-too.
    """
    listener = loopback.listener()
    client, own = loopback.tcp(), ("127.5.4.3", listener.getsockname()[1])
    client.bind(own)
    client.connect(listener.getsockname())

    assert loopback.accepted(listener).getpeername() == client.getsockname() == own


def test_connections_are_established_before_accept(loopback):
    """A connection is there, and takes data, though the server has not called `accept()` yet.

    Shows: handshake-comes-before-accept.
    """
    listener = loopback.listener()
    client = loopback.client(listener.getsockname())
    client.sendall(b"early")

    assert client.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 1) == bytes([TCP_ESTABLISHED])
    assert loopback.accepted(listener).recv(16) == b"early"


def test_five_destinations_share_one_client_port(loopback):
    """Connections to five destinations have the same client address and port at the same time.

    Shows: client-opens-65535-connections, one-client-port-for-several-connections.
    """
    listeners = [loopback.listener(f"127.0.0.{number}") for number in range(1, 6)]
    first = _client_without_own_port(loopback, 0)
    first.connect(listeners[0].getsockname())
    port = first.getsockname()[1]
    clients = [first]
    for listener in listeners[1:]:
        client = _client_without_own_port(loopback, port)
        client.connect(listener.getsockname())
        clients.append(client)
    accepted = [loopback.accepted(listener) for listener in listeners]

    assert {one.getsockname() for one in clients} == {("127.0.0.1", port)}
    for number, (client, server) in enumerate(zip(clients, accepted, strict=True)):
        client.sendall(b"%d" % number)
        assert server.recv(16) == b"%d" % number


def test_one_pair_of_addresses_is_one_connection(loopback):
    """A second connection between the same two addresses and ports is refused while the first one lives.

    Shows: connection, five-tuple.
    """
    listener = loopback.listener()
    first = _client_without_own_port(loopback, 0)
    first.connect(listener.getsockname())
    second = _client_without_own_port(loopback, first.getsockname()[1])

    with pytest.raises(OSError) as refused:
        second.connect(listener.getsockname())
    assert refused.value.errno == errno.EADDRNOTAVAIL


def _client_without_own_port(loopback, port: int) -> socket.socket:
    """Return a TCP socket bound to 127.0.0.1 and `port` that does not claim the port for itself."""
    made = loopback.tcp()
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    made.setsockopt(socket.IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, 1)
    made.bind(("127.0.0.1", port))
    return made


def test_backlog_does_not_limit_accepted_connections(loopback):
    """A listener with a queue of one place holds ten connections, for each that is accepted leaves the queue.

    Shows: limit-of-a-servers-connections.
    """
    listener = loopback.tcp()
    listener.bind(("127.0.0.1", 0))
    listener.listen(1)
    clients, accepted = [], []
    for _ in range(10):
        clients.append(loopback.client(listener.getsockname()))
        accepted.append(loopback.accepted(listener))

    for client, server in zip(clients, accepted, strict=True):
        client.sendall(b"here")
        assert server.recv(16) == b"here"


def test_thousands_of_connections_on_one_listening_port():
    """One listening port holds thousands of connections at once, and they are closed in a moment.

    Shows: sockets-wear-out, socket-vs-port/analogy/socket.
    """
    with _descriptors(2 * 3_000 + SPARE_DESCRIPTORS) as allowed:
        count = min(3_000, (allowed - SPARE_DESCRIPTORS) // 2)
        if count < 1_000:
            pytest.skip(f"a process may open only {allowed} descriptors here")
        assert _held_at_once(count, processes=1) == count


@pytest.mark.long
def test_70000_connections_on_one_listening_port():
    """One listening port holds 70,000 connections at once: more than there are port numbers.

    Shows: server-holds-65535-connections, limit-of-a-servers-connections, socket-vs-port/how-many/socket.
    """
    processes = 8
    with _descriptors(2 * 70_000 // processes + SPARE_DESCRIPTORS) as allowed:
        if allowed < 2 * 70_000 // processes + SPARE_DESCRIPTORS:
            pytest.skip(f"a process may open only {allowed} descriptors here")
        assert _held_at_once(70_000, processes) == 70_000


@contextmanager
def _descriptors(wanted: int):
    """Allow each process `wanted` descriptors, or as many as it may have; give that number."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    allowed = max(soft, wanted if hard == resource.RLIM_INFINITY else min(wanted, hard))
    resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, hard))
    try:
        yield allowed
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def _held_at_once(count: int, processes: int) -> int:
    """Open `count` connections to one port and return how many the server holds when all are open.

    Each process opens its part and accepts as many, from the one listener that all of them share.
    """
    with ExitStack() as stack:
        listener = stack.enter_context(socket.create_server(("127.0.0.1", 0), backlog=128))
        workers = []
        for number in range(1, processes + 1):
            arguments = (str(listener.fileno()), f"127.0.1.{number}", str(count // processes))
            worker = subprocess.Popen(
                [sys.executable, "-I", "-c", CONNECT_AND_ACCEPT, *arguments],
                pass_fds=[listener.fileno()],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
            )
            workers.append(stack.enter_context(worker))
        held = [int(worker.stdout.readline()) for worker in workers]
        # Only now does any of them close its connections.
        for worker in workers:
            worker.communicate(timeout=PATIENCE)
        return sum(held)
