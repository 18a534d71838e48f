"""What a lock says that a project must not change: places of fields and cards, adopted note types, names of media."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from deckgen.adopted import AdoptedType
from deckgen.identity.lock import Lock
from deckgen.identity.lock_reader import parse
from deckgen.identity.schema import Schema


class Frozen(msgspec.Struct, frozen=True, kw_only=True):
    """What learners have besides notes."""

    #: Schemas of note types by kind.
    schemas: Mapping[str, Schema] = msgspec.field(default_factory=dict)
    #: Note types that were taken over, by kind.
    types: Mapping[str, AdoptedType] = msgspec.field(default_factory=dict)
    #: Hashes of the media that were taken over, by their names in Anki.
    media: Mapping[str, str] = msgspec.field(default_factory=dict)


def frozen_of(lock: Lock) -> Frozen:
    """Return what a lock says besides its notes and stamps."""
    return Frozen(
        schemas={each.key: each.schema for each in lock.schemas},
        types={each.key: each.type for each in lock.adopted},
        media={each.name: each.hash for each in lock.media},
    )


def frozen_in(text: str) -> Frozen:
    """Return what the text of a lock says besides its notes and stamps; nothing if the lock is damaged."""
    if not any(f"\n{kind} " in text for kind in ("schema", "adopted", "media")):
        return Frozen()
    lock = parse(text)
    return frozen_of(lock) if isinstance(lock, Lock) else Frozen()
