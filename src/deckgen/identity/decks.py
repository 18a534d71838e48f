"""Distinguish notes that moved to another deck from decks that were renamed."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

#: (id, previous deck, deck)
Move = tuple[str, str, str]


def classify_moves(
    moves: Iterable[Move], decks_before: Iterable[str], decks_now: Iterable[str]
) -> tuple[tuple[Move, ...], tuple[tuple[str, str], ...]]:
    """Return the notes that really moved, and the decks that were renamed, as (previous name, name).

    A deck was renamed if no note is left in it, all of its notes went to one deck, and that
    deck is new. Case does not count: to Anki, `IT` and `it` are one deck.
    """
    before = {deck.casefold() for deck in decks_before}
    now = {deck.casefold() for deck in decks_now}
    moved = [move for move in moves if move[1].casefold() != move[2].casefold()]
    targets: defaultdict[str, set[str]] = defaultdict(set)
    for _, old, new in moved:
        targets[old.casefold()].add(new.casefold())
    gone = {old for old, new in targets.items() if old not in now and len(new) == 1 and not new & before}
    stayed = tuple(sorted(move for move in moved if move[1].casefold() not in gone))
    renamed = sorted({(old, new) for _, old, new in moved if old.casefold() in gone})
    return stayed, tuple(renamed)
