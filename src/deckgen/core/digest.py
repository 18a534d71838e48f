"""Digests of items: keys for what is made of them."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from deckgen.core.item import Item

_BYTES = 16


def item_digest(item: Item) -> bytes:
    """Return 128 bits that are another for every other item: of all that it is, whatever a target reads of it."""
    whole = msgspec.msgpack.encode((item.kind, item))
    return blake2b(whole, digest_size=_BYTES).digest()
