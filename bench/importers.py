"""Readers of a deck that exists, each a process of its own; Anki's own import is what they are compared with.

    python bench/importers.py prepare NOTES FOLDER
    python bench/importers.py anki|deckgen FILE

The seconds printed are those of the reading alone, with the library loaded.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path


def prepare(count: int, folder: Path) -> None:
    """Write a package and a text file of notes with two cards each, as Anki exports them."""
    from anki.collection import AddNoteRequest, Collection, ExportAnkiPackageOptions

    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        col = Collection(str(Path(home) / "collection.anki2"))
        deck, kind = col.decks.id("Geography::Capitals"), col.models.by_name("Basic (and reversed card)")
        requests = []
        for number in range(count):
            note = col.new_note(kind)
            note.fields = [
                f"What is the capital of country number {number}, by the old way of counting?",
                f"The town {number}, once called Größe {number % 97}",
            ]
            note.tags = ["capitals", f"continent::{number % 7}"]
            requests.append(AddNoteRequest(note=note, deck_id=deck))
        col.add_notes(requests)
        options = ExportAnkiPackageOptions(with_media=True)
        col.export_anki_package(out_path=str(folder / "deck.apkg"), options=options, limit=None)
        col.export_note_csv(
            out_path=str(folder / "deck.txt"), limit=None, with_html=True, with_tags=True, with_deck=True,
            with_notetype=True, with_guid=True,
        )  # fmt: skip
        col.close()


def anki(file: Path) -> float:
    """Import into an empty collection, by Anki's own library."""
    from anki.collection import Collection

    from anki import import_export_pb2

    with tempfile.TemporaryDirectory() as home:
        col = Collection(str(Path(home) / "collection.anki2"))
        request = import_export_pb2.ImportAnkiPackageRequest(
            package_path=str(file), options=import_export_pb2.ImportAnkiPackageOptions()
        )
        begun = time.perf_counter()
        col.import_anki_package(request)
        took = time.perf_counter() - begun
        col.close()
    return took


def deckgen(file: Path) -> float:
    """Read into a collection of deckgen's."""
    from deckgen.importing.package import read_package
    from deckgen.importing.reading import read
    from deckgen.importing.text_file import read_text

    del read_package, read_text  # Loaded before the clock begins.
    begun = time.perf_counter()
    read([file])
    return time.perf_counter() - begun


if __name__ == "__main__":
    if sys.argv[1] == "prepare":
        prepare(int(sys.argv[2]), Path(sys.argv[3]))
    else:
        print({"anki": anki, "deckgen": deckgen}[sys.argv[1]](Path(sys.argv[2])))
