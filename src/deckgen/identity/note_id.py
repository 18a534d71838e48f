"""Assign note ids: numbers that look like the time of their first build, in milliseconds."""

from __future__ import annotations

from hashlib import blake2b
from operator import attrgetter
from typing import TYPE_CHECKING

import msgspec

from deckgen.identity.lock import NUMBER_LIMIT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from deckgen.identity.lock import LockedNote

#: A note that has no id yet.
NO_ID = 0
#: Ids are spread over the day before the build, so that two branches rarely choose the same one.
SPREAD_MS = 86_400_000


def allot(notes: Iterable[LockedNote], now: int) -> dict[str, LockedNote]:
    """Assign an id to each note that has none, and another to the later of two that have the same.

    `now` is in seconds. Returns all notes by the ids of their items, sorted. Anki reads a note's
    id as the time when it was made, and an id of 0 makes Anki panic.
    """
    taken: set[int] = set()
    ordered = {note.id: note for note in sorted(notes, key=attrgetter("id"))}
    homeless = []
    for note in ordered.values():
        if note.nid in taken or note.nid == NO_ID:
            homeless.append(note)
        else:
            taken.add(note.nid)
    latest = min(max(now * 1000, SPREAD_MS), NUMBER_LIMIT - 1)
    for note in homeless:
        nid = _free(latest - _spread(note.guid), taken)
        taken.add(nid)
        ordered[note.id] = msgspec.structs.replace(note, nid=nid)
    return ordered


def _free(nid: int, taken: set[int]) -> int:
    """Return the first free number from `nid` down, or up if there is none."""
    down = nid
    while down in taken:
        down -= 1
    if down > NO_ID:
        return down
    while nid in taken:
        nid += 1
    return nid


def _spread(guid: str) -> int:
    return int.from_bytes(blake2b(guid.encode(), digest_size=8).digest(), "big") % SPREAD_MS
