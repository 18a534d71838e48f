"""Raw and packet sockets, for which there are no ports: facts of the deck, shown on this machine."""

from __future__ import annotations

import os
import socket
import struct
from pathlib import Path

import pytest

ECHO_REPLY, ECHO_REQUEST = 0, 8
#: From linux/if_ether.h; Python has no name for it before 3.12.
ETH_P_IP = 0x0800
IGNORES_ECHO = Path("/proc/sys/net/ipv4/icmp_echo_ignore_all")


def test_raw_socket_receives_the_ip_header(loopback):
    """What a raw socket receives begins with an IPv4 header, which names the protocol and the addresses.

    Shows: raw-socket, raw-sockets-receive-ip-headers.
    """
    raw = _raw(loopback)
    raw.sendto(_echo(1, b"with its header"), ("127.0.0.1", 0))
    packet = _received(raw, b"with its header")

    assert packet[0] >> 4 == 4
    assert packet[9] == socket.IPPROTO_ICMP
    assert packet[12:20] == socket.inet_aton("127.0.0.1") * 2


def test_echo_reply_repeats_identifier_and_sequence_number(loopback):
    """The reply to a ping has the type 0, and identifier and sequence number of the request.

    Shows: port-of-a-ping.
    """
    if IGNORES_ECHO.read_text().strip() != "0":
        pytest.skip("this system does not answer pings")
    raw = _raw(loopback)
    raw.sendto(_echo(7, b"and back again"), ("127.0.0.1", 0))
    reply = _received(raw, b"and back again", type_=ECHO_REPLY)

    assert struct.unpack("!HH", reply[24:28]) == (_identifier(), 7)


def test_packet_socket_receives_frames_with_their_ip_headers(loopback):
    """A packet socket receives the frame of a UDP datagram whole: link header, IP header, ports and data.

    Shows: packet-socket.
    """
    try:
        packets = loopback.keep(socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(ETH_P_IP)))
        packets.bind(("lo", ETH_P_IP))
    except OSError as error:
        pytest.skip(f"a packet socket cannot be made here: {error}")
    receiver, sender = loopback.udp(), loopback.udp()
    for made in (receiver, sender):
        made.bind(("127.0.0.1", 0))
    data = b"seen below IP " + os.urandom(8)
    sender.sendto(data, receiver.getsockname())
    frame = packets.recv(65535)
    while not frame.endswith(data):
        frame = packets.recv(65535)

    assert struct.unpack("!H", frame[12:14]) == (ETH_P_IP,)
    assert frame[14] >> 4 == 4
    assert frame[23] == socket.IPPROTO_UDP
    assert struct.unpack("!HH", frame[34:38]) == (sender.getsockname()[1], receiver.getsockname()[1])
    assert receiver.recv(64) == data


def _raw(loopback) -> socket.socket:
    try:
        return loopback.keep(socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP))
    except PermissionError:
        pytest.skip("only a program with CAP_NET_RAW may make raw sockets")


def _identifier() -> int:
    return os.getpid() & 0xFFFF


def _echo(number: int, data: bytes) -> bytes:
    """Return an echo request (RFC 792) with its checksum (RFC 1071)."""
    head = struct.pack("!BBHHH", ECHO_REQUEST, 0, 0, _identifier(), number)
    whole = head + data + b"\0" * (len(data) % 2)
    total = sum(struct.unpack(f"!{len(whole) // 2}H", whole))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return head[:2] + struct.pack("!H", ~total & 0xFFFF) + head[4:] + data


def _received(raw: socket.socket, data: bytes, type_: int = ECHO_REQUEST) -> bytes:
    """Return the packet with this type and this data; other ICMP messages of the machine come in as well."""
    while True:
        packet = raw.recv(65535)
        if packet.endswith(data) and packet[20] == type_:
            return packet
