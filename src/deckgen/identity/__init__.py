"""The identity of notes over years: GUIDs, the lock file, and the stamps that decide what Anki updates.

Pure: no disk, no clock. `parse` → `stamp` → `dumps` is what a build does.
"""

from __future__ import annotations

from deckgen.identity.claims import (
    EVERYTHING,
    RETIRED_TAG,
    Build,
    Changes,
    IdentityProblem,
    NoteClaim,
    NoteContent,
    Stamped,
    TypeClaim,
)
from deckgen.identity.fingerprint import derived_id, guid, hash_bytes, html_hash, note_type_id
from deckgen.identity.frozen import Frozen, frozen_in, frozen_of
from deckgen.identity.history import pair_by_content
from deckgen.identity.lock import (
    UNKNOWN_HASH,
    Lock,
    LockedAdoption,
    LockedMedium,
    LockedNote,
    LockedType,
    LockProblem,
    Release,
    Retirement,
)
from deckgen.identity.lock_reader import parse
from deckgen.identity.lock_text import dumps
from deckgen.identity.recovery import PackagedNote, recover
from deckgen.identity.retiring import tag_retired
from deckgen.identity.schema import SPARE_CARDS, SPARE_FIELDS, Schema, SchemaCard
from deckgen.identity.stamping import stamp

__all__ = [
    "EVERYTHING",
    "RETIRED_TAG",
    "SPARE_CARDS",
    "SPARE_FIELDS",
    "UNKNOWN_HASH",
    "Build",
    "Changes",
    "Frozen",
    "IdentityProblem",
    "Lock",
    "LockProblem",
    "LockedAdoption",
    "LockedMedium",
    "LockedNote",
    "LockedType",
    "NoteClaim",
    "NoteContent",
    "PackagedNote",
    "Release",
    "Retirement",
    "Schema",
    "SchemaCard",
    "Stamped",
    "TypeClaim",
    "derived_id",
    "dumps",
    "frozen_in",
    "frozen_of",
    "guid",
    "hash_bytes",
    "html_hash",
    "note_type_id",
    "pair_by_content",
    "parse",
    "recover",
    "stamp",
    "tag_retired",
]
