"""Digests of items: keys for what is made of them."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from deckgen.core.item import Item

_BYTES = 16


def item_digest(item: Item) -> bytes:
    """Return a 128-bit digest of everything in an item."""
    whole = msgspec.msgpack.encode((item.kind, item))
    return blake2b(whole, digest_size=_BYTES).digest()
