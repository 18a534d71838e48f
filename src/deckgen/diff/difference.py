"""What differs between what learners have and what they will get."""

from __future__ import annotations

import msgspec

from deckgen.diff.words import Piece


class NoteRef(msgspec.Struct, frozen=True, kw_only=True):
    """A note, as a person recognises it."""

    id: str
    guid: str
    nid: int
    kind: str
    deck: str
    #: The first words of its first field; empty where they are not known.
    says: str = ""


class FieldChange(msgspec.Struct, frozen=True, kw_only=True):
    """A field that says something else."""

    name: str
    before: str
    after: str
    #: Word by word, as a learner reads it; empty where only the markup differs.
    pieces: tuple[Piece, ...]


class NoteChange(msgspec.Struct, frozen=True, kw_only=True):
    """A note whose content changed."""

    note: NoteRef
    #: None where it is not known what it said.
    fields: tuple[FieldChange, ...] | None
    tags_added: tuple[str, ...] = ()
    tags_removed: tuple[str, ...] = ()


class Move(msgspec.Struct, frozen=True, kw_only=True):
    """A note that is given in another deck."""

    note: NoteRef
    before: str


class DeckRename(msgspec.Struct, frozen=True, kw_only=True):
    """A deck all of whose notes are given in a new one."""

    before: str
    after: str
    notes: int


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """All that differs; notes in the order of the decks."""

    version_before: str
    version_after: str
    added: tuple[NoteRef, ...] = ()
    changed: tuple[NoteChange, ...] = ()
    #: Of the same content, and stamped anew all the same: what learners wrote into them goes.
    restamped: tuple[NoteRef, ...] = ()
    #: Of the same content, rendered differently: who has them keeps them as they are until they are stamped anew.
    new_look: tuple[NoteRef, ...] = ()
    retired: tuple[NoteRef, ...] = ()
    restored: tuple[NoteRef, ...] = ()
    #: DeckContents before, and neither live nor retired now: learners keep them, and nothing tells them.
    left: tuple[NoteRef, ...] = ()
    #: (former id, note)
    renamed: tuple[tuple[str, NoteRef], ...] = ()
    moved: tuple[Move, ...] = ()
    decks_renamed: tuple[DeckRename, ...] = ()
    #: Kinds and names of note types that look different.
    restyled: tuple[tuple[str, str], ...] = ()
    #: Changed, but with a stamp that is not later: Anki will pass over them.
    stuck: tuple[NoteRef, ...] = ()
    #: Note types changed, but with a stamp that is not later.
    types_stuck: tuple[tuple[str, str], ...] = ()
    #: None where it is not known.
    media_added: tuple[str, ...] | None = ()
    #: (former name, name) of pictures with another content.
    media_changed: tuple[tuple[str, str], ...] = ()
    media_removed: tuple[str, ...] = ()

    @property
    def anything(self) -> bool:
        """Whether learners get anything else than before."""
        return any(
            getattr(self, name)
            for name in self.__struct_fields__
            if name not in ("version_before", "version_after", "new_look")
        )
