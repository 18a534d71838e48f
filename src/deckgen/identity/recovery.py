"""Recover a lost lock from packages that were built before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from deckgen.identity import note_id
from deckgen.identity.claims import RETIRED_TAG
from deckgen.identity.fingerprint import GUID_PATTERN, guid, html_hash
from deckgen.identity.lock import NUMBER_LIMIT, Lock, LockedNote, LockedType, Release, Retirement

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from deckgen.identity.claims import NoteClaim


class PackagedNote(msgspec.Struct, frozen=True, kw_only=True):
    """A note as a package has it."""

    guid: str
    nid: int
    mod: int
    #: The note type's key.
    note_type: str
    deck: str
    fields: tuple[str, ...]
    tags: tuple[str, ...]
    #: The item's id, if the note contains it.
    id: str = ""


def recover(
    project_id: str,
    version: str,
    claims: Sequence[NoteClaim],
    packaged: Iterable[PackagedNote],
    types: Iterable[LockedType] = (),
) -> Lock:
    """Return a lock for the notes of packages, which contain only HTML.

    A note is identified by its GUID if a present item has it, with its present or a previous id, and
    otherwise by the id in its field. Notes that neither identifies are left out, and so are notes that no build of
    deckgen can have written.
    """
    ids: dict[str, str] = {}
    for claim in claims:
        for item_id in (claim.id, *claim.was):
            ids.setdefault(guid(project_id, item_id), claim.id)
    notes: dict[str, LockedNote] = {}
    for note in packaged:
        line = _line(note, ids.get(note.guid) or note.id)
        if line is not None:
            notes.setdefault(line.id, line)
    latest = max((note.mod for note in notes.values()), default=0)
    allotted = note_id.allot(notes.values(), latest)
    by_key = {kind.key: kind for kind in types}
    return Lock(
        Release(1, version), tuple(allotted.values()), tuple(kind for _, kind in sorted(by_key.items()))
    )


def _line(note: PackagedNote, item_id: str) -> LockedNote | None:
    if not (item_id and note.note_type and GUID_PATTERN.fullmatch(note.guid)):
        return None
    if not (0 < note.nid < NUMBER_LIMIT and 0 < note.mod < NUMBER_LIMIT):
        return None
    return LockedNote(
        item_id,
        note.guid,
        note.nid,
        note.note_type,
        "",
        html_hash(note.note_type, note.fields, note.tags),
        note.mod,
        note.deck,
        Retirement(1, note.fields, note.tags) if RETIRED_TAG in note.tags else "live",
    )
