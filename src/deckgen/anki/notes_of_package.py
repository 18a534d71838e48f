"""The notes of a package with their stamps."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

from deckgen.anki.package import StampedNote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deckgen.anki.target import Package


def notes_of(package: Package) -> Iterator[StampedNote]:
    """Yield the notes of a package in the order of their ids."""
    edition, places, retired = package.edition, array("L", package.places), package.retired
    type_ids = {kind.kind: kind.id for kind, _ in package.types}
    ids = [*(line.nid for line in package.lines), *(line.nid for line in retired)]
    for number in sorted(range(len(ids)), key=ids.__getitem__):
        if number < len(places):
            line, cards = edition.stamped.notes[places[number]], edition.cards[places[number]]
        else:
            # Learners who have a retired note keep its cards and see the banner. Others should not start to learn it:
            # a package cannot bring suspended cards, but it can bring a note without cards.
            line, cards = retired[number - len(places)], ()
        yield StampedNote(
            line.nid,
            line.guid,
            type_ids[line.note_type],
            line.mod,
            line.deck,
            number,
            cards,
            edition.places.get(line.id, ()),
            edition.elsewhere.get(line.id, ()),
        )
