"""The notes of a build before and after they are stamped."""

from __future__ import annotations

from typing import Final, Literal

import msgspec

from deckgen.adopted import AdoptedType
from deckgen.identity.lock import Lock, LockedNote, LockedType
from deckgen.identity.schema import Schema

#: The tag of a note that is still emitted although its item is gone.
RETIRED_TAG: Final = "deckgen::retired"
#: As `restamp`: every note and every note type. No id contains a star.
EVERYTHING: Final = frozenset({"*"})


class Build(msgspec.Struct, frozen=True, kw_only=True):
    """The settings of stamping, besides notes and note types."""

    project_id: str
    #: The project's version: removed notes are emitted for a number of versions.
    version: str
    #: A draft gives stamps that are not written to the lock. After the first release, every build is one.
    purpose: Literal["build", "draft", "release"] = "build"
    #: Seconds since 1970.
    now: int
    #: Ids to stamp again although their content is the same, or `EVERYTHING`.
    restamp: frozenset[str] = frozenset()
    #: For how many versions a removed note is still emitted, counting the one that removed it.
    keep_retired: int = 3
    #: Ids, including previous ones, of items that are private now: their notes are retired without their text.
    private: frozenset[str] = frozenset()

    def restamps(self, item_id: str) -> bool:
        """Return whether an item is stamped again regardless of its content."""
        return bool(self.restamp) and (item_id in self.restamp or self.restamp == EVERYTHING)


class NoteClaim(msgspec.Struct, frozen=True, gc=False):
    """One note of this build, before it is stamped."""

    id: str
    note_type: str
    deck: str
    #: Hash of what the author wrote.
    content_hash: str
    #: Hash of the HTML that this build makes of it.
    html_hash: str
    #: Previous ids, the oldest first.
    was: tuple[str, ...] = ()


class TypeClaim(msgspec.Struct, frozen=True):
    """One note type of this build, before it is stamped."""

    key: str
    content_hash: str
    #: None where it is not one that the author made.
    schema: Schema | None = None
    #: What the lock is to keep of it, where it was made elsewhere or accompanies such a type.
    adopted: AdoptedType | None = None


class NoteContent(msgspec.Struct, frozen=True):
    """What an update of a note replaces."""

    fields: tuple[str, ...]
    tags: tuple[str, ...]


class Changes(msgspec.Struct, frozen=True, kw_only=True):
    """What the stamps changed, by id, each sorted."""

    added: tuple[str, ...] = ()
    #: With another content than in the lock.
    changed: tuple[str, ...] = ()
    #: Stamped again on request, although the content is the same.
    restamped: tuple[str, ...] = ()
    #: Back after they were removed.
    restored: tuple[str, ...] = ()
    #: (previous id, id).
    renamed: tuple[tuple[str, str], ...] = ()
    #: (id, previous deck, deck), without renamed decks. Anki leaves existing cards where they are.
    moved: tuple[tuple[str, str, str], ...] = ()
    #: (previous name, name) of decks whose notes all went to one new deck. Anki keeps the old deck.
    renamed_decks: tuple[tuple[str, str], ...] = ()
    #: Removed since the last build, and emitted as retired from now on.
    retired: tuple[str, ...] = ()
    #: No longer emitted: retired long enough.
    dropped: tuple[str, ...] = ()
    #: Removed since the last build, but their last content is not known: learners keep them as they are.
    lost: tuple[str, ...] = ()
    #: (id that is gone, new id) of items with the same content: `was` is probably missing.
    lost_ids: tuple[tuple[str, str], ...] = ()
    #: Ids of notes whose GUID in the lock comes from none of their ids.
    wrong_guids: tuple[str, ...] = ()
    #: Stamped but not in any release yet: they come from a branch.
    merged: tuple[str, ...] = ()
    #: (previous id, id) if the id had its own GUID before `was` was written: the histories stay separate.
    late: tuple[tuple[str, str], ...] = ()
    #: Keys of note types whose style or templates changed.
    restyled: tuple[str, ...] = ()
    #: Notes of a lock that has only their HTML's hash, which this build renders differently: those for which a previous
    #: package shows that the content is the same, and which keep their stamps, …
    kept: tuple[str, ...] = ()
    #: … and those for which no package shows it, and which are stamped again.
    unclear: tuple[str, ...] = ()


class Stamped(msgspec.Struct, frozen=True):
    """A stamped build."""

    #: What to write to `deckgen.lock`; equal to the previous lock if nothing changed. A draft's is not written.
    lock: Lock
    #: In the order of the claims.
    notes: tuple[LockedNote, ...]
    #: In the order of the claims.
    types: tuple[LockedType, ...]
    #: Notes to emit although their items are gone; their `state` is a `Retirement`. Sorted by id.
    retired: tuple[LockedNote, ...]
    changes: Changes
    is_draft: bool = False
    #: GUIDs of notes, and keys of note types, with stamps of a draft that are not in the lock.
    drafted: frozenset[str] = frozenset()


class IdentityProblem(msgspec.Struct, frozen=True):
    """Why a build cannot be stamped; `ids` are the items to look at."""

    code: str
    ids: tuple[str, ...]
    message: str
    help: str
