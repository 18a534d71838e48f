"""What the tools of Linux show of sockets and ports: facts of the deck, shown on this machine."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess

import pytest

from waiting import PATIENCE


def _output(*command: str) -> str:
    if not shutil.which(command[0]):
        pytest.skip(f"{command[0]} is not installed here")
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    if done.returncode:
        pytest.skip(f"{command[0]} does not work here: {done.stderr.strip()[:200]}")
    return done.stdout


def test_ss_finds_the_listener_by_its_port(loopback, tmp_path):
    """`ss -tlnp` with a port shows who listens on it; `-u` adds UDP, `-x` shows Unix-domain sockets.

    Shows: ss-options, socket-vs-port/inspect/socket, socket-vs-port/inspect/port, listening-socket.
    """
    listener = loopback.listener()
    port = listener.getsockname()[1]
    client = loopback.client(listener.getsockname())
    datagrams = loopback.udp()
    datagrams.bind(("127.0.0.1", 0))

    (line,) = _output("ss", "-H", "-tlnp", f"sport = :{port}").splitlines()
    assert line.startswith("LISTEN")
    assert f"127.0.0.1:{port}" in line
    assert f"pid={os.getpid()}," in line

    everything = _output("ss", "-H", "-tulpn")
    assert f"127.0.0.1:{port} " in everything
    assert f"127.0.0.1:{datagrams.getsockname()[1]} " in everything
    # Only sockets that listen: not the client's, which is connected.
    assert f"127.0.0.1:{client.getsockname()[1]} " not in everything

    path = str(tmp_path / "s")
    if len(path) > 100:
        pytest.skip("the temporary folder's path is too long for a socket's name")
    with socket.socket(socket.AF_UNIX) as local:
        local.bind(path)
        local.listen()
        assert path in _output("ss", "-H", "-xl")


def test_lsof_finds_local_and_remote_uses_of_a_port(loopback):
    """`lsof -i` with a port shows who has it, and also who is connected to it at the other end.

    Shows: socket-vs-port/inspect/port.
    """
    listener = loopback.listener()
    port = listener.getsockname()[1]
    loopback.client(listener.getsockname())
    loopback.accepted(listener)

    lines = _output("lsof", "-n", "-P", "-a", "-p", str(os.getpid()), "-i", f":{port}").splitlines()
    assert len([line for line in lines if line.endswith("(LISTEN)")]) == 1
    assert len([line for line in lines if f":{port}->" in line]) == 1
    assert len([line for line in lines if line.endswith(f":{port} (ESTABLISHED)")]) == 1
