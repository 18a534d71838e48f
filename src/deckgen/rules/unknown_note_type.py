"""A note is of a type that no file defines.

A type is a table `[notetype.NAME]` in any file of cards, and known in all of them.

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
    type    = "contry"
    country = "Peru"
    capital = "Lima"
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

from collections.abc import Iterator

from deckgen.diagnostics import Diagnostic
from deckgen.language.manuscript import Manuscript
from deckgen.language.note import Note
from deckgen.nearest import did_you_mean, nearest
from deckgen.rules._rule import Rule

RULE = Rule(__name__)


def check_all(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Look the type of every note up."""
    known = manuscript.note_types
    for entry in manuscript.entries(Note):
        note = entry.item
        if note.type in known:
            continue
        # What could not be read may be there.
        if manuscript.partial or note.type in manuscript.broken:
            continue
        near = nearest(note.type, known)
        yield RULE.error(
            f"unknown note type `{note.type}`",
            entry.place.child("type"),
            did_you_mean(near),
            help="" if near else f"add a table `[notetype.{note.type or 'NAME'}]` to a file in `cards/`",
        )
