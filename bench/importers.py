"""What takes a deck over, each a process of its own; Anki's own import of the deck is what they are compared with.

python bench/importers.py prepare NOTES FOLDER
python bench/importers.py anki|read|convert|take FILE
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

from measure import Program, Results, in_turn, ratio, tell_time

#: The answer of a note, by the name of its deck.
ANSWERS = {
    "plain": "The town {} and its river by the sea",
    "html": "The <b>town</b> {} &amp; its <i>river</i><br>by the sea",
}


def importing(folder: Path, notes: int, runs: int, results: Results) -> None:
    """Time the reading of a deck, its conversion, and all of it with the proof, against Anki's import."""
    print(f"taking over {notes} notes", flush=True)
    if find_spec("anki") is None:
        print("  left out: Anki's library is not installed (`make test` does that)")
        return

    def program(who: str, file: str) -> Program:
        return Program(f"{who} {file}", [sys.executable, __file__, who, str(folder / file)], tells=True)

    subprocess.run([sys.executable, __file__, "prepare", str(notes), str(folder)], check=True)
    for name in ANSWERS:
        package = f"{name}.apkg"
        native, *own = (program(who, package) for who in ("anki", "read", "convert", "take"))
        if name == "plain":
            own.append(program("read", "plain.txt"))
        timed = in_turn([native, *own], runs, folder)
        results.timings(timed)
        # Texts with markup take as long as their markup wants, so only the whole has a bound.
        bounds = (1.0, 4.0 if name == "plain" else None, 15.0, 1.5)
        for each, bound in zip(own, bounds, strict=False):
            value = ratio(timed[each.name], timed[native.name], told=True)
            results.tell(f"{each.name} / Anki's own import of the package", value, bound)


def prepare(notes: int, folder: Path) -> None:
    """Write packages of notes with two fields, and one of them as text, as Anki exports them."""
    from anki.collection import AddNoteRequest, Collection, ExportAnkiPackageOptions

    folder.mkdir(parents=True, exist_ok=True)
    for name, answer in ANSWERS.items():
        with tempfile.TemporaryDirectory() as home:
            col = Collection(str(Path(home) / "collection.anki2"))
            deck, kind = col.decks.id("Geography::Capitals"), col.models.by_name("Basic")
            requests = []
            for number in range(notes):
                note = col.new_note(kind)
                note.fields = [f"What is the capital of country number {number}?", answer.format(number)]
                note.tags = ["capitals", f"continent::{number % 7}"]
                requests.append(AddNoteRequest(note=note, deck_id=deck))
            col.add_notes(requests)
            options = ExportAnkiPackageOptions(with_media=True)
            col.export_anki_package(out_path=str(folder / f"{name}.apkg"), options=options, limit=None)
            col.export_note_csv(
                out_path=str(folder / f"{name}.txt"), limit=None, with_html=True, with_tags=True, with_deck=True,
                with_notetype=True, with_guid=True,
            )  # fmt: skip
            col.close()


def anki(file: Path) -> None:
    """Import into an empty collection, by Anki's own library."""
    from anki.collection import Collection

    from anki import import_export_pb2

    with tempfile.TemporaryDirectory() as home:
        col = Collection(str(Path(home) / "collection.anki2"))
        request = import_export_pb2.ImportAnkiPackageRequest(
            package_path=str(file), options=import_export_pb2.ImportAnkiPackageOptions()
        )
        tell_time(lambda: col.import_anki_package(request))
        col.close()


def read(file: Path) -> None:
    """Read into a collection of deckgen's."""
    from deckgen.importing.package import read_package
    from deckgen.importing.reading import read
    from deckgen.importing.text_file import read_text

    del read_package, read_text  # Loaded before the clock begins.
    tell_time(lambda: read([file]))


def convert(file: Path) -> None:
    """Read, convert, and make the texts of a project's files."""
    from deckgen.importing.planning import plan
    from deckgen.importing.project_files import project_files
    from deckgen.importing.reading import read

    tell_time(lambda: dict(project_files(plan(read([file]), "Bench", {}))))


def take(file: Path) -> None:
    """Take a deck over, with the proof."""
    from deckgen.cli.starter import frame
    from deckgen.importing.planning import plan
    from deckgen.importing.reading import read
    from deckgen.importing.writing import write_project

    with tempfile.TemporaryDirectory() as folder:

        def whole() -> None:
            made = plan(read([file]), "Bench", {})
            files = frame("bench", "Bench", "")
            write_project(made, Path(folder) / "p", files, now=1_900_000_000, progress=lambda *_: None)

        tell_time(whole)


if __name__ == "__main__":
    if sys.argv[1] == "prepare":
        prepare(int(sys.argv[2]), Path(sys.argv[3]))
    else:
        {"anki": anki, "read": read, "convert": convert, "take": take}[sys.argv[1]](Path(sys.argv[2]))
