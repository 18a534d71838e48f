"""Clean notes from locks and packages, which may come from anybody: their texts go into new packages."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from deckgen.anki.kinds import KINDS
from deckgen.anki.own import field_count
from deckgen.identity import Lock, LockedNote, NoteContent, Retirement
from deckgen.text.characters import FORBIDDEN
from deckgen.text.clean_field import clean_field


def clean_note(note: NoteContent) -> NoteContent:
    """Return a note without anything that runs code, loads something, or that Anki refuses."""
    fields = tuple(map(clean_field, note.fields))
    tags = tuple(tag for tag in note.tags if not FORBIDDEN.search(tag) and not any(map(str.isspace, tag)))
    return NoteContent(fields, tags) if (fields, tags) != (note.fields, note.tags) else note


def clean_lock(lock: Lock) -> Lock:
    """Return a lock whose retired notes are clean; the same object if they already are."""
    notes = tuple(_clean_line(line) for line in lock.notes)
    return (
        lock
        if all(new is old for new, old in zip(notes, lock.notes, strict=True))
        else replace(lock, notes=notes)
    )


def problems(lock: Lock) -> Iterator[tuple[str, str]]:
    """Yield the ids of retired notes that Anki cannot import, each with the reason."""
    counts = {name: len(kind.fields) for name, kind in KINDS.items()}
    counts |= {each.key: field_count(each.schema) for each in lock.schemas}
    for line in lock.notes:
        if not isinstance(line.state, Retirement):
            continue
        count = counts.get(line.note_type)
        if count is None:
            yield line.id, f"unknown note type `{line.note_type}`"
        elif len(line.state.fields) != count:
            yield line.id, f"a `{line.note_type}` note has {count} fields, not {len(line.state.fields)}"


def _clean_line(line: LockedNote) -> LockedNote:
    if not isinstance(line.state, Retirement):
        return line
    note = NoteContent(line.state.fields, line.state.tags)
    clean = clean_note(note)
    deck = FORBIDDEN.sub("", line.deck) or "?"
    if clean is note and deck == line.deck:
        return line
    return replace(line, deck=deck, state=Retirement(line.state.since, clean.fields, clean.tags))
