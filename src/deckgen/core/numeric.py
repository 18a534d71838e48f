"""Numeric: a number, with a tolerance and a unit."""

from __future__ import annotations

from deckgen.core.item import Item
from deckgen.core.text import Text


class Numeric(Item, frozen=True, kw_only=True):
    """Give a number; right when within `tolerance` (absolute, same unit) of `answer`."""

    prompt: Text
    #: As the author wrote it, in TOML's notation without underscores: `65536`, `0.5`, `-3`.
    answer: str
    #: Absolute tolerance in the unit of the answer, `0` for exact.
    tolerance: str = "0"
    unit: str = ""

    @property
    def kind(self) -> str:
        return "numeric"

    @property
    def key(self) -> str:
        return self.answer
