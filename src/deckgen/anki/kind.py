"""What a kind of note is to Anki: its fields and cards, which never change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import msgspec

from deckgen.anki.field_writer import FieldWriter

#: Fields that every note type has after its own. "Spare 1" contains the topic that a card shows instead of its deck's
#: name, "Spare 2" the language of its texts, "Spare 3" its stem; the names of fields are frozen.
TAIL = (
    "Explanation",
    "Sources",
    "Hint",
    "Notice",
    "Id",
    "Spare 1",
    "Spare 2",
    "Spare 3",
    "Spare 4",
    "Spare 5",
    "Spare 6",
)
#: Fields that nobody needs to see when editing a note in Anki.
FOLDED = frozenset(name for name in TAIL if name.startswith("Spare")) | {"Notice", "Id"}
#: Index of the field with the banner of a retired note, from the end.
NOTICE = TAIL.index("Notice") - len(TAIL)
#: Index of the field with the item's id, from the end.
ID = TAIL.index("Id") - len(TAIL)


class Kind(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of note.

    Names and order of fields, number of cards and whether it is a cloze are frozen from the first release:
    Anki never again updates the notes of a note type whose fields or cards were added, removed or reordered.
    A different schema is a new kind. Whatever a kind turns out to need goes into a spare field, which Anki lets us
    rename. Another card takes the place of a spare one; for existing notes of a kind that has none it is a note of
    another kind.
    """

    #: As in TOML and in the folder of its templates.
    name: str
    #: Its own fields; the first is never empty.
    own: tuple[str, ...]
    #: Of its own fields those that a person who edits a note has no business with.
    folded: frozenset[str] = frozenset()
    #: Word (`deckgen.words`) for the name of each card template.
    cards: tuple[str, ...] = ("anki-side-only",)
    #: Word (`deckgen.words`) that is shown above each card's question.
    tasks: tuple[str, ...]
    #: Fields whose content makes cards: one for each card, or for an author's own type all that any of its cards needs;
    #: none where every note has every card.
    gates: tuple[str, ...] = ()
    #: For each card that is added one day the field that will make it. Until then no note has it.
    spare_cards: tuple[str, ...] = ()
    cloze: bool = False
    #: The field that Anki sorts by and shows in its list; the first where it is empty.
    sort: str = ""
    #: Texts that can be read aloud by name, with their fields. Any other is read where the answer is explained.
    spoken: Mapping[str, str] = MappingProxyType({})
    #: Fields behind its own; none where it was made elsewhere.
    tail: tuple[str, ...] = TAIL
    #: Id of its note type, where that was made elsewhere; else it is derived from the project's id.
    type_id: int | None = None
    #: Returns the values of its own fields, as HTML.
    write: Callable[[Any, FieldWriter], tuple[str, ...]]

    @property
    def fields(self) -> tuple[str, ...]:
        """Names of all fields in order."""
        return self.own + self.tail

    def folds(self, field: str) -> bool:
        """Return whether Anki's editor shows a field folded."""
        return field in FOLDED or field in self.folded
