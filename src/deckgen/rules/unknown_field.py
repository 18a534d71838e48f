r"""A note or a card names a field that its note type does not have.

`@{field}` in the texts of a card, `needs`, and every key of a note that is not a key of all items, name a field of the
type. `\@{` is the text `@{`.

Bad:
    ```toml
    [deck]
    name = "Capitals"

    [notetype.country]
    fields = ["country", "capital"]

    [[notetype.country.card]]
    id    = "capital"
    front = "What is the capital of @{country}?"
    back  = "@{capital}"

    [[note]]
    id      = "peru"
    type    = "country"
    country = "Peru"
    capitol = "Lima"
    ```

Good:
    ```toml
    [deck]
    name = "Capitals"

    [notetype.country]
    fields = ["country", "capital"]

    [[notetype.country.card]]
    id    = "capital"
    front = "What is the capital of @{country}?"
    back  = "@{capital}"

    [[note]]
    id      = "peru"
    type    = "country"
    country = "Peru"
    capital = "Lima"
    ```
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from deckgen.diagnostics import Diagnostic, Place
from deckgen.language.gathered import known_keys
from deckgen.language.manuscript import Entry, Manuscript
from deckgen.language.note import Note
from deckgen.nearest import did_you_mean, nearest
from deckgen.placeholders import template
from deckgen.rules._rule import Rule

RULE = Rule(__name__)


def check_all(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Look every name of a field up in its type."""
    for file in manuscript.files:
        for entry in file.types:
            yield from _in_type(entry)
    for entry in manuscript.entries(Note):
        note = entry.item
        kind = manuscript.note_types.get(note.type)
        if kind is None or note.fields.keys() <= set(kind.field_names):
            continue
        names = kind.field_names
        for name in note.fields:
            if name not in names:
                meant = [each for each in (*names, *sorted(known_keys(Note))) if each not in note.fields]
                yield _found(name, meant, names, entry.place.child(name).key(), "a note of type", note.type)


def _in_type(entry: Entry) -> Iterator[Diagnostic]:
    kind, name = entry.item, str(entry.place.path[-1])
    names = kind.names
    if kind.cloze and kind.cloze not in names:
        yield _found(kind.cloze, names, names, entry.place.child("cloze"), "the note type", name)
    for index, card in enumerate(kind.card):
        at = entry.place.child("card", index)
        for number, need in enumerate(card.needs or ()):
            if need not in names:
                yield _found(need, names, names, at.child("needs", number), "the note type", name)
        texts = [(at.child("front"), card.front), (at.child("back"), card.back)]
        texts += [(at.child("accept", number), text) for number, text in enumerate(card.accept)]
        for place, text in texts:
            for shown in dict.fromkeys(found.names if (found := template(text)) else ()):
                if shown not in names:
                    part = place.part(f"@{{{shown}}}")
                    yield _found(shown, names, names, part, "the note type", name)


def _found(
    field: str, meant: Sequence[str], names: Sequence[str], place: Place, owner: str, kind: str
) -> Diagnostic:
    near = nearest(field, meant)
    return RULE.error(
        f"{owner} `{kind}` has no field `{field}`",
        place,
        did_you_mean(near),
        help="" if near else "its fields: " + ", ".join(f"`{each}`" for each in names),
        proposal=near or "",
    )
