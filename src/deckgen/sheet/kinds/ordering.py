"""Ordering: entries scrambled, with a box before each for its number."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from deckgen.core import Text
from deckgen.sheet.arrangement import Arrangement
from deckgen.sheet.shuffle import orders

if TYPE_CHECKING:
    from deckgen.core import Ordering
    from deckgen.ranks import Key, Order


class Placed(msgspec.Struct, frozen=True):
    """An entry and the number that belongs in its box, from 1."""

    text: Text
    place: int


class OrderingArrangement(Arrangement, frozen=True):
    """Entries as printed; `solution` has their numbers from top to bottom."""

    entries: tuple[Placed, ...]


def arrange(item: Ordering, key: Key, versions: int) -> tuple[OrderingArrangement, ...]:
    """Scramble the entries, and never leave them in the right order."""
    names = [str(place) for place in range(len(item.entries))]

    def is_solved(_version: int, order: Order) -> bool:
        return tuple(item.entries[place] for place in order) == item.entries

    return tuple(
        OrderingArrangement(
            entries=tuple(Placed(item.entries[place], place + 1) for place in order),
            solution=" ".join(str(place + 1) for place in order),
        )
        for order in orders(names, key, versions, never=is_solved)
    )
