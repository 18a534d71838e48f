"""`export csv` gives everything back: Anki's own import finds each note, and what is read again is the same."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from anki_judge import collection, import_package
from cli.conftest import Ran
from deckgen.importing.package import read_package
from deckgen.importing.reading import read
from engine.adopting import Adopted
from engine.projects import write_files
from importing.decks import genanki_deck, with_sql

if TYPE_CHECKING:
    from anki.collection import Collection


def import_text(col: Collection, path: Path) -> Any:
    """Import a text file as Anki's dialog does that is confirmed at once."""
    from anki.import_export_pb2 import ImportCsvRequest

    metadata = col.get_csv_metadata(path=str(path), delimiter=None)
    return col.import_csv(ImportCsvRequest(path=str(path), metadata=metadata)).log


def contents(col: Collection) -> list[Any]:
    return col.db.all("SELECT guid, mid, mod, tags, flds FROM notes ORDER BY guid")


def test_anki_finds_every_note_of_an_export(deckgen: Callable[..., Ran], course: Path) -> None:
    """Imported over the packages of the same course, the texts of all kinds change nothing; one edit, one note."""
    assert deckgen("build", "-C", course).code == 0
    code, out, err = deckgen("export", "csv", "-C", course, "--out", "given")
    assert (code, err) == (0, "")
    texts = sorted(Path("given").glob("*.txt"))
    assert len(texts) > 8
    assert all(f"{path}: " in out for path in texts)
    with collection() as col:
        for package in sorted((course / "dist/anki").glob("*.apkg")):
            import_package(col, package)
        before, count = contents(col), col.note_count()
        found = 0
        for path in texts:
            log = import_text(col, path)
            trouble = (log.new, log.updated, log.missing_notetype, log.missing_deck, log.empty_first_field)
            assert not any(map(len, trouble))
            found += len(log.duplicate)
        assert found == count
        assert contents(col) == before
        path = texts[0]
        lines = path.read_text(encoding="utf-8").split("\n")
        cells = lines[7].split("\t")
        cells[2] = "edited"
        path.write_text("\n".join([*lines[:7], "\t".join(cells), *lines[8:]]), encoding="utf-8")
        assert len(import_text(col, path).updated) == 1
        # A collection that has the note types and none of the notes gets them all.
        col.remove_notes(col.find_notes(""))
        assert sum(len(import_text(col, path).new) for path in texts) == count


def test_an_export_is_read_again_as_it_was(deckgen: Callable[..., Ran], course: Path) -> None:
    """With the package of the same build, what the texts give is the package: notes, decks, tags, media names."""
    assert deckgen("build", "-C", course).code == 0
    assert deckgen("export", "csv", "-C", course).code == 0
    packages = read(sorted((course / "dist/anki").glob("*.apkg")))
    texts = read(sorted((course / "dist/export").glob("*.txt")), packages)
    assert {note.guid: note for note in texts.notes} == {note.guid: note for note in packages.notes}
    assert texts.types == packages.types
    assert not texts.losses
    media = course / "dist/export/media"
    assert {path.name: path.read_bytes() for path in media.glob("*")} == {
        name: each.read() for name, each in packages.media.items()
    }


def test_odd_guids_and_texts_come_back_from_a_deck_that_was_taken_over(
    deckgen: Callable[..., Ran], tmp_path: Path
) -> None:
    """`#1`, quotes, tabs and line ends: the package that came in is what the export gives."""
    values = [("#first", 'say "a"\tb'), ("line\nend", "# none"), ('"quoted"', "x"), ("", "no first field")]
    guids = ("#1", 'a"b', "tab\there", "e+/O]%*qfk")

    def odd(connection: Any) -> None:
        ids = [id_ for (id_,) in connection.execute("SELECT id FROM notes ORDER BY id")]
        connection.executemany("UPDATE notes SET guid = ? WHERE id = ?", zip(guids, ids, strict=True))

    original = read_package(with_sql(genanki_deck(tmp_path / "odd.apkg", values, tags=["a", "b::c"]), odd))
    Adopted(tmp_path / "project", original).adopt()
    code, _, err = deckgen("export", "csv", "-C", tmp_path / "project")
    assert code == 0
    assert err == "warning: Anki skips notes whose first field is empty when it imports a text: `n-3`\n"
    (path,) = (tmp_path / "project/dist/export").glob("*.txt")
    again = read([path], original)
    assert {note.guid: note for note in again.notes} == {note.guid: note for note in original.notes}


def test_a_deck_comes_before_those_in_it(deckgen: Callable[..., Ran], tmp_path: Path) -> None:
    """Anki, which makes the decks as it meets them, makes no `A+` of the deck A; that it skips `2024` is said."""
    project = tmp_path / "project"
    for name, deck in (("a", "A::B::C"), ("b", "2024"), ("c", "A"), ("d", "A::B")):
        cards = project / f"cards/{name}.toml"
        cards.parent.mkdir(parents=True, exist_ok=True)
        cards.write_text(
            f'[deck]\nname = "{deck}"\n\n[[question]]\nid = "{name}"\ntype = "short"\nprompt = "{name}?"\nanswer = "{name}"\n'
        )
    (project / "deckgen.toml").write_text('id = "decks"\ntitle = "Decks"\n')
    assert deckgen("build", "-C", project).code == 0
    code, _, err = deckgen("export", "csv", "-C", project)
    assert (code, err) == (0, "warning: Anki takes `2024`, a number, for an id when it imports a text\n")
    (path,) = (project / "dist/export").glob("*.txt")
    with collection() as col:
        for package in sorted((project / "dist/anki").glob("*.apkg")):
            import_package(col, package)
        col.remove_notes(col.find_notes(""))
        col.decks.remove([col.decks.id("A"), col.decks.id("2024")])
        log = import_text(col, path)
        assert (len(log.new), len(log.missing_deck)) == (3, 1)
        assert {each.name for each in col.decks.all_names_and_ids()} == {
            "Default",
            "A",
            "A::B",
            "A::B::C",
        }


@pytest.mark.parametrize("spoilt", ["project", "folder", "format"])
def test_what_cannot_be_exported_is_said(spoilt: str, deckgen: Callable[..., Ran], course: Path) -> None:
    """A course with errors, a folder that is a file, a format that is none: a message, and nothing is written."""
    arguments = ["export", "csv", "-C", str(course), "--out", "given"]
    expected = 1
    if spoilt == "project":
        (course / "cards/more.toml").write_text("[deck]\nnme = 1\n")
    elif spoilt == "folder":
        Path("given").write_text("")
    else:
        arguments[1], expected = "xml", 2
    code, out, err = deckgen(*arguments)
    assert (code, out) == (expected, "")
    assert err.startswith("error")
    assert not Path("given").is_dir()


def test_a_course_of_many_notes_is_exported_before_it_is_built(tmp_path: Path) -> None:
    """Nothing is stored then, so that no other process may make the notes; packages of many decks are taken over too."""
    question = '[[question]]\nid = "q-{0}-{1}"\ntype = "short"\nprompt = "{2} {1}?"\nanswer = "{1}"\n'
    write_files(
        tmp_path,
        {"deckgen.toml": 'id = "many"\ntitle = "Many"\n'}
        | {
            f"cards/{name}.toml": f'[deck]\nname = "Many::{name}"\n'
            + "".join(question.format(name, number, "How many are there " * 20) for number in range(600))
            for name in ("a", "b")
        },
    )
    command = [sys.executable, "-m", "deckgen", "export", "csv", "-C", str(tmp_path), "--out", "given"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "1,200 notes" in done.stdout
