"""A package whose notes are revised is the package that holds these notes from the start."""

from __future__ import annotations

import io
import json
import sqlite3
from contextlib import closing
from pathlib import Path
from zipfile import ZipFile

import pytest

from deckgen.anki import collection, repack
from deckgen.anki.repack import Revision, revised
from deckgen.anki.zip import PIECE_END
from deckgen.cli.starter import starter
from deckgen.engine.outcome import Options
from deckgen.engine.pipeline import build

NOW = 1_700_000_000


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """Build the project of `deckgen new`, and return its package."""
    return built(tmp_path)


def built(folder: Path) -> Path:
    """Build the project of `deckgen new` in a folder, and return its package."""
    root = folder / "course"
    for name, text in starter("course", "Course").items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    build(root, Options(now=NOW))
    (made,) = (root / "dist" / "anki").glob("*.apkg")
    return made


def notes(package: Path, folder: Path) -> list[Revision]:
    """Return the notes of a package as they are."""
    (folder / "read").write_bytes(ZipFile(package).read("collection.anki2"))
    with closing(sqlite3.connect(folder / "read")) as there:
        rows = there.execute("SELECT id, guid, mod, flds, tags FROM notes ORDER BY id").fetchall()
        cards = {
            id_: tuple(
                ord_ for (ord_,) in there.execute("SELECT ord FROM cards WHERE nid = ? ORDER BY ord", (id_,))
            )
            for id_, *_ in rows
        }
    return [
        Revision(id_, guid, mod, tuple(fields.split("\x1f")), tuple(tags.split()), cards[id_])
        for id_, guid, mod, fields, tags in rows
    ]


@pytest.mark.parametrize("limit", [0, 64_000_000], ids=["in files", "in memory"])
def test_a_note_revised_and_revised_back_leaves_the_very_bytes(
    package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: int
) -> None:
    """Whether it is copied in memory or in files, and however long the note was in between."""
    monkeypatch.setattr(collection, "_IN_MEMORY", limit)
    before = package.read_bytes()
    for note in notes(package, tmp_path):
        long = note._replace(mod=NOW + 5, fields=(*note.fields[:-1], "x" * 9_000))
        changed = revised(package, [long])
        assert changed is not None
        assert changed != before
        other = tmp_path / "other.apkg"
        other.write_bytes(changed)
        now = {each.id: each for each in notes(other, tmp_path)}
        assert (now[note.id].mod, now[note.id].fields) == (NOW + 5, long.fields)
        with closing(sqlite3.connect(tmp_path / "read")) as there:
            stamps = there.execute("SELECT nid = ?, mod FROM cards", (note.id,)).fetchall()
        assert set(stamps) == {(1, NOW + 5), (0, note.mod)}
        assert revised(other, [note]) == before


def test_memory_and_files_give_the_same_bytes(
    package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A copy hangs on the rows alone."""
    some = [
        note._replace(mod=NOW + 7, fields=(*note.fields[:-1], "longer" * 900))
        for note in notes(package, tmp_path)
    ]
    here = revised(package, some)
    monkeypatch.setattr(collection, "_IN_MEMORY", 0)
    assert here is not None
    assert revised(package, some) == here


def test_what_is_not_there_or_would_be_other_rows_is_left_to_a_whole_build(
    package: Path, tmp_path: Path
) -> None:
    """An unknown note, another GUID, other tags or cards, a stamp of another size, a package that is none."""
    note = notes(package, tmp_path)[0]
    for wrong in (
        {"id": note.id + 999_999},
        {"guid": "other"},
        {"tags": (*note.tags, "more")},
        {"cards": (*note.cards, 9)},
        {"mod": 5},
    ):
        assert revised(package, [note._replace(**wrong)]) is None
    content = package.read_bytes()
    for damage in (b"", content[:50], content[: len(content) // 2], b"\0" * 99 + content[99:]):
        package.write_bytes(damage)
        assert revised(package, [note]) is None
    for at in range(100, len(content) // 2, len(content) // 40):
        package.write_bytes(content[:at] + bytes([content[at] ^ 16]) + content[at + 1 :])
        assert revised(package, [note]) is None
    stream = io.BytesIO()
    with ZipFile(stream, "w") as other:
        other.writestr("media", json.dumps({}))
        other.writestr("collection.anki2", b"")
    package.write_bytes(stream.getvalue())
    assert revised(package, [note]) is None


def no_copying(*_: object) -> None:
    """Stand for a copy that must not be made."""
    pytest.fail("it was copied")


def no_pages(*_: object) -> None:
    """Stand for pages that are not of the simple kind."""


@pytest.mark.parametrize("first", ["", "42", "-1.5", "1e3", " 7 ", "7\n", "0x1A", ".", "4 2", "٤٢", "Why?"])
@pytest.mark.parametrize("last", ["", "short", "long " * 100, "longer " * 1_000])
def test_pages_and_copies_give_the_same_bytes(
    package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, first: str, last: str
) -> None:
    """Whatever a note says: SQLite keeps what looks like a number as one in the column that Anki sorts by."""
    revisions = [
        note._replace(mod=NOW + place, fields=(first, *note.fields[1:-1], last))
        for place, note in enumerate(notes(package, tmp_path)[::3])
    ]
    here = revised(package, revisions)
    monkeypatch.setattr(repack, "_in_pages", no_pages)
    assert here is not None
    assert revised(package, revisions) == here


def test_the_common_edit_copies_nothing(
    package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A note that says as much as before, only otherwise, is put in its page."""
    monkeypatch.setattr(repack, "_copied", no_copying)
    for note in notes(package, tmp_path):
        other = note._replace(mod=NOW + 5, fields=tuple(field.swapcase() for field in note.fields))
        assert revised(package, [other]) is not None


def test_pieces_that_do_not_change_are_taken_as_they_stand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A package of many pieces comes out as if all of them had been deflated, and its checksum is right."""
    for module in (collection, repack):
        monkeypatch.setattr(module, "PIECE", 8_192)
    package = built(tmp_path)
    other = tmp_path / "other.apkg"
    for note in notes(package, tmp_path):
        changed = note._replace(mod=NOW + 5, fields=tuple(field.swapcase() for field in note.fields))
        with monkeypatch.context() as patch:
            patch.setattr(repack, "_copied", no_copying)
            in_pages = revised(package, [changed])
        assert in_pages is not None
        other.write_bytes(in_pages)
        assert ZipFile(other).testzip() is None
        with monkeypatch.context() as patch:
            patch.setattr(repack, "_in_pages", no_pages)
            assert revised(package, [changed]) == in_pages


def test_a_mark_by_chance_is_left_to_a_whole_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where what ends a piece stands inside of one, nobody can tell where the others begin."""
    for module in (collection, repack):
        monkeypatch.setattr(module, "PIECE", 8_192)
    package = built(tmp_path)
    note = notes(package, tmp_path)[0]
    content = package.read_bytes()
    mark = content.rindex(PIECE_END)
    # A block that holds nothing, which may stand anywhere between blocks.
    twice = bytearray(content[:mark] + PIECE_END + b"\0" + PIECE_END + content[mark + len(PIECE_END) :])
    size = int.from_bytes(content[18:22], "little")
    twice[18:22] = (size + 5).to_bytes(4, "little")
    package.write_bytes(twice)
    assert revised(package, [note]) is None
