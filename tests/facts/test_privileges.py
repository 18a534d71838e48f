"""Low ports and who may bind them: facts of the deck, shown on this machine."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from waiting import PATIENCE

UNPRIVILEGED_FROM = Path("/proc/sys/net/ipv4/ip_unprivileged_port_start")
#: The numbers of the capabilities, from linux/capability.h.
CAP_NET_BIND_SERVICE, CAP_NET_RAW = 10, 13
#: A network of its own, with all rights over it, for a program of any user.
OWN_NETWORK = ("unshare", "--user", "--map-root-user", "--net")
#: A user namespace has no rights over the network it is in, which an outer namespace owns.
NO_RIGHTS = ("unshare", "--user")

LOOPBACK_UP = """
import fcntl, socket, struct
with socket.socket() as any_socket:
    fcntl.ioctl(any_socket, 0x8914, struct.pack("16sH14x", b"lo", 1))  # SIOCSIFFLAGS, IFF_UP
"""
#: All of 127.0.0.0/8 is this machine; on an address off the beaten track the port is free.
PLAIN_BYTE = """
import socket
with socket.create_server(("127.4.4.3", 443)) as listener, socket.socket() as client:
    client.settimeout(240)
    client.connect(("127.4.4.3", 443))
    accepted, _ = listener.accept()
    with accepted:
        client.sendall(b"\\x07")
        print(client.getpeername()[1], accepted.recv(16))
"""
WEB_PAGE = """
import http.client, http.server, threading
class Page(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"a page")
    def log_message(self, *_): pass
with http.server.HTTPServer(("127.4.4.3", 53), Page) as server:
    threading.Thread(target=server.handle_request, daemon=True).start()
    client = http.client.HTTPConnection("127.4.4.3", 53, timeout=240)
    client.request("GET", "/")
    response = client.getresponse()
    print(response.status, response.read().decode())
"""
RAW_AND_PACKET = """
import socket
for family, protocol in ((socket.AF_INET, socket.IPPROTO_ICMP), (socket.AF_PACKET, 0)):
    try:
        socket.socket(family, socket.SOCK_RAW, protocol).close()
    except OSError as error:
        print(type(error).__name__)
    else:
        print("made")
"""
BIND = """
import socket, sys
try:
    with socket.socket() as made:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        made.bind(("127.4.4.3", int(sys.argv[1])))
except OSError as error:
    print(type(error).__name__)
else:
    print("bound")
"""
MOVE_THRESHOLD = """
import pathlib, subprocess, sys
pathlib.Path(sys.argv[1]).write_text("80")
for port in ("80", "79"):
    subprocess.run(["unshare", "--user", sys.executable, "-I", "-c", sys.argv[2], port], check=True)
"""


def test_plain_bytes_cross_port_443():
    """A byte sent to port 443 arrives as it was sent: the number encrypts nothing.

    Shows: port-443-encrypts, plain-text-to-port-443.
    """
    output = _output_on_low_port(443, PLAIN_BYTE)
    assert output == ["443 b'\\x07'"]


def test_web_server_runs_on_port_53():
    """A client that is told the port gets a page from a web server on port 53, the port of DNS.

    Shows: web-server-may-run-on-port-53, port-number-proves-the-service.
    """
    assert _output_on_low_port(53, WEB_PAGE) == ["200 a page"]


def test_ordinary_user_may_not_bind_port_80():
    """With Linux's default setting, a program without privileges is refused port 80.

    Shows: ordinary-user-binds-port-80.
    """
    if int(UNPRIVILEGED_FROM.read_text()) <= 80:
        pytest.skip("this system is set to let everybody bind port 80")
    if not _may_bind(80):
        output = _output(BIND, "80")
    elif _works(*NO_RIGHTS, "true"):
        output = _output(BIND, "80", before=NO_RIGHTS)
    else:
        pytest.skip("this program may bind low ports and cannot give up the right")
    assert output == ["PermissionError"]


def test_threshold_of_privileged_ports_can_be_moved():
    """Where the threshold is moved to 80, a program without privileges binds port 80, and not port 79.

    Shows: low-ports-need-root-everywhere.
    """
    if not _works(*OWN_NETWORK, *NO_RIGHTS, "true"):
        pytest.skip("a network namespace is not allowed here")
    output = _output(LOOPBACK_UP + MOVE_THRESHOLD, str(UNPRIVILEGED_FROM), BIND, before=OWN_NETWORK)
    assert output == ["bound", "PermissionError"]


def test_raw_and_packet_sockets_need_privileges():
    """A program without privileges may make neither raw nor packet sockets.

    Shows: packet-socket, raw-socket.
    """
    if not _has(CAP_NET_RAW):
        output = _output(RAW_AND_PACKET)
    elif _works(*NO_RIGHTS, "true"):
        output = _output(RAW_AND_PACKET, before=NO_RIGHTS)
    else:
        pytest.skip("this program may make raw sockets and cannot give up the right")
    assert output == ["PermissionError", "PermissionError"]


def _output_on_low_port(port: int, code: str) -> list[str]:
    """Run `code` where it may bind `port`: here, or in a network of its own."""
    if _may_bind(port):
        return _output(code)
    if _works(*OWN_NETWORK, "true"):
        return _output(LOOPBACK_UP + code, before=OWN_NETWORK)
    pytest.skip("neither low ports nor a network namespace are allowed here")


def _output(code: str, *arguments: str, before: tuple[str, ...] = ()) -> list[str]:
    """Run `code` in a Python of its own and return the lines it printed."""
    done = subprocess.run(
        [*before, sys.executable, "-I", "-c", code, *arguments],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def _may_bind(port: int) -> bool:
    return _has(CAP_NET_BIND_SERVICE) or int(UNPRIVILEGED_FROM.read_text()) <= port


def _has(capability: int) -> bool:
    status = Path("/proc/self/status").read_text().splitlines()
    capabilities = next(int(line.split()[1], 16) for line in status if line.startswith("CapEff:"))
    return bool(capabilities >> capability & 1)


def _works(*command: str) -> bool:
    try:
        return subprocess.run(command, capture_output=True, timeout=PATIENCE, check=False).returncode == 0
    except FileNotFoundError:
        return False
