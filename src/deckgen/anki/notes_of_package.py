"""The notes of a package with their stamps, without a copy of all of them in memory."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

from deckgen.anki.package import StampedNote

if TYPE_CHECKING:
    from deckgen.anki.target import Package


class NotesOfPackage:
    """The notes of a package, each made when it is asked for."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._places = array("L", package.places)
        self._ids = {kind.kind: kind.id for kind, _ in package.types}

    def __len__(self) -> int:
        return len(self._places) + len(self._package.retired)

    def __getitem__(self, number: int, /) -> StampedNote:
        edition = self._package.edition
        if number < len(self._places):
            place = self._places[number]
            line, cards = edition.stamped.notes[place], edition.cards[place]
        else:
            # Learners who have a retired note keep its cards and see the banner. Others should not start to learn it:
            # a package cannot bring suspended cards, but it can bring a note without cards.
            line, cards = self._package.retired[number - len(self._places)], ()
        return StampedNote(
            line.nid,
            line.guid,
            self._ids[line.note_type],
            line.mod,
            line.deck,
            number,
            cards,
            edition.places.get(line.id, ()),
            edition.elsewhere.get(line.id, ()),
        )
