"""Packages that are damaged, absurd or made to harm: an error that says where, or what can be saved, and what not."""

from __future__ import annotations

import io
import json
import os
import random
import sqlite3
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anki_judge import collection as anki_collection
from deckgen.diagnostics import Severity
from deckgen.importing.collection import Collection
from deckgen.importing.package import read_package
from deckgen.importing.problem import UnreadableError
from importing.decks import PNG, apkg, changed, genanki_deck, with_sql, zstd
from laws import all_hold

Change = Callable[[sqlite3.Connection], object]
ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "


def sql(*statements: str) -> Change:
    return lambda connection: [connection.execute(statement) for statement in statements]


def models(change: Callable[[dict[str, Any]], object]) -> Change:
    """Change the JSON of the note type `Simple`."""

    def how(connection: sqlite3.Connection) -> None:
        made = json.loads(connection.execute("SELECT models FROM col").fetchone()[0])
        change(next(each for each in made.values() if each["name"] == "Simple"))
        connection.execute("UPDATE col SET models = ?", (json.dumps(made),))

    return how


def latest(path: Path, how: Change) -> Path:
    """Change the collection in a package of the latest layout."""

    def change(members: dict[str, bytes]) -> None:
        file = path.with_suffix(".db")
        file.write_bytes(zstd.decompress(members["collection.anki21b"]))
        connection = sqlite3.connect(file)
        connection.create_collation("unicase", lambda one, other: (one > other) - (one < other))
        how(connection)
        connection.commit()
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.close()
        members["collection.anki21b"] = zstd.compress(file.read_bytes())

    return changed(path, change)


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    return genanki_deck(
        tmp_path / "plain.apkg", [("Peru", "Lima"), ("Chile", "Santiago"), ("Cuba", "Havana")]
    )


def again(path: Path, name: str) -> Path:
    """Copy a package beside itself."""
    copy = path.with_name(f"{name}.apkg")
    copy.write_bytes(path.read_bytes())
    return copy


REFUSED: dict[str, tuple[Change, str]] = {
    "an endless view": (sql("ALTER TABLE notes RENAME TO n", f"CREATE VIEW notes AS {ENDLESS} SELECT i AS id, 'g' AS guid, 1 AS mid, 1 AS mod, '' AS tags, '' AS flds FROM n"), "not as Anki writes it"),
    "a generated column": (sql("ALTER TABLE notes RENAME TO n", "CREATE TABLE notes (id, guid, mid, mod, tags, flds AS (hex(zeroblob(100000000))))"), "not as Anki writes it"),
    "a virtual table": (sql("ALTER TABLE cards RENAME TO c", "CREATE VIRTUAL TABLE cards USING fts5(id, nid, did, ord)"), "not as Anki writes it"),
    "no cards": (sql("DROP TABLE cards"), "not as Anki writes it"),
    "a column too few": (sql("ALTER TABLE notes RENAME COLUMN flds TO other"), "damaged"),
    "no row": (sql("DELETE FROM col"), "damaged"),
    "a later schema": (sql("UPDATE col SET ver = 99"), "later Anki"),
    "no schema": (sql("UPDATE col SET ver = 'x'"), "damaged"),
    "tables that are not there": (sql("UPDATE col SET ver = 18"), "not as Anki writes it"),
    "types that are a list": (sql("UPDATE col SET models = '[]'"), "damaged"),
    "deep types": (lambda connection: connection.execute("UPDATE col SET models = ?", ('{"1":' * 100_000,)), "damaged"),
    "a deck without a name": (sql("UPDATE col SET decks = '{\"1\": {}}'"), "deck 1"),
    "fields that are numbers": (models(lambda made: made.update(flds=[1])), "note type `Simple`"),
    "no fields": (models(lambda made: made.update(flds=[])), "note type `Simple`"),
    "no cards of a type": (models(lambda made: made.update(tmpls=[])), "note type `Simple`"),
    "an id of a field that no table can hold": (models(lambda made: made["flds"][0].update(id=2**70)), "flds[0].id"),
    "two fields of a name": (models(lambda made: made["flds"][1].update(made["flds"][0])), "note type `Simple` is damaged: fields and templates have names of their own"),
    "a card without a name": (models(lambda made: made["tmpls"][0].update(name="")), "note type `Simple` is damaged: fields and templates have names of their own"),
    "a size that no field has": (models(lambda made: made["flds"][0].update(size=-1)), "note type `Simple` is damaged: a size"),
    "a stamp before all time": (models(lambda made: made.update(mod=-1)), "note type `Simple`"),
}  # fmt: skip

#: What is told, and what becomes of the three notes: their first fields, with the number of their cards.
REPAIRED: dict[str, tuple[Change, str, list[tuple[str, int]]]] = {
    "bytes that are not UTF-8": (sql("UPDATE notes SET flds = CAST(x'50ff1f51' AS TEXT) WHERE flds LIKE 'Peru%'"), "not UTF-8", [("P\ufffd", 2), ("Chile", 2), ("Cuba", 2)]),
    "a blob for fields": (sql("UPDATE notes SET flds = x'00ff' WHERE flds LIKE 'Peru%'"), "a damaged note", [("Chile", 2), ("Cuba", 2)]),
    "no type": (sql("UPDATE notes SET mid = 7 WHERE flds LIKE 'Peru%'"), "a note type that is not there", [("Chile", 2), ("Cuba", 2)]),
    "a type that is a text": (sql("UPDATE notes SET mid = 'x' WHERE flds LIKE 'Peru%'"), "a note type that is not there", [("Chile", 2), ("Cuba", 2)]),
    "a stamp that is a text": (sql("UPDATE notes SET mod = 'abc' WHERE flds LIKE 'Peru%'"), "no stamp", [("Peru", 2), ("Chile", 2), ("Cuba", 2)]),
    "card 999": (sql("UPDATE cards SET ord = 999 WHERE ord = 1"), "cards that the note type does not have", [("Peru", 1), ("Chile", 1), ("Cuba", 1)]),
    "card -1": (sql("UPDATE cards SET ord = -1 WHERE ord = 1"), "cards that the note type does not have", [("Peru", 1), ("Chile", 1), ("Cuba", 1)]),
    "a card that is a text": (sql("UPDATE cards SET ord = 'x' WHERE ord = 1"), "whose number is none", [("Peru", 1), ("Chile", 1), ("Cuba", 1)]),
    "two cards of a number": (sql("UPDATE cards SET ord = 0"), "a second card", [("Peru", 1), ("Chile", 1), ("Cuba", 1)]),
    "a card without a note": (sql("UPDATE cards SET nid = nid + 1000000 WHERE ord = 1"), "cards of a note that is not there", [("Peru", 1), ("Chile", 1), ("Cuba", 1)]),
    "no deck": (sql("UPDATE cards SET did = 99"), "is put into `Default`", [("Peru", 2), ("Chile", 2), ("Cuba", 2)]),
    "no GUID": (sql("UPDATE notes SET guid = '' WHERE flds LIKE 'Peru%'"), "without a GUID", [("Peru", 2), ("Chile", 2), ("Cuba", 2)]),
    "equal GUIDs": (sql("UPDATE notes SET guid = 'same'"), "shares its GUID", [("Peru", 2), ("Chile", 2), ("Cuba", 2)]),
    "a field too few": (sql("UPDATE notes SET flds = 'Peru' WHERE flds LIKE 'Peru%'"), "gets empty ones", [("Peru", 2), ("Chile", 2), ("Cuba", 2)]),
    "fields too many": (sql("UPDATE notes SET flds = flds || char(31) || 'x' || char(31) || 'y' WHERE flds LIKE 'Peru%'"), "join its last one", [("Peru", 2), ("Chile", 2), ("Cuba", 2)]),
    "tags that are a blob": (sql("UPDATE notes SET tags = x'ff' WHERE flds LIKE 'Peru%'"), "damaged tags", [("Peru", 2), ("Chile", 2), ("Cuba", 2)]),
}  # fmt: skip


def test_absurd_collections_are_refused_with_the_place(plain: Path) -> None:
    """Views without end, code, missing tables, types that are none: an error that names the file and what in it."""

    def check(case: tuple[str, Change, str]) -> None:
        name, how, said = case
        path = with_sql(again(plain, "changed"), how)
        with pytest.raises(UnreadableError) as raised:
            read_package(path)
        found = raised.value.diagnostic
        assert (found.code, found.severity) == ("unreadable-deck", Severity.ERROR)
        assert found.place.file == "changed.apkg"
        assert said in found.message, name

    all_hold(((name, (name, *case)) for name, case in REFUSED.items()), check)


def test_odd_rows_are_repaired_or_left_out_and_told(plain: Path) -> None:
    """A note without type, a card 999, equal GUIDs: the rest is read, and the plan can name each."""

    def check(case: tuple[str, Change, str, list[tuple[str, int]]]) -> None:
        _, how, said, kept = case
        found = read_package(with_sql(again(plain, "changed"), how))
        assert [(note.fields[0], len(note.cards)) for note in found.notes] == kept
        (what,) = {loss.what for loss in found.losses}
        assert said in what
        assert all("note" in loss.where for loss in found.losses)
        assert all(len(note.fields) == 2 for note in found.notes)
        guids = [note.guid for note in found.notes if note.guid]
        assert len(set(guids)) == len(guids)

    all_hold(((name, (name, *case)) for name, case in REPAIRED.items()), check)


def test_many_losses_of_a_kind_are_counted(tmp_path: Path) -> None:
    """A thousand notes without type are ten named ones and a number."""
    path = genanki_deck(tmp_path / "many.apkg", [(f"{number}", "x") for number in range(1000)])
    found = read_package(with_sql(path, sql("UPDATE notes SET mid = 7")))
    assert not found.notes
    assert len(found.losses) == 11
    assert found.losses[0].where.endswith("(0 x)")
    assert found.losses[-1].where == "and 990 more"


def test_no_terminal_obeys_what_a_deck_says(tmp_path: Path) -> None:
    """Escape sequences in names and fields are in no message and in no loss."""
    path = genanki_deck(tmp_path / "odd.apkg", [("\x1b[31mred", "\x07")])
    (loss,) = read_package(with_sql(path, sql("UPDATE notes SET mod = 'x'"))).losses
    assert loss.where.endswith("(\ufffd[31mred \ufffd)")
    with pytest.raises(UnreadableError) as raised:
        read_package(with_sql(path, models(lambda made: made.update(name="\x1b[2J", flds=[]))))
    assert "`\ufffd[2J`" in raised.value.diagnostic.message


def test_newest_of_equal_guids_keeps_it(plain: Path) -> None:
    """As Anki takes the newest when it imports them."""
    change = sql("UPDATE notes SET guid = 'same'", "UPDATE notes SET mod = mod + 9 WHERE flds LIKE 'Chile%'")
    found = read_package(with_sql(plain, change))
    assert {note.fields[0]: note.guid for note in found.notes} == {"Peru": "", "Chile": "same", "Cuba": ""}


def test_what_is_no_package_is_refused(tmp_path: Path, plain: Path) -> None:
    """Not a ZIP, an empty one, another one, half of one, one with a password, a folder, a pipe."""
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    locked = bytearray(plain.read_bytes())
    for at in (locked.find(b"PK\1\2") + 8, 6):
        locked[at] |= 1
    for content in (b"", b"PK", b"x" * 1000, other.getvalue(), plain.read_bytes()[:-200], bytes(locked)):
        path = tmp_path / "some.apkg"
        path.write_bytes(content)
        with pytest.raises(UnreadableError, match=r"`some.apkg` cannot be read: it"):
            read_package(path)
    pipe = tmp_path / "pipe.apkg"
    os.mkfifo(pipe)
    for path in (pipe, tmp_path):
        with pytest.raises(UnreadableError, match="not a regular file"):
            read_package(path)


@pytest.fixture
def modern(tmp_path: Path) -> Iterator[Path]:
    """Yield a package of the latest layout with one picture."""
    with anki_collection() as col:
        (Path(col.media.dir()) / "p.png").write_bytes(PNG)
        note = col.new_note(col.models.by_name("Basic"))
        note.fields = ["one", '<img src="p.png">']
        col.add_note(note, col.decks.id("Deck"))
        yield apkg(col, tmp_path / "modern.apkg")


def entries(*files: tuple[str, int]) -> bytes:
    """Encode a list of media: names with sizes."""

    def varint(value: int) -> bytes:
        made = bytearray()
        while value > 0x7F:
            made.append(value & 0x7F | 0x80)
            value >>= 7
        return bytes([*made, value])

    found = b""
    for name, size in files:
        entry = b"\x0a" + varint(len(name.encode())) + name.encode() + b"\x10" + varint(size)
        found += b"\x0a" + varint(len(entry)) + entry
    return zstd.compress(found)


MODERN: dict[str, tuple[Callable[[dict[str, bytes]], object], str]] = {
    "a collection that is cut": (lambda members: members.update({"collection.anki21b": members["collection.anki21b"][:500]}), "collection is damaged"),
    "a collection that is not compressed": (lambda members: members.update({"collection.anki21b": b"x" * 500}), "collection is damaged"),
    "zeros without end": (lambda members: members.update({"collection.anki21b": zstd.compress(bytes(300_000_000))}), "not a database"),
    "a list of media without end": (lambda members: members.update({"media": zstd.compress(bytes(300_000_000))}), "`media` is too large"),
    "a list of media that is cut": (lambda members: members.update({"media": zstd.compress(b"\x0a\x7fx")}), "list of media is damaged"),
    "a list of media that is not compressed": (lambda members: members.update({"media": b"{}"}), "`media` is damaged"),
    "a list of media that is none": (lambda members: members.update({"media": zstd.compress(b"\xff" * 99)}), "list of media is damaged"),
    "a name that is not UTF-8": (lambda members: members.update({"media": zstd.compress(b"\x0a\x03\x0a\x01\xff")}), "list of media is damaged"),
    "media that fill a disk": (lambda members: members.update({"media": entries(("a.png", 10**12))}), "1,000,000 MB"),
}  # fmt: skip


def test_bombs_and_damage_in_the_latest_layout_are_refused(modern: Path) -> None:
    """What is cut, is something else, or unpacks to thousands of times its size is an error."""

    def check(case: tuple[Callable[[dict[str, bytes]], object], str]) -> None:
        with pytest.raises(UnreadableError) as raised:
            read_package(changed(again(modern, "changed"), case[0]))
        assert case[1] in raised.value.diagnostic.message

    all_hold(MODERN.items(), check)


def test_absurd_tables_of_the_latest_layout_are_refused(modern: Path) -> None:
    """A view for note types, a config that is no protobuf or a text: errors that say which."""
    for how, said in (
        (sql("ALTER TABLE templates RENAME TO t", "CREATE VIEW templates AS SELECT * FROM t"), "not as Anki"),
        (sql("UPDATE notetypes SET config = x'0aff'"), "note type"),
        (sql("UPDATE notetypes SET config = x'180a'"), "is damaged"),
        (sql("UPDATE fields SET config = 'text'"), "field of note type"),
        (sql("UPDATE decks SET kind = x'0a050000'"), "deck"),
        (sql("UPDATE notetypes SET mtime_secs = 'now'"), "note type"),
    ):
        with pytest.raises(UnreadableError, match=said):
            read_package(latest(again(modern, "changed"), how))


def test_names_of_media_are_never_paths(modern: Path) -> None:
    """Paths and control characters are left out and told; the first of equal names is taken."""
    names = ("../evil.png", "/etc/passwd", "a\\b.png", "..", "", "a\0b", "ok.png", "ok.png", "cafe\u0301.png")

    def change(members: dict[str, bytes]) -> None:
        members["media"] = entries(*((name, len(PNG)) for name in names), ("gone.png", 5))
        members.update({str(number): zstd.compress(PNG) for number in range(len(names))})

    found = read_package(changed(modern, change))
    assert list(found.media) == ["caf\xe9.png", "ok.png"]
    assert all(medium.read() == PNG for medium in found.media.values())
    told = {loss.what: sum(other.what == loss.what for other in found.losses) for loss in found.losses}
    assert sorted(told.values()) == [1, 1, 6]


def test_a_medium_of_another_size_than_declared_is_damaged(modern: Path) -> None:
    """A bomb in a picture ends where it was declared to end; half a picture is no picture."""
    for content in (zstd.compress(bytes(100_000_000)), zstd.compress(PNG[:10]), zstd.compress(PNG)[:-9], PNG):
        path = changed(
            again(modern, "changed"), lambda members, content=content: members.update({"0": content})
        )
        medium = read_package(path).media["p.png"]
        with pytest.raises(UnreadableError, match=r"damaged file `p\.png`"):
            medium.read()


def test_large_media_are_streamed(modern: Path) -> None:
    """A film is neither read when the package is, nor whole in memory when it is copied."""
    size = 50_000_000

    def change(members: dict[str, bytes]) -> None:
        members["media"] = entries(("film.mp4", size))
        members["0"] = zstd.compress(bytes(size))

    path = changed(modern, change)
    tracemalloc.start()
    try:
        with read_package(path).media["film.mp4"].open() as stream:
            total = sum(len(piece) for piece in iter(lambda: stream.read(1 << 20), b""))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert total == size
    assert peak < size / 4


def test_no_damage_makes_a_traceback(modern: Path, plain: Path) -> None:
    """Whatever bytes of a collection, a list of media or the whole file change: it is read, or refused."""
    chance = random.Random(7)
    members = {}
    for path in (modern, plain):
        with zipfile.ZipFile(path) as package:
            members[path] = {name: package.read(name) for name in package.namelist()}
    packed = {"collection.anki21b", "media"}
    for number in range(150):
        path = (modern, plain)[number % 2]
        own = dict(members[path])
        name = chance.choice(sorted(own.keys() & {"collection.anki21b", "media", "collection.anki2"}))
        is_packed = path == modern and name in packed
        content = bytearray(zstd.decompress(own[name]) if is_packed else own[name])
        for _ in range(chance.randint(1, 30)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        own[name] = zstd.compress(bytes(content)) if is_packed else bytes(content)
        broken = path.with_name("broken.apkg")
        with zipfile.ZipFile(broken, "w") as package:
            for member, each in own.items():
                package.writestr(member, each)
        try:
            found = read_package(broken)
            for medium in found.media.values():
                medium.read()
        except UnreadableError:
            continue
        assert isinstance(found, Collection)


TEXT = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x1f"), max_size=30)


@settings(max_examples=25, deadline=None)
@given(notes=st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=5), tag=TEXT)
def test_any_text_arrives_in_nfc(
    tmp_path_factory: pytest.TempPathFactory, notes: list[tuple[str, str]], tag: str
) -> None:
    """Fields, whatever is in them, arrive as Anki stores them."""
    import unicodedata

    path = genanki_deck(tmp_path_factory.mktemp("odd") / "odd.apkg", [("", "")] * len(notes))

    def how(connection: sqlite3.Connection) -> None:
        ids = [row[0] for row in connection.execute("SELECT id FROM notes ORDER BY id")]
        for id_, fields in zip(ids, notes, strict=True):
            connection.execute(
                "UPDATE notes SET flds = ?, guid = ?, tags = ? WHERE id = ?",
                ("\x1f".join(fields), f"{fields[0]}{id_}", f" {tag} ", id_),
            )

    found = read_package(with_sql(path, how))
    expected = [tuple(unicodedata.normalize("NFC", text) for text in fields) for fields in notes]
    assert [note.fields for note in found.notes] == expected
    assert [note.guid.rstrip("0123456789") for note in found.notes] == [
        fields[0].rstrip("0123456789") for fields in notes
    ]
