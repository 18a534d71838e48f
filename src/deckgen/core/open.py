"""Open: an answer in the learner's own sentences."""

from __future__ import annotations

from deckgen.core.item import Item
from deckgen.core.text import Text


class Open(Item, frozen=True, kw_only=True):
    """Answer in sentences; compare with `model`."""

    prompt: Text
    #: A model answer.
    model: Text
    #: Lines to leave for it on paper.
    lines: int = 4

    @property
    def kind(self) -> str:
        return "open"
