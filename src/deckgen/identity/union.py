"""Fold lines that speak of the same thing, as a union merge of two branches leaves them."""

from __future__ import annotations

from typing import TypeVar

import msgspec

from deckgen.identity.lock import UNKNOWN_HASH, LockedNote, LockedType, Release, Retirement

_Stamped = TypeVar("_Stamped", LockedNote, LockedType)


def fold_notes(one: LockedNote, other: LockedNote) -> LockedNote:
    """Fold two lines of one note: the later stamp wins, in whichever order they come.

    With the same stamp and different content nobody can say which a learner has: the hash becomes
    `UNKNOWN_HASH`, so that the next stamp moves.
    """
    return _fold(one, other, min(one, other, key=_order))


def fold_types(one: LockedType, other: LockedType) -> LockedType:
    """Fold two lines of one note type, by the same rule."""
    return _fold(one, other, one)


def fold_releases(one: Release, other: Release) -> Release:
    """Fold two releases: the later count wins."""
    return max(one, other, key=lambda release: (release.count, release.version))


def _fold(one: _Stamped, other: _Stamped, even: _Stamped) -> _Stamped:
    if one.mod != other.mod:
        return one if one.mod > other.mod else other
    if one.content_hash != other.content_hash:
        return msgspec.structs.replace(even, content_hash=UNKNOWN_HASH)
    return even


def _order(note: LockedNote) -> tuple[object, ...]:
    """Order lines of one stamp: first what is still emitted; beyond that, any fixed order will do."""
    state = note.state
    if isinstance(state, Retirement):
        emitted: tuple[object, ...] = (1, state.since, state.fields, state.tags)
    else:
        emitted = (0,) if state == "live" else (2,)
    return (*emitted, note.guid, note.nid, note.note_type, note.deck, note.id)
