"""Recover a lost lock from packages that were built before."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import msgspec

from deckgen.identity import note_id
from deckgen.identity.claims import RETIRED_TAG
from deckgen.identity.fingerprint import GUID_PATTERN, guid, html_hash
from deckgen.identity.frozen import Frozen
from deckgen.identity.lock import (
    NUMBER_LIMIT,
    Lock,
    LockedAdoption,
    LockedMedium,
    LockedNote,
    LockedType,
    Release,
    Retirement,
)

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
    #: Ordinals of its cards, ascending.
    cards: tuple[int, ...] = ()


def recover(
    project_id: str,
    version: str,
    claims: Sequence[NoteClaim],
    packaged: Iterable[PackagedNote],
    types: Iterable[LockedType] = (),
    frozen: Frozen | None = None,
) -> Lock:
    """Return a lock for the notes of packages, which contain only HTML.

    A note is identified by its GUID if a present item has it, with its present or a previous id, and
    otherwise by the id in its field. A note of a type that was taken over (`frozen`) has neither: it is the one of the
    present notes whose HTML is the same. Notes that nothing identifies are left out, and so are notes that no build of
    deckgen can have written.
    """
    frozen = frozen or Frozen()
    by_html = Counter(claim.html_hash for claim in claims)
    alike = {
        claim.html_hash: claim.id
        for claim in claims
        if claim.note_type in frozen.types and by_html[claim.html_hash] == 1
    }
    ids: dict[str, str] = {}
    for claim in claims:
        for item_id in (claim.id, *claim.was):
            ids.setdefault(guid(project_id, item_id), claim.id)
    notes: dict[str, LockedNote] = {}
    for note in packaged:
        adopted = note.note_type in frozen.types
        id_ = alike.get(html_hash(note.note_type, note.fields, note.tags), "") if adopted else note.id
        line = _line(note, ids.get(note.guid) or id_, adopted=adopted)
        if line is not None:
            notes.setdefault(line.id, line)
    latest = max((note.mod for note in notes.values()), default=0)
    allotted = note_id.allot(notes.values(), latest)
    by_key = {kind.key: kind for kind in types}
    return Lock(
        Release(1, version),
        tuple(allotted.values()),
        tuple(kind for _, kind in sorted(by_key.items())),
        adopted=tuple(LockedAdoption(key, kind) for key, kind in sorted(frozen.types.items())),
        media=tuple(LockedMedium(name, hash_) for name, hash_ in sorted(frozen.media.items())),
    )


def _line(note: PackagedNote, item_id: str, *, adopted: bool) -> LockedNote | None:
    if not (item_id and note.note_type and (adopted or GUID_PATTERN.fullmatch(note.guid))):
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
