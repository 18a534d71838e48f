"""The lock as a value: what learners have, from which later builds continue."""

from __future__ import annotations

from typing import Literal

import msgspec

from deckgen.adopted import AdoptedType
from deckgen.identity.schema import LockedSchema

#: Both hashes of a note whose last content is uncertain: no content has this hash, so the note gets a new stamp.
UNKNOWN_HASH = "0" * 24
#: Note ids and stamps have at most 15 digits, which every program reads exactly, even JavaScript.
NUMBER_LIMIT = 10**15


class Retirement(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is needed to keep emitting a note whose item is gone."""

    #: The number of the release in which it was retired.
    since: int
    fields: tuple[str, ...]
    tags: tuple[str, ...]


class LockedNote(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """One note as learners may have it.

    `mod` is in whole seconds since 1970: Anki updates a note only if the incoming one is greater.
    """

    id: str
    guid: str
    nid: int
    note_type: str
    #: Of what the author wrote (`deckgen.anki.content`). Empty where only the HTML is known: in the lines of
    #: retired notes, and in those that deckgen wrote before it kept both.
    content_hash: str
    #: Of the fields and tags that the stamp was given to (`html_hash`).
    html_hash: str
    mod: int
    deck: str
    #: `live`: made from an item. A retirement: emitted for a while longer. `gone`: only remembered.
    state: Literal["live", "gone"] | Retirement = "live"
    #: The release that sent it as it is, by its count; 0 where a build stamped it.
    release: int = 0


class LockedType(msgspec.Struct, frozen=True):
    """One note type: Anki updates its style and templates only if its `mod` is greater."""

    key: str
    content_hash: str
    mod: int


class LockedAdoption(msgspec.Struct, frozen=True):
    """A note type that was taken over, by its key. Its notes may have any GUID."""

    key: str
    type: AdoptedType


class LockedMedium(msgspec.Struct, frozen=True):
    """A picture or sound that was taken over: learners have it by this name, with bytes of this hash."""

    name: str
    hash: str


class Release(msgspec.Struct, frozen=True):
    """The last version of the project that the lock counted: the last release, or before the first one, the last build.

    `count` is its number, from 1. `at` is when the last release was made, in seconds since 1970; 0 where there is none.
    """

    count: int
    version: str
    at: int = 0


class Lock(msgspec.Struct, frozen=True):
    """The contents of `deckgen.lock`. Notes are sorted by id, the others by key or name, each once."""

    release: Release
    notes: tuple[LockedNote, ...] = ()
    types: tuple[LockedType, ...] = ()
    #: Of the note types that the author made.
    schemas: tuple[LockedSchema, ...] = ()
    #: Of the note types that were taken over.
    adopted: tuple[LockedAdoption, ...] = ()
    media: tuple[LockedMedium, ...] = ()


class LockProblem(msgspec.Struct, frozen=True):
    """One thing wrong in the text of a lock: 1-based line and columns in characters, the end exclusive."""

    code: str
    line: int
    column: int
    end_column: int
    message: str
    help: str
