"""Outputs of targets: each has a name, a key, and a way to make it."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b, file_digest
from pathlib import Path
from typing import Any, NewType

import msgspec

#: A digest of everything that a maker reads: with the same key it makes the same bytes.
Key = NewType("Key", bytes)
_KEY_BYTES = 16


class Output(msgspec.Struct, frozen=True, kw_only=True):
    """A file below the output folder."""

    #: Relative to the output folder, with `/`.
    name: str
    #: Digest of everything that `make` reads, apart from its argument.
    key: Key
    #: Gets the bytes of the output `of`, or none without one; runs in any process. A large output may be a new file, on
    #: the disk of the output folder.
    make: Callable[[bytes], bytes | Path]
    #: Name of the output that it is made from, such as the page of a PDF.
    of: str = ""
    #: Name of the output that it is a copy of; then nothing is made.
    copy_of: str = ""
    #: Whether to make it if it is missing or stale. Otherwise it is only kept while it is fresh.
    wanted: bool = True
    #: Estimated milliseconds to make it: long ones start first.
    cost: float = 5
    #: Its title for people, and that of its group; empty if it is not to be looked at.
    title: str = ""
    group: str = ""

    def in_memory(self, of: bytes = b"") -> bytes:
        """Make it as bytes."""
        made = self.make(of)
        return made if isinstance(made, bytes) else made.read_bytes()


def key(*values: object) -> Key:
    """Return the digest of values: plain ones, tuples, lists, dicts and structs of them.

    Raises:
        TypeError: if a value has another type, which cannot be encoded.
    """
    return Key(digest(_ENCODER.encode(values)))


def digest(content: bytes | Path) -> bytes:
    """Return the digest of some bytes, or of those of a file.

    Raises:
        OSError: if the file cannot be read.
    """
    if isinstance(content, bytes):
        return blake2b(content, digest_size=_KEY_BYTES).digest()
    with content.open("rb") as stream:
        return file_digest(stream, lambda: blake2b(digest_size=_KEY_BYTES)).digest()


def output(name: str, make: Callable[[Any], bytes], view: Any, *more: object, **settings: Any) -> Output:
    """Return an output whose maker gets one value, from which the key is made too, so that the two cannot drift apart.

    `more` are digests of what else the maker reads: templates, pictures.
    """
    made_by = f"{make.__module__}.{make.__qualname__}"
    return Output(name=name, key=key(made_by, view, *more), make=lambda _bytes: make(view), **settings)


def _refuse(value: object) -> Any:
    raise TypeError(f"a key cannot be made of a {type(value).__name__}")


_ENCODER = msgspec.msgpack.Encoder(enc_hook=_refuse, order="deterministic")
