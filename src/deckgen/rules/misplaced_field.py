"""A card shows a field, or a picture, where Anki cannot.

In Anki the sides of a card are templates, and a field is put in as it is rendered. So `@{field}` works in text: not in
code, in a formula, in the address of a link or picture, nor in a picture's alternative text. What is to be code, a
formula or a picture is written so in the field. Pictures that no field names do not come into Anki at all.

Where a note has raw HTML in a field, on paper and screen it can only be all of a side: `front = "@{field}"`.

Bad:
    ```toml
    [deck]
    name = "Capitals"

    [notetype.country]
    fields = ["country", "flag"]

    [[notetype.country.card]]
    id    = "flag"
    front = "![](@{flag})"
    back  = "@{country}"
    ```

Good:
    ```toml
    [deck]
    name = "Capitals"

    [notetype.country]
    fields = ["country", "flag"]

    [[notetype.country.card]]
    id    = "flag"
    front = "@{flag}"
    back  = "@{country}"
    ```
"""

from __future__ import annotations

from collections.abc import Iterator

from deckgen import core
from deckgen.diagnostics import Diagnostic, Place
from deckgen.language.manuscript import Entry, Manuscript
from deckgen.language.note import Note
from deckgen.language.note_type import NoteType
from deckgen.placeholders import Template, template
from deckgen.rules._rule import Rule
from deckgen.text.literal import literals
from deckgen.text.parse import parse
from deckgen.text.plain import visible_gaps

RULE = Rule(__name__)


def check_all(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Look at the sides of every card, and at notes with HTML."""
    for file in manuscript.files:
        for entry in file.types:
            yield from _in_type(entry)
    for entry in manuscript.entries(Note):
        note = entry.item
        kind = manuscript.note_types.get(note.type)
        # Notes that were made elsewhere have much HTML.
        if (
            kind is not None
            and kind.adopted is None
            and any(isinstance(value, core.Html) for value in note.fields.values())
        ):
            for each in kind.together:
                yield from _html(entry, each)


def _in_type(entry: Entry) -> Iterator[Diagnostic]:
    kind: NoteType = entry.item
    for index, card in enumerate(kind.card):
        at = entry.place.child("card", index)
        for side, text in (("front", card.front), ("back", card.back)):
            place = at.child(side)
            found = template(text)
            if found is not None:
                yield from _hidden(found, place)
            if "![" in text and _has_picture(text):
                yield RULE.error(
                    f"a picture in the {side} of a card",
                    place.part("!["),
                    "put it into a field: Anki takes no other",
                )


def _hidden(found: Template, place: Place) -> Iterator[Diagnostic]:
    """Give the fields of a side that nobody sees, and those in code or formulas."""
    names = iter(range(len(found.names)))
    marked = found.fill(lambda _name: core.field_marker(next(names)))
    seen = visible_gaps(marked)
    pieces = literals(marked)
    for number, name in enumerate(found.names):
        at = marked.find(core.field_marker(number))
        part = place.part(f"@{{{name}}}")
        if number not in seen:
            yield RULE.error(
                f"`@{{{name}}}` in an address or an alternative text",
                part,
                "write the whole link or picture in the field",
            )
        elif any(piece.start <= at < piece.end for piece in pieces):
            yield RULE.error(
                f"`@{{{name}}}` in code or a formula", part, "write the code or formula in the field"
            )


def _has_picture(text: str) -> bool:
    return any(
        isinstance(event, dict) and isinstance(event.get("Start"), dict) and "Image" in event["Start"]
        for event, _ in parse(text).events
    )


def _html(entry: Entry, kind: core.NoteType) -> Iterator[Diagnostic]:
    note: Note = entry.item
    values = note.values(kind)
    for place, value in enumerate(values):
        if not isinstance(value, core.Html):
            continue
        marker = core.field_marker(place)
        for card in kind.cards_of(values):
            sides = [text for text in (card.front, card.back) if marker in text and text.strip() != marker]
            if sides:
                name = kind.fields[place]
                yield RULE.error(
                    f"`{name}` is HTML, and the card `{card.id}` shows it among other text",
                    entry.place.child(name),
                    f"write it in Markdown, or have the card show `@{{{name}}}` alone",
                )
                break
