"""A note type as Anki is to have it."""

from __future__ import annotations

import msgspec

from deckgen.adopted import AdoptedType
from deckgen.identity import Schema


class Field(msgspec.Struct, frozen=True):
    """A field of a note type."""

    name: str
    #: None where it has none, as fields that were made elsewhere may.
    id: int | None
    #: Whether Anki's editor shows it folded: nobody is to write there.
    folded: bool = False


class CardTemplate(msgspec.Struct, frozen=True):
    """One kind of card of a note type: Anki's templates for its two sides."""

    name: str
    #: As of a field.
    id: int | None
    front: str
    back: str
    #: Withdrawn: no note is given the card any more.
    retired: bool = False
    #: Full name of the deck that its cards go to, empty where it is the note's.
    deck: str = ""


class NoteType(msgspec.Struct, frozen=True, kw_only=True):
    """A note type as Anki is to have it."""

    id: int
    #: The kind: `choice`, `true-false`, …
    kind: str
    name: str
    fields: tuple[Field, ...]
    templates: tuple[CardTemplate, ...]
    style: str
    cloze: bool = False
    #: Whether its texts run from right to left in Anki's editor.
    rtl: bool = False
    #: Place of the field that Anki sorts by.
    sort: int = 0
    #: None where it is not one that the author made.
    schema: Schema | None = None
    #: All else that Anki has of it, where it was made elsewhere.
    adopted: AdoptedType | None = None
