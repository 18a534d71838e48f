"""A hash of everything that a note type looks like: when it changes, the note type gets a new stamp."""

from __future__ import annotations

from collections.abc import Iterable

from deckgen.anki.notetypes import NoteType
from deckgen.identity import html_hash


def type_hash(name: str, fields: Iterable[str], templates: Iterable[tuple[str, str, str]], style: str) -> str:
    """Return a hash of all that Anki takes from a newer note type; `templates` are (name, front, back)."""
    return html_hash(name, (*fields, "", *(part for each in templates for part in each), style), ())


def hash_of(note_type: NoteType) -> str:
    """Return the hash of a note type of this build."""
    return type_hash(
        note_type.name,
        (field.name for field in note_type.fields),
        ((each.name, each.front, each.back) for each in note_type.templates),
        note_type.style,
    )
