"""A whole project in core terms: what every target gets."""

from __future__ import annotations

from typing import Literal

import msgspec

from deckgen.core.item import Item
from deckgen.core.note import NoteType
from deckgen.core.printing import Printing
from deckgen.core.reference import Refutation, Source, Table
from deckgen.core.sheet import Sheet

#: What may be on the web site: quizzes, study guides (on paper, too), table pages, packages with their paper
#: flashcards; and where asked for, printed sheets with their answer sheets, and keys.
Published = Literal["quizzes", "guides", "tables", "decks", "sheets", "keys"]


class Project(msgspec.Struct, frozen=True, kw_only=True):
    """What holds for the whole project."""

    #: Permanent; part of every GUID.
    id: str
    title: str
    #: BCP 47.
    language: str = "en"
    authors: tuple[str, ...] = ()
    license: str = ""
    version: str = ""
    url: str = ""
    #: Releases (changes of `version`) for which a removed note is still emitted.
    keep_retired: int = 3
    #: Files whose new cards come first, in this order, named as `Item.file`.
    new_order: tuple[str, ...] = ()
    printing: Printing = Printing()
    #: What the web site contains.
    publish: tuple[Published, ...] = ("quizzes", "guides", "tables", "decks")
    #: Types of note that the author made.
    note_types: tuple[NoteType, ...] = ()
    #: (name in Anki, hash of its bytes) of each picture and sound that learners have by its own name.
    adopted_media: tuple[tuple[str, str], ...] = ()


class Deck(msgspec.Struct, frozen=True, kw_only=True):
    """A deck by its full name; `description` may be empty."""

    name: str
    tags: tuple[str, ...] = ()
    description: str = ""
    #: Whether new cards come in the source's order or interleaved.
    new: Literal["source", "mixed"] = "source"
    #: BCP 47 tag of its name and description, empty where it is the project's.
    language: str = ""


def top_level(deck: str) -> str:
    """Return the first part of a full deck name."""
    return deck.partition("::")[0]


class Draws(msgspec.Struct, frozen=True, kw_only=True):
    """An item with other numbers each time it is asked."""

    #: Of each attempt on a screen, all different; the first is the item of the course. Further attempts begin again.
    attempts: tuple[Item, ...]
    #: Of each version of a sheet, by the sheet's id.
    versions: dict[str, tuple[Item, ...]]


class Course(msgspec.Struct, frozen=True, kw_only=True):
    """Everything there is to make decks, sheets and pages from, in the source's order."""

    project: Project
    decks: tuple[Deck, ...]
    items: tuple[Item, ...]
    tables: tuple[Table, ...] = ()
    sheets: tuple[Sheet, ...] = ()
    sources: tuple[Source, ...] = ()
    refutations: tuple[Refutation, ...] = ()
    #: Of the items with parameters that sheets draw, by their ids.
    draws: dict[str, Draws] = {}
    #: Ids, including previous ones, of the items in banks: their texts must not be published.
    private: frozenset[str] = frozenset()

    def by_id(self) -> dict[str, Item]:
        """Map the id of each item to it."""
        return {item.id: item for item in self.items}
