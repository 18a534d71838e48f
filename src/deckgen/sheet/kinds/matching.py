"""Matching: both sides scrambled, letters on the right, a box for one on the left."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from deckgen.core import Text
from deckgen.sheet.arrangement import Arrangement, Lettered
from deckgen.sheet.shuffle import orders, version_name

if TYPE_CHECKING:
    from deckgen.core import Matching
    from deckgen.ranks import Key, Order


class Matched(msgspec.Struct, frozen=True):
    """An entry on the left and the letter of what it goes with."""

    text: Text
    letter: str
    #: The place of its pair in the author's text, from 0.
    source: int


class MatchingArrangement(Arrangement, frozen=True):
    """Both sides as printed; `solution` has the letters from top to bottom."""

    left: tuple[Matched, ...]
    right: tuple[Lettered, ...]


def arrange(item: Matching, key: Key, versions: int) -> tuple[MatchingArrangement, ...]:
    """Scramble both sides, and never leave them side by side. Equal texts on the right are one entry."""
    partners = [pair.right for pair in item.pairs]
    written = [*partners, *item.extra]
    rights = tuple(dict.fromkeys(written))
    lefts = orders(_names(len(item.pairs)), (*key, "left"), versions)

    def letters(left: Order, right: Order) -> list[str]:
        at = {rights[place]: version_name(position) for position, place in enumerate(right)}
        return [at[item.pairs[place].right] for place in left]

    def is_solved(version: int, right: Order) -> bool:
        return letters(lefts[version], right) == _letters(len(item.pairs))

    return tuple(
        MatchingArrangement(
            left=tuple(
                Matched(item.pairs[place].left, letter, place)
                for place, letter in zip(left, letters(left, right), strict=True)
            ),
            right=tuple(
                Lettered(
                    letter,
                    rights[place],
                    right=rights[place] in partners,
                    source=written.index(rights[place]),
                )
                for letter, place in zip(_letters(len(rights)), right, strict=True)
            ),
            solution=" ".join(letters(left, right)),
        )
        for left, right in zip(
            lefts, orders(_names(len(rights)), (*key, "right"), versions, never=is_solved), strict=True
        )
    )


def _names(count: int) -> list[str]:
    return [str(place) for place in range(count)]


def _letters(count: int) -> list[str]:
    return [version_name(place) for place in range(count)]
