"""What an existing deck has, whatever file it was read from: the values that readers make and writers use."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import IO, Any

import msgspec

from deckgen.adopted import AdoptedTemplate, AdoptedType


class Template(AdoptedTemplate, frozen=True, kw_only=True):
    """A template of a card, in Anki's language."""

    front: str
    back: str
    #: Full name of the deck that its cards go to; empty where it is the note's.
    deck: str = ""


class Type(AdoptedType, frozen=True, kw_only=True):
    """A note type. What is not known has Anki's default."""

    name: str
    #: In whole seconds since 1970; 0 for Anki's own that nobody edited.
    mod: int
    templates: tuple[Template, ...]
    css: str = ""


class Note(msgspec.Struct, frozen=True, gc=False):
    """A note. Its fields are HTML in NFC, and as many as its type has."""

    #: Milliseconds; 0 where it is not known.
    id: int
    #: Any string, no two notes have the same; empty where the source has none.
    guid: str
    type_id: int
    #: In whole seconds since 1970; 0 where it is not known.
    mod: int
    fields: tuple[str, ...]
    tags: tuple[str, ...]
    #: (ordinal from 0, full name of its deck) of each card, ascending by ordinal; levels are separated by `::`. Each
    #: ordinal is one that the type can have; a note may have no card.
    cards: tuple[tuple[int, str], ...]


class Deck(msgspec.Struct, frozen=True, kw_only=True):
    """A deck by its full name; levels are separated by `::`."""

    name: str
    #: HTML, or Markdown where `markdown` says so.
    description: str = ""
    markdown: bool = False


class Medium(msgspec.Struct, frozen=True, kw_only=True):
    """A file of the deck, which is read when it is wanted.

    Reading raises `UnreadableError` if the file is damaged, or has another size than the source declares.
    """

    #: As fields name it, in NFC; never empty, `.` or `..`, and without `/`, `\\` and control characters. It is no
    #: path: a system may refuse it, and two names may be one where case does not count.
    name: str
    #: Bytes, as the source declares them; 0 where it does not.
    size: int
    #: Opens it as a stream, which the caller closes.
    open: Callable[[], IO[bytes]]
    #: SHA-1 in hexadecimal, as the source declares it; empty where it does not.
    sha1: str = ""

    def read(self) -> bytes:
        """Read it whole."""
        with self.open() as stream:
            return stream.read()


class Loss(msgspec.Struct, frozen=True, kw_only=True):
    """Something of the source that is not taken over, or was repaired; `where` names it, such as a note or a file.

    Where the same happened to many, the first are named, and the last one counts the rest: `and 59,990 more`.
    """

    what: str
    where: str = ""


class Collection(msgspec.Struct, frozen=True, kw_only=True):
    """All that an existing deck has. Types are in use, by id; notes are in the order in which they are learned.

    Decks are those that cards lie in, and those around them, by name.
    """

    #: Of the file that it was read from, without its ending; of a folder of CrowdAnki the name of its deck.
    title: str
    types: tuple[Type, ...]
    notes: tuple[Note, ...]
    decks: tuple[Deck, ...]
    #: Names of the source's filtered decks, where cards are for a while: each card here is in its home deck.
    filtered: frozenset[str] = frozenset()
    media: Mapping[str, Medium]
    losses: tuple[Loss, ...] = ()
    #: Whether ids and stamps of types and notes are those that learners have: packages know them, text files do not.
    knows_identity: bool = True
    #: JSON of add-ons and other configuration that nothing here understands, by where it stood; it is left behind.
    unknown: Mapping[str, Any] = msgspec.field(default_factory=dict)
