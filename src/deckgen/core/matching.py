"""Matching: each entry on the left goes with one on the right."""

from __future__ import annotations

import msgspec

from deckgen.core.item import Item
from deckgen.core.text import Text


class Pair(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """An entry and what it goes with. Several pairs may share one `right` (equal texts are one choice)."""

    left: Text
    right: Text


class Matching(Item, frozen=True, kw_only=True):
    """Find for each left entry its right one; `extra` are right entries that match nothing."""

    prompt: Text
    pairs: tuple[Pair, ...]
    extra: tuple[Text, ...] = ()

    @property
    def kind(self) -> str:
        return "matching"
