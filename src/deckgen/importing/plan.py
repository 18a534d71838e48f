"""What an import will make of a deck: values, of which the plan for people and the files of the project are written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import msgspec

from deckgen.core.text import Text
from deckgen.importing.collection import Collection, Loss, Note, Type
from deckgen.importing.media_plan import MediaPlan
from deckgen.importing.normal import Change


class Become(StrEnum):
    """What the notes of a type become, besides notes of their type."""

    SHORT = "short"
    OPEN = "open"
    CHOICE = "choice"
    CLOZE = "cloze"
    CONCEPT = "concept"


class TypePlan(msgspec.Struct, frozen=True, kw_only=True):
    """A note type."""

    type: Type
    #: Its name in TOML.
    name: str
    #: Keys in TOML by the names of its fields, in their order.
    keys: Mapping[str, str]
    #: Ids of its cards, in their order.
    cards: tuple[str, ...]
    #: Name of the field with gaps; empty where it is no cloze.
    cloze: str = ""
    #: None where it is adopted as it is.
    become: Become | None = None

    def card(self, ordinal: int) -> str:
        """Return the id of a card; of a cloze, that of its number."""
        return f"c{ordinal + 1}" if self.type.cloze else self.cards[ordinal]

    def template_deck(self, ordinal: int) -> str:
        """Return the deck that the template of a card names; empty where it names none."""
        return self.type.templates[0 if self.type.cloze else ordinal].deck


class NotePlan(msgspec.Struct, frozen=True, gc=False):
    """A note."""

    id: str
    #: In `Collection.notes`.
    index: int
    #: Name in TOML of its type.
    type: str
    deck: str
    tags: tuple[str, ...]
    #: By the places of the fields.
    values: tuple[Text, ...]
    #: Ids of cards that it does not have although its fields give them.
    without: tuple[str, ...] = ()
    #: Decks of cards that are elsewhere.
    decks: tuple[tuple[str, str], ...] = ()
    #: What was taken out of its fields, for people.
    lost: tuple[str, ...] = ()
    #: The table and the entries of an item of deckgen's own that it becomes; nothing where it is adopted.
    item: tuple[str, dict[str, Any]] | None = None


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """All that an import makes of a deck."""

    collection: Collection
    title: str
    types: Mapping[int, TypePlan]
    notes: tuple[NotePlan, ...]
    media: MediaPlan
    #: Names of decks in the project by those in the source.
    decks: Mapping[str, str]
    #: Descriptions of decks by their names in the project.
    descriptions: Mapping[str, str]
    #: How many fields are written otherwise, and look the same or nearly so.
    changes: Counter[Change]
    #: (id of the note, name of the field) of fields that stay HTML.
    html: tuple[tuple[str, str], ...]
    losses: tuple[Loss, ...]

    def type_of(self, note: Note) -> TypePlan:
        """Return the type of a note."""
        return self.types[note.type_id]

    @property
    def adopted(self) -> dict[int, str]:
        """Ids of the notes that are adopted, by their place in the collection."""
        return {each.index: each.id for each in self.notes if each.item is None}
