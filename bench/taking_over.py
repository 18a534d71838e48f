"""What it costs to take a deck over, as multiples of the time in which Anki imports it, in this one run.

`python bench/taking_over.py [--notes 10000] [--runs 3]`; Anki's own library must be installed, as for the tests.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from anki.collection import AddNoteRequest, Collection, ExportAnkiPackageOptions

from anki import import_export_pb2 as ie
from deckgen.cli.starter import frame
from deckgen.importing.package import read_package
from deckgen.importing.planning import plan
from deckgen.importing.project_files import project_files
from deckgen.importing.writing import write_project

#: Times of Anki's import: for reading and writing plain texts, and for all, with the proof.
BOUND_OF_TEXTS, BOUND = 4, 15
FIELDS = {
    "plain": "The town {} and its river by the sea",
    "html": "The <b>town</b> {} &amp; its <i>river</i><br>by the sea",
}


def package(path: Path, notes: int, answer: str) -> Path:
    """Write a package of notes with two fields."""
    with tempfile.TemporaryDirectory() as folder:
        col = Collection(str(Path(folder) / "collection.anki2"))
        kind, deck = col.models.by_name("Basic"), col.decks.id("Deck")
        requests = []
        for number in range(notes):
            note = col.new_note(kind)
            note.fields = [f"What is the capital of country number {number}?", answer.format(number)]
            requests.append(AddNoteRequest(note=note, deck_id=deck))
        col.add_notes(requests)
        options = ExportAnkiPackageOptions(with_media=True)
        col.export_anki_package(out_path=str(path), options=options, limit=None)
        col.close()
    return path


def by_anki(path: Path) -> None:
    """Import a package into an empty collection."""
    with tempfile.TemporaryDirectory() as folder:
        col = Collection(str(Path(folder) / "collection.anki2"))
        col.import_anki_package(ie.ImportAnkiPackageRequest(package_path=str(path)))
        col.close()


def planned(path: Path) -> Any:
    """Read a package, convert it, and make the texts of its files."""
    made = plan(read_package(path), "Bench", {})
    dict(project_files(made))
    return made


def whole(path: Path) -> None:
    """Take a package over, with the proof."""
    with tempfile.TemporaryDirectory() as folder:
        made = plan(read_package(path), "Bench", {})
        files = frame("bench", "Bench", "")
        write_project(made, Path(folder) / "p", files, now=1_900_000_000, progress=lambda *_: None)


def seconds(work: Callable[[Path], object], path: Path) -> float:
    """Return what a piece of work takes."""
    begun = time.perf_counter()
    work(path)
    return time.perf_counter() - begun


def main() -> int:
    """Measure, print the ratios, and return 1 if one is above its bound."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--notes", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=3)
    wanted = parser.parse_args()
    worst = 0
    with tempfile.TemporaryDirectory() as folder:
        for name, answer in FIELDS.items():
            path = package(Path(folder) / f"{name}.apkg", wanted.notes, answer)
            took: dict[str, list[float]] = {}
            for _ in range(wanted.runs):
                for work in (by_anki, planned, whole):
                    took.setdefault(work.__name__, []).append(seconds(work, path))
            anki, texts, all_ = (statistics.median(each) for each in took.values())
            print(f"{name}: Anki {anki:.2f} s, texts {texts / anki:.1f} x, with proof {all_ / anki:.1f} x")
            worst |= (name == "plain" and texts > BOUND_OF_TEXTS * anki) or all_ > BOUND * anki
    return int(worst)


if __name__ == "__main__":
    sys.exit(main())
