"""Merge lines about the same thing, which a union merge of two branches leaves side by side."""

from __future__ import annotations

import msgspec

from deckgen.identity.lock import UNKNOWN_HASH, LockedNote, LockedType, Release, Retirement


def fold_notes(one: LockedNote, other: LockedNote) -> LockedNote:
    """Merge two lines of one note: the later stamp wins, in either order.

    With the same stamp and different HTML, it is not known which one a learner has: the hashes become
    `UNKNOWN_HASH`, so that the note gets a new stamp.
    """
    if one.mod != other.mod:
        return one if one.mod > other.mod else other
    even = min(one, other, key=_order)
    if one.html_hash != other.html_hash:
        return msgspec.structs.replace(even, content_hash=UNKNOWN_HASH, html_hash=UNKNOWN_HASH, release=0)
    # A line of format 1 has no content hash.
    return msgspec.structs.replace(
        even,
        content_hash=max(one.content_hash, other.content_hash),
        release=max(one.release, other.release),
    )


def fold_types(one: LockedType, other: LockedType) -> LockedType:
    """Merge two lines of one note type, by the same rule."""
    if one.mod != other.mod:
        return one if one.mod > other.mod else other
    return (
        one
        if one.content_hash == other.content_hash
        else msgspec.structs.replace(one, content_hash=UNKNOWN_HASH)
    )


def fold_releases(one: Release, other: Release) -> Release:
    """Merge two releases: the later count wins; a released project stays released."""
    last = max(one, other, key=lambda release: (release.count, release.version, release.at))
    return msgspec.structs.replace(last, at=max(one.at, other.at))


def _order(note: LockedNote) -> tuple[object, ...]:
    """Order lines with the same stamp: first those that are still emitted, then in any fixed order."""
    state = note.state
    if isinstance(state, Retirement):
        emitted: tuple[object, ...] = (1, state.since, state.fields, state.tags)
    else:
        emitted = (0,) if state == "live" else (2,)
    return (
        *emitted,
        note.guid,
        note.nid,
        note.note_type,
        note.deck,
        note.id,
    )
