"""Ordering: things to put in the right order."""

from __future__ import annotations

from deckgen.core.item import Item
from deckgen.core.text import Text


class Ordering(Item, frozen=True, kw_only=True):
    """Put `entries`, given here in the right order, in order."""

    prompt: Text
    entries: tuple[Text, ...]

    @property
    def kind(self) -> str:
        return "ordering"
