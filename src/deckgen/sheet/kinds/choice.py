"""Choice and multiple: options in another order in each version."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deckgen.sheet.arrangement import Arrangement, Lettered
from deckgen.sheet.shuffle import orders, version_name

if TYPE_CHECKING:
    from deckgen.core import Choice, Option
    from deckgen.ranks import Key


class ChoiceArrangement(Arrangement, frozen=True):
    """Options as printed."""

    options: tuple[Lettered, ...]


def arrange(item: Choice, key: Key, versions: int) -> tuple[ChoiceArrangement, ...]:
    """Shuffle the options; `last` ones stay last, in the author's order."""
    moving = [option for option in item.options if not option.last]
    staying = [option for option in item.options if option.last]
    # An option's name is its place in the source: correcting its text does not move it.
    names = [str(place) for place in range(len(moving))]
    return tuple(
        _arrangement([moving[place] for place in order] + staying) for order in orders(names, key, versions)
    )


def _arrangement(options: list[Option]) -> ChoiceArrangement:
    lettered = tuple(
        Lettered(
            version_name(place),
            option.text,
            option.right,
            option.why,
            source=option.source,
            misconception=option.misconception,
        )
        for place, option in enumerate(options)
    )
    return ChoiceArrangement(
        options=lettered, solution=" ".join(option.letter for option in lettered if option.right)
    )
