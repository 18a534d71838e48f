"""Fronts of cards that a note has only if it has some fields, and of spare cards, which no note has yet.

Anki never again updates the notes of a note type that gets a further template. But the text of a template may change:
so a type has templates from its first release on whose fronts show nothing, and a card that is added takes one of them.
"""

from __future__ import annotations

from collections.abc import Iterable


def gated(front: str, fields: Iterable[str]) -> str:
    """Return a front that shows nothing, so that there is no card, if one of some fields is empty."""
    for field in reversed(tuple(fields)):
        front = f"{{{{#{field}}}}}{front}{{{{/{field}}}}}"
    return front


def spare_front(field: str) -> str:
    """Return the front of a card that no note has while `field` is empty.

    Anki refuses the edits of a learner whose note type has a front without a field, or the same front twice.
    """
    return gated(f"{{{{{field}}}}}", [field])
