"""An adopted note type, or a note of one, has something that Anki has no place for.

A note type that was made in Anki and taken over stays as it is: learners have it. Its notes have its fields and
nothing else: no `explanation`, `hint` or `sources`, and its cards cannot be withdrawn. Each card has a template for
both sides in `templates/anki/own/TYPE/CARD/`; one that was added later may have none. Fields and cards may be renamed
in Anki where they have ids, which `deckgen.lock` says; without ids Anki knows them by their names. `without` and
`decks` in a note name cards of its type; they, `deck` in a card and `anki` in a field belong to adopted types alone.

Bad:
    ```toml
    [deck]
    name = "Capitals"

    [notetype.country]
    fields = ["country", { name = "city", anki = "capital" }]

    [[notetype.country.card]]
    id    = "capital"
    front = "What is the capital of @{country}?"
    back  = "@{city}"
    ```

Good:
    ```toml
    [deck]
    name = "Capitals"

    [notetype.country]
    fields = ["country", "city"]

    [[notetype.country.card]]
    id    = "capital"
    front = "What is the capital of @{country}?"
    back  = "@{city}"
    ```
"""

from __future__ import annotations

from collections.abc import Container, Iterator

from deckgen import core
from deckgen.adopted import AdoptedType
from deckgen.diagnostics import Diagnostic, Place
from deckgen.language.manuscript import Entry, Manuscript
from deckgen.language.note import Note
from deckgen.language.note_type import Field, NoteType
from deckgen.nearest import did_you_mean, nearest
from deckgen.rules._rule import Rule
from deckgen.rules.bad_note_type import is_field_name

RULE = Rule(__name__)

#: Keys of a note that no field of an adopted type is for.
_SHOWN = ("explanation", "hint", "sources")
#: Keys of a note that only one of an adopted type has.
_OF_CARDS = ("without", "decks")


def check_all(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Look at every type, and at every note."""
    for file in manuscript.files:
        for entry in file.types:
            kind = manuscript.note_types.get(str(entry.place.path[-1]))
            frozen = manuscript.frozen.types.get(core.own_kind(str(entry.place.path[-1])))
            yield from _others(entry) if frozen is None or kind is None else _renamed(entry, kind, frozen)
    for entry in manuscript.entries(Note):
        note = entry.item
        kind = manuscript.note_types.get(note.type)
        if kind is not None:
            yield from _in_note(entry, kind)


def of_templates(files: Container[str], manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Give an error for each template that an adopted type lacks; `files` are the project's templates."""
    for file in manuscript.files:
        for entry in file.types:
            kind = manuscript.note_types[str(entry.place.path[-1])]
            folder = f"templates/anki/own/{kind.name}"
            sides = [f"{card.id}/{side}.html" for card in kind.cards if card for side in ("front", "back")]
            for card in kind.companion.cards if kind.companion else ():
                both = [f"{card.id}/{side}.html" for side in ("front", "back")] if card else []
                # Without templates such a card shows its Markdown.
                sides += both if any(f"{folder}/{name}" in files for name in both) else ()
            for name in [*sides, "style.css"] if kind.adopted else ():
                if f"{folder}/{name}" not in files:
                    yield RULE.error(
                        f"the adopted type `{kind.name}` has no `{folder}/{name}`",
                        entry.place.header(),
                        help="restore it from git; without it Anki's cards would be blank",
                    )


def _others(entry: Entry) -> Iterator[Diagnostic]:
    """Give what a type has that only adopted ones have."""
    kind: NoteType = entry.item
    for index, field in enumerate(kind.fields):
        if isinstance(field, Field) and field.anki:
            yield _only_adopted("anki", entry.place.child("fields", index, "anki").key())
    for index, card in enumerate(kind.card):
        if card.deck:
            yield _only_adopted("deck", entry.place.child("card", index, "deck").key())


def _only_adopted(key: str, place: Place) -> Diagnostic:
    return RULE.error(f"`{key}` where the type is not an adopted one", place, "leave it out")


def _renamed(entry: Entry, kind: core.NoteType, frozen: AdoptedType) -> Iterator[Diagnostic]:
    made: NoteType = entry.item
    present = kind.adopted or frozen
    seen: set[str] = set()
    for index, name in enumerate(made.names_in_anki.values()):
        if name in seen:
            yield RULE.error(f"two fields are called `{name}` in Anki", entry.place.child("fields", index))
        elif name not in {field.name for field in frozen.fields} and not is_field_name(name):
            yield RULE.error(f"no field can be called `{name}` in Anki", entry.place.child("fields", index))
        seen.add(name)
    for place, (field, now) in enumerate(zip(frozen.fields, present.fields, strict=True)):
        if field.id is None and field.name != now.name:
            index = made.names.index(kind.fields[place])
            yield _no_id("field", field.name, now.name, entry.place.child("fields", index))
    for place, (template, after) in enumerate(zip(frozen.templates, present.templates, strict=True)):
        if template.id is None and template.name != after.name:
            card = kind.cards[place]
            index = [each.id for each in made.card].index(card.id) if card else 0
            yield _no_id("card", template.name, after.name, entry.place.child("card", index, "name"))
    for index, each in enumerate(made.card):
        if each.retired:
            yield RULE.error(
                f"the card `{each.id}` of an adopted type cannot be withdrawn",
                entry.place.child("card", index, "retired").key(),
                help="say so in its templates, which all learners then see",
            )


def _no_id(what: str, before: str, now: str, place: Place) -> Diagnostic:
    return RULE.error(
        f"the {what} `{before}` cannot be called `{now}` in Anki",
        place,
        f"call it `{before}`",
        help=f"it has no id, so that learners' Anki knows it by this name, and would take a renamed {what} for another",
    )


def _in_note(entry: Entry, kind: core.NoteType) -> Iterator[Diagnostic]:
    note: Note = entry.item
    for key in _SHOWN if kind.adopted else ():
        if getattr(note, key):
            yield RULE.error(
                f"`{key}` in a note of the adopted type `{kind.name}`",
                entry.place.child(key).key(),
                "put it into one of its fields",
                help="its notes have its fields and nothing else: "
                + ", ".join(f"`{name}`" for name in kind.fields),
            )
    for key in _OF_CARDS:
        named: tuple[str, ...] = tuple(getattr(note, key))
        if named and kind.adopted is None:
            yield _only_adopted(key, entry.place.child(key).key())
            continue
        for number, card in enumerate(named):
            if all(note.ordinal(each, card) is None for each in kind.together):
                cards = [] if kind.cloze is not None else [*kind.cards, *(kind.companion or kind).cards]
                ids = list(dict.fromkeys(each.id for each in cards if each))
                near = nearest(card, ids)
                place = entry.place.child(key, number if key == "without" else card)
                yield RULE.error(
                    f"the adopted type `{kind.name}` has no card `{card}`",
                    place if key == "without" else place.key(),
                    did_you_mean(near),
                    help=""
                    if near
                    else "its cards: "
                    + (", ".join(f"`{each}`" for each in ids) or "`c1`, `c2`, … by its gaps"),
                    proposal=near or "",
                )
