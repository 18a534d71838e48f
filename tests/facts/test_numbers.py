"""Arithmetic and assignments: the deck's numbers against the machine's own."""

from __future__ import annotations

import socket
import tomllib
from pathlib import Path
from typing import Any

import pytest

CARDS = Path(__file__).resolve().parents[2] / "cards"


def _networking(stem: str) -> dict[str, Any]:
    return tomllib.loads((CARDS / "networking" / f"{stem}.toml").read_text("utf-8"))


def _question(id_: str) -> dict[str, Any]:
    return next(question for question in _networking("questions")["question"] if question["id"] == id_)


def test_sixteen_bits_make_65536_values(loopback):
    """A port number of 16 bits has 65,536 values; 65,535 is the highest one that the system takes.

    Shows: values-of-a-port-number.
    """
    assert _question("values-of-a-port-number")["answer"] == 2**16
    with pytest.raises(OverflowError):
        loopback.udp().bind(("127.0.0.1", 2**16))
    highest = loopback.udp()
    highest.bind(("127.6.5.5", 2**16 - 1))
    assert highest.getsockname()[1] == 65535


def test_linux_default_range_has_28232_ports():
    """The default range of Linux, both ends included, has 28,232 ports.

    Shows: ports-in-linux-ephemeral-range.
    """
    assert _question("ports-in-linux-ephemeral-range")["answer"] == len(range(32768, 60999 + 1)) == 28232


def test_service_names_have_the_ports_of_the_deck():
    """The system's list of services has the port numbers that the deck teaches.

    Shows: services-and-ports, socket-vs-port/examples/port, mail-and-databases-and-ports,
    mail-and-dns-have-ports-too.
    """
    try:
        socket.getservbyname("http", "tcp")
    except OSError:
        pytest.skip("this system has no list of services (/etc/services)")
    questions = [_question(id_) for id_ in ("services-and-ports", "mail-and-databases-and-ports")]
    taught = {name: int(port) for question in questions for name, port in question["pairs"]}
    (table,) = _networking("sockets-and-ports")["comparison"]
    examples = next(row["port"] for row in table["row"] if row["id"] == "examples")

    assert {name: socket.getservbyname(name, "tcp") for name in taught} == taught
    assert {*examples.split(", ")} < {f"{port} {name}" for name, port in taught.items()}
