"""The difference between what learners have and what they will get."""

from __future__ import annotations

from typing import Literal

import msgspec

from deckgen.diff.words import Piece


class NoteRef(msgspec.Struct, frozen=True, kw_only=True):
    """A note, as people recognise it."""

    id: str
    guid: str
    nid: int
    kind: str
    deck: str
    #: The first words of its first field; empty if they are not known.
    says: str = ""


class FieldChange(msgspec.Struct, frozen=True, kw_only=True):
    """A field with a different content."""

    name: str
    before: str
    after: str
    #: Word by word, as a learner reads it; empty if only the markup differs.
    pieces: tuple[Piece, ...]


class NoteChange(msgspec.Struct, frozen=True, kw_only=True):
    """A note whose content changed."""

    note: NoteRef
    #: None if the old content is not known.
    fields: tuple[FieldChange, ...] | None
    tags_added: tuple[str, ...] = ()
    tags_removed: tuple[str, ...] = ()


class CardChange(msgspec.Struct, frozen=True, kw_only=True):
    """A card that notes which learners have get, or that has nothing on its front any more."""

    what: Literal["new", "blank"]
    #: Name of the card; of a gap its number.
    card: str
    kind: str
    notes: tuple[NoteRef, ...]
    #: Whether it comes as a note of its own, since the type of its note has no place for it.
    apart: bool = False


class Move(msgspec.Struct, frozen=True, kw_only=True):
    """A note that is now in another deck."""

    note: NoteRef
    before: str


class DeckRename(msgspec.Struct, frozen=True, kw_only=True):
    """A deck whose notes are now all in one new deck."""

    before: str
    after: str
    notes: int


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that differs; notes are in the order of the decks."""

    version_before: str
    version_after: str
    added: tuple[NoteRef, ...] = ()
    changed: tuple[NoteChange, ...] = ()
    #: With the same content, but stamped again: what learners wrote into them is lost.
    restamped: tuple[NoteRef, ...] = ()
    #: With the same content, rendered differently: learners keep their copies until the notes are stamped again.
    new_look: tuple[NoteRef, ...] = ()
    retired: tuple[NoteRef, ...] = ()
    restored: tuple[NoteRef, ...] = ()
    #: In the previous decks, and neither live nor retired now: learners keep them and are not told.
    left: tuple[NoteRef, ...] = ()
    #: (previous id, note)
    renamed: tuple[tuple[str, NoteRef], ...] = ()
    moved: tuple[Move, ...] = ()
    decks_renamed: tuple[DeckRename, ...] = ()
    #: Kinds and names of note types that look different.
    restyled: tuple[tuple[str, str], ...] = ()
    #: Cards that came and went on notes that learners have, by note type and card.
    cards: tuple[CardChange, ...] = ()
    #: Changed, but with a stamp that is not later: Anki will ignore them.
    stuck: tuple[NoteRef, ...] = ()
    #: Changed note types with a stamp that is not later.
    types_stuck: tuple[tuple[str, str], ...] = ()
    #: None if it is not known.
    media_added: tuple[str, ...] | None = ()
    #: (previous name, name) of pictures with different content.
    media_changed: tuple[tuple[str, str], ...] = ()
    media_removed: tuple[str, ...] = ()

    @property
    def anything(self) -> bool:
        """Whether learners get anything new."""
        return any(
            getattr(self, name)
            for name in self.__struct_fields__
            if name not in ("version_before", "version_after", "new_look")
        )
