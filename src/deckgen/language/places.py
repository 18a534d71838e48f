"""Give the fields and cards of a note type their places: those that they have in the lock, spare ones to new ones."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from msgspec.structs import replace

from deckgen.identity import SPARE_CARDS, SPARE_FIELDS, Schema
from deckgen.language.note_type import Field, NoteType


class Placed(NamedTuple):
    """What has which place."""

    #: Names by place; empty where a place is spare.
    names: tuple[str, ...]
    #: Names in the lock that nothing carries on.
    lost: tuple[str, ...]
    #: Names for which no place is left.
    without_place: tuple[str, ...]


def field_places(kind: NoteType, frozen: Schema | None, *, adopted: bool = False) -> Placed:
    """Return the places of the fields of a type; `frozen` is what the lock says of it.

    No place is spare in a type that is `adopted`.
    """
    wanted = [(each.name, each.was) if isinstance(each, Field) else (each, ()) for each in kind.fields]
    return _placed(wanted, frozen.fields if frozen else None, 0 if adopted else SPARE_FIELDS)


def card_places(kind: NoteType, frozen: Schema | None, *, adopted: bool = False) -> Placed:
    """Return the places of the cards of a type by their ids. A cloze has one card in Anki, with any number of gaps."""
    wanted = [(card.id, card.was) for card in kind.card]
    known = tuple(card.id for card in frozen.cards) if frozen else None
    return _placed(wanted, known, 0 if kind.cloze or adopted else SPARE_CARDS)


def further(kind: NoteType, cards: Placed) -> NoteType | None:
    """Return the type of those cards that have no place in `kind`, with its fields; None if there are none.

    A cloze makes a card for each gap, and has no further ones.
    """
    rest = tuple(card for card in kind.card if card.id in cards.without_place)
    return replace(kind, card=rest) if rest and not kind.cloze else None


def _placed(
    wanted: Iterable[tuple[str, tuple[str, ...]]], known: tuple[str, ...] | None, spare: int
) -> Placed:
    # A duplicate is reported, and counts once.
    names = dict(wanted)
    if known is None:
        return Placed((*names, *[""] * spare), (), ())
    places = [name if name in names else "" for name in known]
    for name, was in names.items():
        if name not in places:
            # The latest of its former names that nothing else carries on.
            free = (
                known.index(old) for old in reversed(was) if old in known and not places[known.index(old)]
            )
            if (at := next(free, None)) is not None:
                places[at] = name
    lost = tuple(name for name, now in zip(known, places, strict=True) if name and not now)
    new = [name for name in names if name not in places]
    for at, name in enumerate(known):
        if not name and new:
            places[at] = new.pop(0)
    # A field that is lost keeps its place, so that no other one takes it.
    kept = tuple(now or name for now, name in zip(places, known, strict=True))
    return Placed(kept, lost, tuple(new))
