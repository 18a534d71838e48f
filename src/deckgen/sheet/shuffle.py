"""The permanent shuffle: the same names under the same key always have the same order.

Things are ordered by rank (`deckgen.ranks`). Since each name has its own rank, a name that is added comes somewhere
among the others and does not move them, and a draw of n (the n lowest ranks) changes by one at most.

Changing anything here reshuffles printed sheets that lie in drawers: tests pin it.
"""

from __future__ import annotations

from functools import partial
from math import factorial
from typing import TYPE_CHECKING

from deckgen.ranks import Order, shuffled

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from deckgen.ranks import Key

#: After so many orders that were all used up, one that was seen before is taken.
_ATTEMPTS = 64


def version_name(index: int) -> str:
    """Return the name of version `index` (0-based): A, B, … Z, then AA, AB and so on."""
    name = ""
    index += 1
    while index:
        index, letter = divmod(index - 1, 26)
        name = chr(ord("A") + letter) + name
    return name


def orders(
    names: Sequence[str],
    key: Key,
    versions: int,
    *,
    never: Callable[[int, Order], bool] = lambda _version, _order: False,
) -> tuple[Order, ...]:
    """Return an order of `names` for each of `versions` versions.

    No two are the same while there are enough of them, and none is one that `never(version, order)`
    forbids, as far as turning by one place can help. A version's key is `(*key, its name, attempt)`:
    attempts count from 0, and go on until an order is good.
    """
    made: list[Order] = []
    for version in range(versions):
        mine = (*key, version_name(version))
        made.append(_fresh(names, mine, made, partial(never, version)))
    return tuple(made)


def _fresh(names: Sequence[str], key: Key, made: list[Order], never: Callable[[Order], bool]) -> Order:
    attempts = _ATTEMPTS if len(made) < factorial(min(len(names), 6)) else 1
    order: Order = ()
    for attempt in range(attempts):
        order = shuffled(names, (*key, str(attempt)))
        if order not in made and not never(order):
            return order
    return (*order[1:], *order[:1]) if never(order) else order
