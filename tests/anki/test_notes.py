"""Notes by their index among all files of cards."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from deckgen.anki.note_text import join_content
from deckgen.anki.notes import NoteRecord, Notes, Records, StoredNotes, save_notes
from deckgen.engine.store import Store

if TYPE_CHECKING:
    from pathlib import Path


def record(id_: str) -> NoteRecord:
    """Return the record of a note that matters here by its id only."""
    return NoteRecord(id_, "short", "D", "", "", b"", (), (0,), ())


def test_a_note_is_found_by_its_index_past_files_without_notes(tmp_path: Path) -> None:
    """Index 0 is the first note of the first file that has one, the last index the last of the last."""
    files = {"a": ["a1", "a2"], "empty": [], "b": ["b1"], "none": [], "c": ["c1", "c2", "c3"]}
    store = Store(tmp_path, "test")
    for name, ids in files.items():
        texts = msgspec.msgpack.encode([join_content([id_], ["tag"]) for id_ in ids])
        records = Records.of([record(id_) for id_ in ids])
        save_notes(store, name, StoredNotes(b"", b"", (), records, texts))
    notes = Notes(store, {name: Records.of([record(id_) for id_ in ids]) for name, ids in files.items()})
    all_ids = [id_ for ids in files.values() for id_ in ids]
    assert all_ids == [each.id for each in notes.records()]
    assert all_ids == [notes.content(index).fields[0] for index in range(len(all_ids))]
    assert [(name, len(ids)) for name, ids in files.items()] == notes.places()
