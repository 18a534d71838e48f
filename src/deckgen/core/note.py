"""Note: an item of a type that the author made, with a card for each of its questions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Literal

import msgspec

from deckgen.adopted import AdoptedType
from deckgen.core.accents import Accents
from deckgen.core.cloze import Gap, gap_marker
from deckgen.core.item import Item
from deckgen.core.text import Html, Text
from deckgen.patterns import lazy_pattern

_MARKER = lazy_pattern("\ufdd0([0-9]+)\ufdd1")
#: What may be before a value that begins a line.
_STARTS = lazy_pattern(r"(?:\A|\n)[ \t>*+-]*\Z")

#: At the end of the name of a companion, and of the ids of its notes.
COMPANION = "+"

#: The placeholder of field `place` (from 0) in the texts of a card, like that of a gap in a cloze.
field_marker = gap_marker


class NoteCard(msgspec.Struct, frozen=True, kw_only=True):
    """A card of a note type. In its texts `field_marker(i)` is the placeholder of field `i`."""

    #: Permanent, unique in its type.
    id: str
    #: What Anki calls it.
    name: str
    #: Kind of the core item that it is on paper and screen.
    kind: Literal["open", "short", "cloze"]
    #: Places of the fields that must be filled for a note to have it.
    needs: tuple[int, ...]
    front: str = ""
    back: str = ""
    #: Other answers that count as right.
    accept: tuple[str, ...] = ()
    #: To leave on paper.
    lines: int = 4
    #: Withdrawn: learners who have it are told, and nobody gets it any more.
    retired: bool = False
    #: Full name of the deck that its cards go to, of an adopted type; empty where it is the note's.
    deck: str = ""

    @property
    def shown(self) -> frozenset[int]:
        """Places of the fields that its texts show."""
        return frozenset(place for text in (self.front, self.back, *self.accept) for place in fields_in(text))


class NoteType(msgspec.Struct, frozen=True, kw_only=True):
    """A type of note that the author made. Places of fields and cards never change."""

    #: As in TOML.
    name: str
    #: What Anki calls it, behind the title of the project unless it is adopted.
    title: str
    #: Names by place; empty where a place is spare.
    fields: tuple[str, ...]
    #: By place; None where a place is spare.
    cards: tuple[NoteCard | None, ...]
    #: Place of the field whose gaps are asked for; None where it is not a cloze.
    cloze: int | None = None
    #: What Anki has, by its present names; None if it was not made elsewhere. No place of such a type is spare.
    adopted: AdoptedType | None = None
    #: A further type for the cards that were added when this one had no place left, with notes of its own in Anki.
    companion: NoteType | None = None

    @property
    def kind(self) -> str:
        """The word for its notes, and for the note type."""
        return own_kind(self.name)

    @property
    def written(self) -> str:
        """The name in TOML, and of the folder of its templates: a companion has that of its type."""
        return self.name.removesuffix(COMPANION)

    @property
    def together(self) -> tuple[NoteType, ...]:
        """The type and, if there is one, its companion: all that an author calls by this name."""
        return (self,) if self.companion is None else (self, self.companion)

    @property
    def field_names(self) -> tuple[str, ...]:
        """Names of the fields that a note can fill, without spare places."""
        return tuple(dict.fromkeys(name for kind in self.together for name in kind.fields if name))

    def cards_of(self, values: Sequence[Text]) -> Iterator[NoteCard]:
        """Give the cards of a note with these values."""
        # Anki uses the first template of a cloze alone.
        for card in self.cards if self.cloze is None else self.cards[:1]:
            if (
                card is not None
                and not card.retired
                and all(is_filled(values[place]) for place in card.needs)
            ):
                yield card


class Note(Item, frozen=True, kw_only=True):
    """A note of a type that the author made.

    Anki gets it as a whole, so that its cards are siblings; other targets get its `parts`.
    """

    type_name: str
    #: Of the fields by place. Gaps are marked as in a cloze.
    values: tuple[Text, ...]
    gaps: tuple[Gap, ...] = ()
    accents: Accents = "almost"
    #: Whether its type is adopted: its note has its fields, and nothing else.
    adopted: bool = False
    #: Ordinals of the cards that it does not have although its fields would give them.
    without: tuple[int, ...] = ()
    #: (ordinal, full name of its deck) of each card that is elsewhere.
    decks: tuple[tuple[int, str], ...] = ()
    #: Its cards as items, in the order of their places.
    parts: tuple[Item, ...]

    @property
    def kind(self) -> str:
        return own_kind(self.type_name)

    @property
    def cards(self) -> int:
        return sum(part.cards for part in self.parts)

    @property
    def asked(self) -> tuple[Item, ...]:
        return self.parts


def own_kind(name: str) -> str:
    """Return the word for the notes of a type by its name in TOML."""
    return f"own/{name}"


def is_filled(value: Text) -> bool:
    """Tell whether a field says anything."""
    return bool((value.html if isinstance(value, Html) else value).strip())


def fields_in(text: str) -> tuple[int, ...]:
    """Return the places of the fields that a text of a card shows, in its order."""
    return tuple(int(found[1]) for found in _MARKER.finditer(text))


def filled(text: str, values: Sequence[Text], as_line: Callable[[str], str] = str) -> Text:
    """Return a text of a card with the values of fields; HTML only where it is all there is.

    `as_line` is applied to a value at the start of a line, where letters of it could begin a block.
    """
    alone = _MARKER.fullmatch(text.strip())
    if alone:
        return values[int(alone[1])]

    def value(found: re.Match[str]) -> str:
        said = values[int(found[1])]
        if isinstance(said, Html):
            return said.html
        return as_line(said) if _STARTS.search(text, 0, found.start()) else said

    return _MARKER.sub(value, text).strip()
