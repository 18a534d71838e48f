"""An id in `was` belongs to another item.

`was` carries the history of a former id over to this item, so nobody else may have that id any more:
neither an item of today nor the `was` of another.

Bad:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id     = "six-times-seven"
    was    = ["product"]
    type   = "short"
    prompt = "What is six times seven?"
    answer = "42"

    [[question]]
    id     = "product"
    type   = "short"
    prompt = "What is seven times eight?"
    answer = "56"
    ```

Good:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id     = "six-times-seven"
    was    = ["product"]
    type   = "short"
    prompt = "What is six times seven?"
    answer = "42"

    [[question]]
    id     = "seven-times-eight"
    type   = "short"
    prompt = "What is seven times eight?"
    answer = "56"
    ```
"""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.diagnostics import Diagnostic, Place, Related
from deckgen.language.manuscript import Manuscript
from deckgen.rules._rule import Rule

RULE = Rule(__name__)


def check_all(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Check every former id."""
    claimed: dict[str, Place] = {}
    for entry in manuscript.items:
        for index, former in enumerate(entry.item.was):
            place = entry.place.child("was", index)
            owner = manuscript.by_id.get(former)
            if owner is not None:
                yield RULE.error(
                    f"`{former}` is the id of an existing item",
                    place,
                    related=(Related(owner.place.child("id"), "used here"),),
                    help="an id that was given up cannot be used again: choose another for the new item",
                )
            elif former in claimed:
                yield RULE.error(
                    f"`{former}` is claimed twice",
                    place,
                    related=(Related(claimed[former], "claimed here too"),),
                    help="only one item can carry its history on",
                )
            claimed.setdefault(former, place)


def of_history(message: str, help_: str, place: Place) -> Diagnostic:
    """Return the diagnostic for a former id that the lock shows to be somebody else's."""
    return RULE.error(message, place.child("id"), help=help_)
