"""Read protobuf messages without their schema (https://protobuf.dev/programming-guides/encoding/)."""

from __future__ import annotations

from typing import NamedTuple

_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5
_MOST_BITS = 63
_UNSIGNED, _SIGNED = 1 << 64, 1 << 63


class Message(NamedTuple):
    """A decoded message: the values of each field by its number, in their order. Later ones win."""

    fields: dict[int, list[int | bytes]]

    def number(self, field: int) -> int:
        """Return a signed 64-bit number, 0 where there is none."""
        value = self.fields.get(field, [0])[-1]
        if not isinstance(value, int):
            raise ValueError(f"field {field} is not a number")  # noqa: TRY004 -- the message is bad, not the call
        return value - _UNSIGNED if value >= _SIGNED else value

    def optional(self, field: int) -> int | None:
        """Return a signed 64-bit number, None where there is none."""
        return self.number(field) if field in self.fields else None

    def content(self, field: int) -> bytes:
        """Return bytes, none where there are none."""
        value = self.fields.get(field, [b""])[-1]
        if not isinstance(value, bytes):
            raise ValueError(f"field {field} is not bytes")  # noqa: TRY004 -- same
        return value

    def text(self, field: int) -> str:
        """Return a text, empty where there is none."""
        return self.content(field).decode()

    def messages(self, field: int) -> list[Message]:
        """Return the messages of a repeated field."""
        values = self.fields.get(field, [])
        return [message(value) for value in values if isinstance(value, bytes)]


def message(content: bytes) -> Message:
    """Decode a message.

    Raises:
        ValueError: if it is cut, or is none.
    """
    fields: dict[int, list[int | bytes]] = {}
    at, end = 0, len(content)
    while at < end:
        tag, at = _varint(content, at)
        number, kind = tag >> 3, tag & 7
        value: int | bytes
        if kind == _VARINT:
            value, at = _varint(content, at)
        elif kind in (_FIXED64, _BYTES, _FIXED32):
            size = 8 if kind == _FIXED64 else 4
            if kind == _BYTES:
                size, at = _varint(content, at)
            if size > end - at:
                raise ValueError("a protobuf message is cut")
            value, at = content[at : at + size], at + size
        else:
            raise ValueError(f"protobuf has no wire type {kind}")
        fields.setdefault(number, []).append(value)
    return Message(fields)


def _varint(content: bytes, at: int) -> tuple[int, int]:
    """Return a number, and where it ends."""
    value = shift = 0
    while True:
        if at >= len(content) or shift > _MOST_BITS:
            raise ValueError("a protobuf number is cut")
        byte = content[at]
        value |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if byte < 0x80:  # noqa: PLR2004 -- the bit that says that more bytes follow
            return value % _UNSIGNED, at
