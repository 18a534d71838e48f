"""Collects what is lost or repaired while a deck is read."""

from __future__ import annotations

import re

from deckgen.importing.collection import Loss
from deckgen.text.characters import clean

#: Places named of each kind of loss; the rest is counted.
_NAMED = 10
#: Characters of a field that name its note.
_LONGEST = 40
_TAG = re.compile("<[^>]*>")


class Losses:
    """What is lost, each kind with its first places and the number of the others, so that it cannot grow large."""

    def __init__(self) -> None:
        self._places: dict[str, list[str]] = {}
        self._counts: dict[str, int] = {}

    def add(self, what: str, where: str = "") -> None:
        """Note a loss; the same `what` at many places is one kind. Control characters in `where` are replaced."""
        self._counts[what] = self._counts.get(what, 0) + 1
        places = self._places.setdefault(what, [])
        if len(places) < _NAMED:
            places.append(clean(where))

    def all(self) -> tuple[Loss, ...]:
        """Return them in the order in which their kinds were first met."""
        found = []
        for what, places in self._places.items():
            found += [Loss(what=what, where=where) for where in places]
            if left := self._counts[what] - len(places):
                found.append(Loss(what=what, where=f"and {left:,} more"))
        return tuple(found)


def named(id_: object, first_field: object = "") -> str:
    """Return how a note is named for people: its id, and how its first field begins."""
    text = " ".join(_TAG.sub(" ", str(first_field)[:1000]).split())
    short = text if len(text) <= _LONGEST else f"{text[:_LONGEST].rstrip()}…"
    return f"note {id_}" + (f" ({short})" if short else "")
