"""What a note type looks like, as one hash: when it moves, so does the note type's stamp."""

from __future__ import annotations

from collections.abc import Iterable

from deckgen.anki.notetypes import NoteType
from deckgen.identity import html_hash


def type_hash(name: str, fields: Iterable[str], templates: Iterable[tuple[str, str, str]], style: str) -> str:
    """Hash all that Anki takes from a newer note type; `templates` are (name, front, back)."""
    return html_hash(name, (*fields, "", *(part for each in templates for part in each), style), ())


def hash_of(note_type: NoteType) -> str:
    """Hash a note type of this build."""
    return type_hash(
        note_type.name,
        (field.name for field in note_type.fields),
        ((each.name, each.front, each.back) for each in note_type.templates),
        note_type.style,
    )
