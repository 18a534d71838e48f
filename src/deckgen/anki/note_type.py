"""A note type as Anki is to have it, and the ids of its parts, which never change."""

from __future__ import annotations

from hashlib import sha256

import msgspec

from deckgen.adopted import AdoptedType
from deckgen.identity import Schema

#: Part of every id. Another schema of a kind would be another note type, for new notes only.
SCHEMA = 1
#: Ids have 53 bits, the highest of them set: what reads JSON as JavaScript does keeps them exactly.
_ID_BITS = 52


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


def note_type_id(project_id: str, kind: str) -> int:
    """Return the id of a project's note type; projects never share one."""
    return derived("note type", project_id, kind)


def derived(*names: str) -> int:
    """Derive an id from names that never change; each is preceded by its length, so that none runs into another."""
    text = f"deckgen anki {SCHEMA}" + "".join(f":{len(name)}:{name}" for name in names)
    return (1 << _ID_BITS) + (int.from_bytes(sha256(text.encode()).digest()[:8], "big") >> (64 - _ID_BITS))
