"""A note type lost a field or a card that learners have, or grew beyond its spare places.

Anki never again updates the notes of a note type whose fields or cards are removed or put into another order. So a
type is frozen by the first `deckgen.lock` that has a note of it: fields and cards stay, in whatever order they are
written. What is new takes a spare place, of which there are six for fields and six for cards. A field is renamed by
`{ name = "new", was = ["old"] }`, a card by `was = ["old"]`; a field that is not wanted is left empty, and a card is
withdrawn by `retired = true`. A type that was taken over from Anki has no spare places. Further cards than there is a
place for are notes of their own in Anki, of a further type, which has all fields of the first, and those that have no
place there: so only such a card can show them. A type with `cloze` has no further cards.

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

from collections.abc import Collection, Iterator

from msgspec.structs import replace

from deckgen import core
from deckgen.diagnostics import Diagnostic, Place
from deckgen.identity import Schema
from deckgen.language.manuscript import Entry, Manuscript
from deckgen.language.note_type import NoteType
from deckgen.language.places import card_places, field_places, further
from deckgen.nearest import nearest
from deckgen.placeholders import template
from deckgen.rules._rule import Rule

RULE = Rule(__name__)


def check_all(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Compare every type with the lock."""
    for file in manuscript.files:
        for entry in file.types:
            key = core.own_kind(str(entry.place.path[-1]))
            frozen = manuscript.frozen.schemas.get(key)
            if frozen is not None:
                companion = manuscript.frozen.schemas.get(key + core.COMPANION)
                yield from _check(entry, frozen, companion, adopted=key in manuscript.frozen.types)


def _check(entry: Entry, frozen: Schema, companion: Schema | None, *, adopted: bool) -> Iterator[Diagnostic]:
    kind: NoteType = entry.item
    cards = card_places(kind, frozen)
    rest = further(kind, cards)
    fields = field_places(kind, frozen)
    more = replace(kind, card=rest.card if rest else ())
    lost = {*fields.lost, *(field_places(more, companion).lost if companion else ())}
    known = {*frozen.fields, *(companion.fields if companion else ())}
    at = entry.place.child("fields")
    for name in sorted(lost):
        near = nearest(name, [each for each in kind.names if each not in known])
        new = f'`{{ name = "{near}", was = ["{name}"] }}` if it is `{near}` now' if near else ""
        yield RULE.error(
            f"learners have notes with the field `{name}`",
            at,
            new or f"put `{name}` back",
            help="Anki would never update their notes again: a field that is not wanted is left empty",
        )
    for id_ in (*cards.lost, *(card_places(more, companion).lost if companion else ())):
        yield RULE.error(
            f"learners have the card `{id_}` of `{entry.place.path[-1]}`",
            entry.place.header(),
            "put it back" if adopted else "put it back; with `retired = true` nobody gets it any more",
            help="Anki would never update their notes again"
            if adopted
            else "Anki never removes a card: those who have it are told on its front that it was withdrawn",
        )
    full = rest is not None and companion is not None
    for what, names, where in (
        ("fields", fields.without_place if rest is None else (), at),
        ("fields", field_places(more, companion).without_place if full else (), at),
        ("cards", cards.without_place if rest is None else (), entry.place.header()),
        ("cards", card_places(more, companion).without_place if full else (), entry.place.header()),
    ):
        if names:
            yield _no_place(what, names, where, adopted=adopted)
    if rest is not None:
        yield from _unseen(entry, [card.id for card in rest.card], fields.without_place)
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


def _unseen(entry: Entry, further: Collection[str], fields: Collection[str]) -> Iterator[Diagnostic]:
    """Give each field that a card shows, or needs, in whose notes it has no place."""
    kind: NoteType = entry.item
    for index, card in enumerate(kind.card):
        if card.id in further:
            continue
        at = entry.place.child("card", index)
        texts = [(at.child("front"), card.front), (at.child("back"), card.back)]
        texts += [(at.child("accept", number), text) for number, text in enumerate(card.accept)]
        shown = [(need, at.child("needs", number)) for number, need in enumerate(card.needs or ())]
        for place, text in texts:
            found = template(text)
            shown += [(name, place.part(f"@{{{name}}}")) for name in (found.names if found else ())]
        for name, place in dict(reversed(shown)).items():
            if name in fields:
                yield RULE.error(
                    f"the card `{card.id}` has no place for the field `{name}` in Anki",
                    place,
                    help="its notes have the fields that learners know; only the cards that were added when no place "
                    "was left can show it: " + ", ".join(f"`{each}`" for each in further),
                )


def _no_place(what: str, names: Collection[str], place: Place, *, adopted: bool) -> Diagnostic:
    listed = ", ".join(f"`{name}`" for name in names)
    if adopted:
        return RULE.error(
            f"an adopted type has no place for the {what} {listed}",
            place,
            help="Anki would never update the notes of learners who have the type: make a further type, with notes "
            "of its own"
            if what == "cards"
            else "Anki would never update the notes of learners who have the type: only a card that is added can "
            "show it, which comes as a note of its own",
        )
    return RULE.error(
        f"no spare place is left for the {what} {listed}",
        place,
        help="a further type, for new notes, has new ones",
    )
