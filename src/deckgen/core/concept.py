"""Concept: a term and what it means, asked in both directions."""

from __future__ import annotations

from deckgen.core.item import Item
from deckgen.core.text import Text


class Concept(Item, frozen=True, kw_only=True):
    """A term and its definition: two cards (term → definition, definition → term)."""

    term: str
    definition: Text
    example: Text = ""
    #: Other names of it, plain text.
    aliases: tuple[str, ...] = ()
    #: Ids of the tables it is a column of (`Course.tables`), for the back of its cards and the study guide.
    tables: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        return "concept"

    @property
    def cards(self) -> int:
        return 2

    @property
    def introduces(self) -> bool:
        return True
