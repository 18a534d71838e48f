"""What a build claims to hold, and what its stamps say of it."""

from __future__ import annotations

from typing import Final, Literal

import msgspec

from deckgen.identity.lock import Lock, LockedNote, LockedType

#: The tag of a note that is emitted although its item is gone.
RETIRED_TAG: Final = "deckgen::retired"
#: As `restamp`: every note and every note type. No id holds a star.
EVERYTHING: Final = frozenset({"*"})


class Build(msgspec.Struct, frozen=True, kw_only=True):
    """What a build asks of its stamps, besides its notes and note types."""

    project_id: str
    #: The project's version: removed notes are emitted for a number of these.
    version: str
    #: A draft gives stamps that its lock is not written for. From the first release on, every build is one.
    purpose: Literal["build", "draft", "release"] = "build"
    #: Seconds since 1970.
    now: int
    #: Ids to stamp anew although their content is the same, or `EVERYTHING`.
    restamp: frozenset[str] = frozenset()
    #: For how many versions a removed note goes on being emitted, counting the one that removed it.
    keep_retired: int = 3
    #: Ids, former ones too, of items that are private now: their notes are retired without their text.
    private: frozenset[str] = frozenset()

    def restamps(self, item_id: str) -> bool:
        """Return whether an item is stamped anew whatever its content."""
        return bool(self.restamp) and (item_id in self.restamp or self.restamp == EVERYTHING)


class NoteClaim(msgspec.Struct, frozen=True, gc=False):
    """One note of this build, before it is stamped."""

    id: str
    note_type: str
    deck: str
    #: Of what the author wrote.
    content_hash: str
    #: Of the HTML that this build makes of it.
    html_hash: str
    #: Former ids, the oldest first.
    was: tuple[str, ...] = ()


class TypeClaim(msgspec.Struct, frozen=True):
    """One note type of this build, before it is stamped."""

    key: str
    content_hash: str


class NoteContent(msgspec.Struct, frozen=True):
    """What an update of a note replaces."""

    fields: tuple[str, ...]
    tags: tuple[str, ...]


class Changes(msgspec.Struct, frozen=True, kw_only=True):
    """What the stamps changed, by id, each sorted."""

    added: tuple[str, ...] = ()
    #: Of another content than the lock says.
    changed: tuple[str, ...] = ()
    #: Stamped anew on demand, though the content is the same.
    restamped: tuple[str, ...] = ()
    #: Back after having been removed.
    restored: tuple[str, ...] = ()
    #: (former id, id).
    renamed: tuple[tuple[str, str], ...] = ()
    #: (id, former deck, deck), renamed decks left out. Anki leaves cards that exist where they are.
    moved: tuple[tuple[str, str, str], ...] = ()
    #: (former name, name) of decks whose notes all went to one new deck. Anki leaves the old deck.
    renamed_decks: tuple[tuple[str, str], ...] = ()
    #: Removed since the last build, and from now on emitted as retired.
    retired: tuple[str, ...] = ()
    #: No longer emitted: retired long enough.
    dropped: tuple[str, ...] = ()
    #: Removed since the last build, but their last content is not known: learners keep them as they are.
    lost: tuple[str, ...] = ()
    #: (id that is gone, new id) of items that say the same: `was` is probably missing.
    lost_ids: tuple[tuple[str, str], ...] = ()
    #: Ids of notes whose GUID in the lock comes from none of their ids.
    wrong_guids: tuple[str, ...] = ()
    #: Sent by no release before, though stamped: a branch brought them.
    merged: tuple[str, ...] = ()
    #: (former id, id) where the id had a GUID of its own before `was` was written: the history stays apart.
    late: tuple[tuple[str, str], ...] = ()
    #: Keys of note types whose style or templates changed.
    restyled: tuple[str, ...] = ()
    #: Notes of a lock that knew their HTML alone, which this build renders differently: those that a former
    #: package shows to say the same, and keep their stamps, …
    kept: tuple[str, ...] = ()
    #: … and those for which no package shows it, and which are stamped anew.
    unclear: tuple[str, ...] = ()


class Stamped(msgspec.Struct, frozen=True):
    """A build with its stamps."""

    #: What to write to `deckgen.lock`; equal to the lock given where nothing changed. That of a draft is not written.
    lock: Lock
    #: In the order of the claims.
    notes: tuple[LockedNote, ...]
    #: In the order of the claims.
    types: tuple[LockedType, ...]
    #: Notes to emit although their items are gone; each one's `state` is a `Retirement`. Sorted by id.
    retired: tuple[LockedNote, ...]
    changes: Changes
    is_draft: bool = False
    #: GUIDs of the notes, and keys of the note types, whose stamps a draft gives and its lock does not have.
    drafted: frozenset[str] = frozenset()


class IdentityProblem(msgspec.Struct, frozen=True):
    """Why a build cannot be stamped; `ids` are the items to look at."""

    code: str
    ids: tuple[str, ...]
    message: str
    help: str
