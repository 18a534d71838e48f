"""A note lacks a field without which it cannot be asked.

Every note fills the first field of its type: Anki sorts by it. A card needs fields too (`needs`; without it those of
its front), and a note without any card would never be asked. In a note of a type with `cloze`, that field has a gap.

Bad:
    ```toml
    [deck]
    name = "Capitals"

    [notetype.country]
    fields = ["country", "capital"]

    [[notetype.country.card]]
    id    = "capital"
    needs = ["capital"]
    front = "What is the capital of @{country}?"
    back  = "@{capital}"

    [[note]]
    id      = "peru"
    type    = "country"
    country = "Peru"
    ```

Good:
    ```toml
    [deck]
    name = "Capitals"

    [notetype.country]
    fields = ["country", "capital"]

    [[notetype.country.card]]
    id    = "capital"
    needs = ["capital"]
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

from collections.abc import Iterator

from deckgen import core
from deckgen.diagnostics import Diagnostic
from deckgen.language.manuscript import Entry, Manuscript
from deckgen.language.note import Note
from deckgen.language.question.gaps import read_gaps
from deckgen.rules import bad_gap
from deckgen.rules._rule import Rule

RULE = Rule(__name__)


def check_all(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Look for the first field, a card, and a gap of every note."""
    for entry in manuscript.entries(Note):
        note = entry.item
        kind = manuscript.note_types.get(note.type)
        # Mistakes in a type are reported on the type; a key that is not a field of it may be the missing one.
        if (
            kind is not None
            and kind.fields
            and kind.fields[0]
            and note.fields.keys() <= set(kind.field_names)
        ):
            yield from _check(entry, kind)


def _check(entry: Entry, kind: core.NoteType) -> Iterator[Diagnostic]:
    note: Note = entry.item
    values = note.values(kind)
    first = kind.fields[0]
    if kind.adopted is not None:
        # What Anki has may have empty fields, HTML, and no gap or card.
        text = "" if kind.cloze is None else values[kind.cloze]
        if isinstance(text, str) and text:
            yield from bad_gap.of_text(text, entry.place.child(kind.fields[kind.cloze or 0]))
    elif not core.is_filled(values[0]):
        place = entry.place.child(first) if first in note.fields else entry.place.header()
        yield RULE.error(
            f"a note of type `{kind.name}` without `{first}`",
            place,
            f"add `{first} = …`",
            help="the first field of a type is what Anki sorts by: every note fills it",
        )
    elif kind.cloze is not None:
        yield from _gaps(entry, kind.fields[kind.cloze], values[kind.cloze])
    elif not any(kind.cards_of(values)):
        yield RULE.error(
            f"a note of type `{kind.name}` without a card",
            entry.place.header(),
            "fill what one of its cards needs",
            help="; ".join(
                f"`{card.id}` needs " + ", ".join(f"`{kind.fields[place]}`" for place in card.needs)
                for card in kind.cards
                if card and not card.retired
            ),
        )


def _gaps(entry: Entry, field: str, text: core.Text) -> Iterator[Diagnostic]:
    place = entry.place.child(field) if field in entry.item.fields else entry.place.header()
    if isinstance(text, core.Html):
        yield RULE.error(f"`{field}` has gaps, and cannot be HTML", place, "write it in Markdown")
        return
    problems = list(bad_gap.of_text(text, place))
    yield from problems
    if not problems and not read_gaps(text)[1]:
        yield RULE.error(f"`{field}` without a gap", place, "mark a gap: `{{…}}`")
