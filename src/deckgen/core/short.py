"""Short: a word or phrase to type."""

from __future__ import annotations

from deckgen.core.accents import Accents
from deckgen.core.item import Item
from deckgen.core.text import Text


class Short(Item, frozen=True, kw_only=True):
    """Give a word or phrase; `accept` are other spellings that count as right. Plain text, no Markdown."""

    prompt: Text
    answer: str
    accept: tuple[str, ...] = ()
    accents: Accents = "almost"

    @property
    def kind(self) -> str:
        return "short"

    @property
    def key(self) -> str:
        return self.answer
