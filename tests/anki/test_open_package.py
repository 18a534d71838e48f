"""Packages that anybody may have made: nothing in them runs, and what is not as deckgen writes it is refused."""

from __future__ import annotations

import io
import json
import os
import sqlite3
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from deckgen.anki.open_package import PackageError
from deckgen.anki.previous import PreviousPackages, packages_in
from deckgen.anki.unpack import unpack
from deckgen.pipeline.outcome import Options
from deckgen.pipeline.pipeline import build
from engine.projects import write_files

NOW = 1_790_000_000
FILES = {
    "deckgen.toml": 'id = "sums"\ntitle = "Sums"\nversion = "1"\n',
    "cards/sums.toml": """\
[deck]
name = "Sums"

[[question]]
id = "one-and-one"
type = "short"
prompt = "What is one and one?"
answer = "two"

[[question]]
id = "two-and-two"
type = "short"
prompt = "What is two and two?"
answer = "four"
""",
}
Change = Callable[[sqlite3.Connection], object]


def sql(*statements: str) -> Change:
    return lambda connection: [connection.execute(statement) for statement in statements]


def decks(text: str) -> Change:
    return lambda connection: connection.execute("UPDATE col SET decks = ?", (text,))


def models(change: Callable[[dict[str, dict[str, object]]], object]) -> Change:
    def changed(connection: sqlite3.Connection) -> None:
        made = json.loads(connection.execute("SELECT models FROM col").fetchone()[0])
        change(made)
        connection.execute("UPDATE col SET models = ?", (json.dumps(made),))

    return changed


ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
CHANGES: dict[str, Change] = {
    "an odd id of a deck": decks('{"one": {"name": "Sums"}}'),
    "no name of a deck": decks('{"1": {}}'),
    "a deck that is a list": decks('{"1": []}'),
    "decks that are NaN": decks("NaN"),
    "deep decks": decks('{"1":' * 100_000),
    "blob for decks": sql("UPDATE col SET decks = x'00ff'"),
    "a stamp that is NaN": models(lambda made: next(iter(made.values())).update(mod=float("nan"))),
    "a stamp that is endless": models(lambda made: next(iter(made.values())).update(mod=float("inf"))),
    "fields that are numbers": models(lambda made: next(iter(made.values())).update(flds=[1])),
    "an odd id of a note": sql("ALTER TABLE notes RENAME TO n", "CREATE TABLE notes AS SELECT 'x' AS id, guid, mid, mod, tags, flds FROM n"),
    "a stamp that is a text": sql("UPDATE notes SET mod = 'now'"),
    "a stamp that is no whole number": sql("UPDATE notes SET mod = 1.5"),
    "blob for fields": sql("UPDATE notes SET flds = x'00ff'"),
    "fields that are not UTF-8": sql("UPDATE notes SET flds = CAST(x'ff' AS TEXT)"),
    "null for a guid": sql("ALTER TABLE notes RENAME TO n", "CREATE TABLE notes AS SELECT id, NULL AS guid, mid, mod, tags, flds FROM n"),
    "no row": sql("DELETE FROM col"),
    "no notes": sql("DROP TABLE notes"),
    "an endless view": sql("ALTER TABLE notes RENAME TO n", f"CREATE VIEW notes AS {ENDLESS} SELECT i AS id, 'g' AS guid, 1 AS mid, 1 AS mod, '' AS tags, '' AS flds FROM n"),
    "an endless table": sql("ALTER TABLE cards RENAME TO c", f"CREATE VIEW cards AS {ENDLESS} SELECT i AS nid, 1 AS did, 1 AS ord FROM n"),
    "a generated column": sql("ALTER TABLE notes RENAME TO n", "CREATE TABLE notes (id, guid, mid, mod, tags, flds AS (hex(zeroblob(100000000))))", "INSERT INTO notes SELECT id, guid, mid, mod, tags FROM n"),
    "a virtual table": sql("ALTER TABLE notes RENAME TO n", "CREATE VIRTUAL TABLE notes USING fts5(id, guid, mid, mod, tags, flds)"),
}  # fmt: skip


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write_files(tmp_path, FILES)
    assert not build(tmp_path, Options(now=NOW)).failed
    return tmp_path


def change(path: Path, how: Change) -> None:
    """Change the collection in a package."""
    with zipfile.ZipFile(path) as package:
        members = {name: package.read(name) for name in package.namelist()}
    with sqlite3.connect(":memory:") as connection:
        connection.deserialize(members["collection.anki2"])
        how(connection)
        connection.commit()
        members["collection.anki2"] = connection.serialize()
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(name, content)
    path.unlink()
    path.write_bytes(made.getvalue())


def test_odd_packages_are_refused_and_count_as_absent(project: Path) -> None:
    """Odd ids, NaN, blobs for texts, views without end: a `PackageError`, in time; a build goes on as without it."""
    path = project / "dist/anki/Sums.apkg"
    whole = path.read_bytes()
    begun = time.process_time()
    for name, how in CHANGES.items():
        path.unlink()
        path.write_bytes(whole)
        change(path, how)
        with pytest.raises(PackageError):
            unpack(path)
        assert PreviousPackages("sums", packages_in(project)).notes == {}, name
    assert time.process_time() - begun < 60
    # The item is gone, and what it said cannot be had.
    cards = project / "cards/sums.toml"
    cards.write_text(cards.read_text().partition('\n[[question]]\nid = "two')[0])
    changes = build(project, Options(now=NOW + 1)).changes
    assert changes is not None
    assert changes.lost == ("two-and-two",)


def test_what_is_no_package_is_refused(tmp_path: Path) -> None:
    """Not a ZIP, an empty one, one whose collection is none, a pipe."""
    empty = io.BytesIO()
    zipfile.ZipFile(empty, "w").close()
    for number, content in enumerate((b"", b"PK", b"x" * 1000, empty.getvalue())):
        path = tmp_path / f"{number}.apkg"
        path.write_bytes(content)
        with pytest.raises(PackageError):
            unpack(path)
    pipe = tmp_path / "pipe.apkg"
    os.mkfifo(pipe)
    with pytest.raises(PackageError):
        unpack(pipe)


def test_markup_in_a_former_package_or_in_the_lock_does_not_ship(project: Path) -> None:
    """A script in a field of a package, and in a retired line of the lock, is in no package afterwards."""
    path = project / "dist/anki/Sums.apkg"
    evil = "<script>alert(1)</script><img src=x onerror=alert(2)>\\u0000kept"
    change(
        path,
        sql(
            "UPDATE notes SET flds = 'What <script>alert(1)</script>kept' || substr(flds, instr(flds, char(31)))"
        ),
    )
    cards = project / "cards/sums.toml"
    text = cards.read_text()
    cards.write_text(text.partition('\n[[question]]\nid = "two')[0])
    outcome = build(project, Options(now=NOW + 1))
    assert outcome.changes is not None
    assert outcome.changes.retired == ("two-and-two",)
    said = [note.fields for note in unpack(path).notes if "deckgen::retired" in note.tags]
    assert said[0][0] == "What kept"
    lock = project / "deckgen.lock"
    lock.write_text(lock.read_text().replace("What kept", evil))
    assert not build(project, Options(now=NOW + 2, force=True)).failed
    said = [note.fields for note in unpack(path).notes if "deckgen::retired" in note.tags]
    assert said[0][0] == '<img src="x" alt="">\ufffdkept'


def test_a_retired_note_that_anki_could_not_take_is_a_located_error(project: Path) -> None:
    """A note type that there is not, or another number of fields, is reported with its line in the lock."""
    cards = project / "cards/sums.toml"
    cards.write_text(cards.read_text().partition('\n[[question]]\nid = "two')[0])
    build(project, Options(now=NOW + 1))
    lock = project / "deckgen.lock"
    good = lock.read_text()
    for old, new, said in (
        (" short ", " shirt ", "unknown note type `shirt`"),
        ('["', '["more","', "a `short` note has"),
    ):
        line = next(number for number, each in enumerate(good.split("\n"), 1) if each.startswith("retired "))
        lines = good.split("\n")
        lines[line - 1] = lines[line - 1].replace(old, new, 1)
        lock.write_text("\n".join(lines))
        outcome = build(project, Options(now=NOW + 2))
        (found,) = outcome.diagnostics
        assert (found.code, found.place.span and found.place.span.line) == ("bad-lock", line)
        assert found.message.startswith(said)
