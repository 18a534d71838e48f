"""A note type lost a field or a card that learners have, or grew beyond its spare places.

Anki never again updates the notes of a note type whose fields or cards are removed or put into another order. So a
type is frozen by the first `deckgen.lock` that has a note of it: fields and cards stay, in whatever order they are
written. What is new takes a spare place, of which there are six for fields and six for cards. A field is renamed by
`{ name = "new", was = ["old"] }`, a card by `was = ["old"]`; a field that is not wanted is left empty, and a card is
withdrawn by `retired = true`. A type that was taken over from Anki has no spare places.

Bad:
    ```text
    `fields = ["country", "capital"]` where the lock has a field `flag` as well
    ```

Good:
    ```text
    `fields = ["country", "capital", "flag"]`, and no note that fills it
    ```
"""

from __future__ import annotations

from collections.abc import Iterator

from deckgen import core
from deckgen.diagnostics import Diagnostic, Place
from deckgen.identity import Schema
from deckgen.language.manuscript import Entry, Manuscript
from deckgen.language.note_type import NoteType
from deckgen.language.places import card_places, field_places
from deckgen.nearest import nearest
from deckgen.rules._rule import Rule

RULE = Rule(__name__)


def check_all(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Compare every type with the lock."""
    for file in manuscript.files:
        for entry in file.types:
            frozen = manuscript.frozen.schemas.get(core.own_kind(str(entry.place.path[-1])))
            if frozen is not None:
                adopted = core.own_kind(str(entry.place.path[-1])) in manuscript.frozen.types
                yield from _check(entry, frozen, adopted=adopted)


def _check(entry: Entry, frozen: Schema, *, adopted: bool) -> Iterator[Diagnostic]:
    kind: NoteType = entry.item
    fields, cards = field_places(kind, frozen), card_places(kind, frozen)
    at = entry.place.child("fields")
    for name in fields.lost:
        near = nearest(name, [each for each in kind.names if each not in frozen.fields])
        new = f'`{{ name = "{near}", was = ["{name}"] }}` if it is `{near}` now' if near else ""
        yield RULE.error(
            f"learners have notes with the field `{name}`",
            at,
            new or f"put `{name}` back",
            help="Anki would never update their notes again: a field that is not wanted is left empty",
        )
    if fields.without_place:
        yield _no_place("fields", fields.without_place, at, adopted=adopted)
    for id_ in cards.lost:
        yield RULE.error(
            f"learners have the card `{id_}` of `{entry.place.path[-1]}`",
            entry.place.header(),
            "put it back" if adopted else "put it back; with `retired = true` nobody gets it any more",
            help="Anki would never update their notes again"
            if adopted
            else "Anki never removes a card: those who have it are told on its front that it was withdrawn",
        )
    if cards.without_place:
        yield _no_place("cards", cards.without_place, entry.place.header(), adopted=adopted)
    if bool(kind.cloze) is not bool(frozen.cloze):
        yield RULE.error(
            "learners have this type " + ("with" if frozen.cloze else "without") + " `cloze`",
            entry.place.child("cloze").key() if kind.cloze else entry.place.header(),
            help="to ask in another way, make a new type for new notes",
        )
    elif (
        kind.cloze
        and kind.cloze in fields.names
        and fields.names.index(kind.cloze) != frozen.fields.index(frozen.cloze)
    ):
        yield RULE.error(
            f"learners have the gaps in `{frozen.cloze}`",
            entry.place.child("cloze"),
            help="to ask in another way, make a new type for new notes",
        )


def _no_place(what: str, names: tuple[str, ...], place: Place, *, adopted: bool) -> Diagnostic:
    listed = ", ".join(f"`{name}`" for name in names)
    if adopted:
        return RULE.error(
            f"an adopted type has no place for the {what} {listed}",
            place,
            help="Anki would never update the notes of learners who have the type: make a further type, with notes "
            "of its own",
        )
    return RULE.error(
        f"no spare place is left for the {what} {listed}",
        place,
        help="a further type, for new notes, has new ones",
    )
