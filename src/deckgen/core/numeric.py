"""Numeric: a number, with a tolerance and a unit."""

from __future__ import annotations

from deckgen.core.item import Item
from deckgen.core.text import Text


class Numeric(Item, frozen=True, kw_only=True):
    """Give a number; right when within `tolerance` of `answer`."""

    prompt: Text
    #: As its author spelled it, without underscores: `65536`, `3.10`, `6.022e23`, `0xFF`, `1/3`
    #: (`deckgen.core.number`).
    answer: str
    #: Absolute in the unit of the answer (`0.05`), relative (`1 %`), or as many significant digits as must agree
    #: (`3 digits`); `0` for exact.
    tolerance: str = "0"
    unit: str = ""

    @property
    def kind(self) -> str:
        return "numeric"

    @property
    def key(self) -> str:
        return self.answer
