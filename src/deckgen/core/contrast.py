"""Contrast: how the compared concepts differ in one aspect."""

from __future__ import annotations

from deckgen.core.item import Item
from deckgen.core.reference import Cell
from deckgen.core.text import Text


class Contrast(Item, frozen=True, kw_only=True):
    """Say for one `aspect` what is true of each compared concept; a row of a table as a card."""

    #: Title of the table.
    title: Text
    aspect: Text
    cells: tuple[Cell, ...]

    @property
    def kind(self) -> str:
        return "contrast"
