"""What targets make: outputs by name, each with a key and a way to make it."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b
from typing import Any, NewType

import msgspec

#: A digest of all that a maker reads: the same key, the same bytes.
Key = NewType("Key", bytes)
_KEY_BYTES = 16


class Output(msgspec.Struct, frozen=True, kw_only=True):
    """A file below the output folder."""

    #: Relative to the output folder, with `/`.
    name: str
    #: Of all that `make` reads, apart from what it is given.
    key: Key
    #: Gets the bytes of the output `of`, none where there is no such; runs in any process.
    make: Callable[[bytes], bytes]
    #: Name of the output that it is made from: a PDF from its page.
    of: str = ""
    #: Name of the output that it is a copy of; nothing is made.
    copy_of: str = ""
    #: Whether it is made where it is missing or stale. Otherwise it is kept while it is fresh.
    wanted: bool = True
    #: Milliseconds that it takes, roughly: long ones are started first.
    cost: float = 5
    #: What a person calls it, and what it belongs to; empty where it is not for looking at.
    title: str = ""
    group: str = ""


def key(*values: object) -> Key:
    """Return the digest of values: plain ones, tuples, lists, dicts and structs of them.

    Raises:
        TypeError: if a value is of another type, whose bytes nobody knows.
    """
    return Key(digest(_ENCODER.encode(values)))


def digest(content: bytes) -> bytes:
    """Return the digest of some bytes."""
    return blake2b(content, digest_size=_KEY_BYTES).digest()


def output(name: str, make: Callable[[Any], bytes], view: Any, *more: object, **settings: Any) -> Output:
    """Return an output whose maker gets one value, of which the key is made too: the two cannot drift apart.

    `more` is what the maker has besides and `view` does not hold, by its digests: templates, pictures.
    """
    made_by = f"{make.__module__}.{make.__qualname__}"
    return Output(name=name, key=key(made_by, view, *more), make=lambda _bytes: make(view), **settings)


def _refuse(value: object) -> Any:
    raise TypeError(f"a key cannot be made of a {type(value).__name__}")


_ENCODER = msgspec.msgpack.Encoder(enc_hook=_refuse, order="deterministic")
