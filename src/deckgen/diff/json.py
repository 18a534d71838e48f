"""A difference as JSON. Keys may be added to this format, but none is removed or changes its meaning."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import msgspec

from deckgen.diff.advice import advice

if TYPE_CHECKING:
    from collections.abc import Iterable

    from deckgen.diff.difference import Difference, NoteChange, NoteRef
    from deckgen.diff.formats import Setting

FORMAT_VERSION = 1


def write(difference: Difference, setting: Setting) -> str:
    """Write a difference as JSON."""
    media = difference.media_added
    document = {
        "format": FORMAT_VERSION,
        "against": setting.against,
        "version": {"before": difference.version_before, "after": difference.version_after},
        "notes": {
            "added": _notes(difference.added),
            "changed": [_change(change) for change in difference.changed],
            "restamped": _notes(difference.restamped),
            "new_look": _notes(difference.new_look),
            "retired": _notes(difference.retired),
            "restored": _notes(difference.restored),
            "left": _notes(difference.left),
            "moved": [{**_note(move.note), "deck_before": move.before} for move in difference.moved],
            "renamed": [{**_note(note), "id_before": before} for before, note in difference.renamed],
            "stuck": _notes(difference.stuck),
        },
        "decks": {"renamed": [msgspec.to_builtins(deck) for deck in difference.decks_renamed]},
        "note_types": {
            "restyled": [{"kind": kind, "name": name} for kind, name in difference.restyled],
            "stuck": [{"kind": kind, "name": name} for kind, name in difference.types_stuck],
        },
        "cards": [
            {
                "what": each.what,
                "card": each.card,
                "type": each.kind,
                "notes": _notes(each.notes),
                "apart": each.apart,
            }
            for each in difference.cards
        ],
        "media": None
        if media is None
        else {
            "added": list(media),
            "changed": [{"before": before, "after": after} for before, after in difference.media_changed],
            "removed": list(difference.media_removed),
        },
        "advice": [msgspec.to_builtins(each) for each in advice(difference)],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _notes(notes: Iterable[NoteRef]) -> list[dict[str, Any]]:
    return [_note(note) for note in notes]


def _note(note: NoteRef) -> dict[str, Any]:
    return {"id": note.id, "guid": note.guid, "type": note.kind, "deck": note.deck, "says": note.says}


def _change(change: NoteChange) -> dict[str, Any]:
    fields = change.fields
    return {
        **_note(change.note),
        "fields": None
        if fields is None
        else [
            {"name": field.name, "before": field.before, "after": field.after, "words": list(field.pieces)}
            for field in fields
        ],
        "tags": {"added": list(change.tags_added), "removed": list(change.tags_removed)},
    }
