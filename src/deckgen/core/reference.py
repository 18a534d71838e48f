"""What items refer to: sources, citations, whole tables."""

from __future__ import annotations

import msgspec

from deckgen.core.text import Text


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """An entry of the registry of sources."""

    key: str
    title: str
    url: str = ""
    year: int | None = None
    authors: tuple[str, ...] = ()


class Citation(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """A source and the place in it: `rfc9293`, `3.1`."""

    key: str
    #: Empty for the whole source.
    locator: str
    #: Title of the source.
    title: str
    #: Where a click leads; empty if there is no page.
    url: str = ""

    @property
    def label(self) -> str:
        """Name the source and the place in it, as shown to a learner."""
        return f"{self.title}, {self.locator}" if self.locator else self.title


class Cell(msgspec.Struct, frozen=True, omit_defaults=True):
    """One cell of a comparison table."""

    #: Concept id.
    concept: str
    #: Its term, the head of the column.
    term: str
    text: Text
    citations: tuple[Citation, ...] = ()


class TableRow(msgspec.Struct, frozen=True):
    """One aspect, with a cell for each compared concept in the table's order."""

    #: Full id, `table/row`.
    id: str
    aspect: Text
    cells: tuple[Cell, ...]


class Refutation(msgspec.Struct, frozen=True):
    """What points from a misconception to what it gets wrong."""

    #: Id of the misconception.
    id: str
    #: `table/row/concept`, `table/row`, or the id of a concept or question; empty if unknown.
    corrects: str


class Table(msgspec.Struct, frozen=True):
    """A whole comparison table."""

    id: str
    deck: str
    title: Text
    intro: Text
    #: Concept ids and their terms, in the order of the columns.
    between: tuple[str, ...]
    terms: tuple[str, ...]
    rows: tuple[TableRow, ...]
    citations: tuple[Citation, ...] = ()
    #: False in a bank, as `Item.in_deck`.
    in_deck: bool = True
    #: As `Item.language`.
    language: str = ""
