"""Three ways to write the same notes from ready strings into a package, each a process of its own.

    python bench/writers.py deckgen|genanki|sqlite NOTES OUTPUT

`NOTES` is a pickle that `prepare` makes. The time printed is that of the writing alone: from strings in memory,
with the library loaded, to a file on the disk.
"""

from __future__ import annotations

import importlib
import pickle
import sqlite3
import sys
import tempfile
import warnings
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Any

from measure import tell_time

NOW = 1_790_000_000
Types = dict[int, dict[str, Any]]
Notes = list[tuple[Any, ...]]


def prepare(packages: list[Path], there: Path) -> int:
    """Take built packages apart into what a writer needs; return the number of notes."""
    from deckgen.anki.unpack import unpack

    types: dict[int, dict[str, Any]] = {}
    notes: list[tuple[Any, ...]] = []
    for package in packages:
        given = unpack(package)
        for type_ in given.types.values():
            types[type_.id] = {
                "name": type_.name,
                "fields": type_.fields,
                "templates": type_.templates,
                "style": type_.style,
                "cloze": "{{cloze:" in type_.templates[0][1],
            }
        with zipfile.ZipFile(package) as archive, tempfile.TemporaryDirectory() as folder:
            archive.extract("collection.anki2", folder)
            with closing(sqlite3.connect(f"{folder}/collection.anki2")) as connection:
                cards: dict[int, list[int]] = {}
                for nid, ord_ in connection.execute("SELECT nid, ord FROM cards ORDER BY nid, ord"):
                    cards.setdefault(nid, []).append(ord_)
        notes += [
            (n.id, n.guid, n.note_type, n.mod, n.deck, n.fields, n.tags, tuple(cards[n.id]))
            for n in given.notes
        ]
    there.write_bytes(pickle.dumps((types, notes), protocol=5))
    return len(notes)


def read(there: Path) -> tuple[Types, Notes]:
    """Read what `prepare` wrote."""
    loaded: tuple[Types, Notes] = pickle.loads(there.read_bytes())  # noqa: S301
    return loaded


def deckgen(types: Types, notes: Notes, out: Path) -> None:
    """Write by deckgen's own classes over genanki's."""
    from deckgen.anki.layout import StampedType, layout_of
    from deckgen.anki.note_text import join_content
    from deckgen.anki.notetypes import CardTemplate, Field, NoteType
    from deckgen.anki.package import StampedNote, write_package

    made = [
        StampedType(
            NoteType(
                id=id_,
                kind="",
                name=each["name"],
                fields=tuple(Field(name, number + 1) for number, name in enumerate(each["fields"])),
                templates=tuple(
                    CardTemplate(name, number + 1, front, back)
                    for number, (name, front, back) in enumerate(each["templates"])
                ),
                style=each["style"],
                cloze=each["cloze"],
            ),
            NOW,
        )
        for id_, each in types.items()
    ]
    contents = [join_content(fields, tags) for *_, fields, tags, _ in notes]
    stamped = [
        StampedNote(id_, guid, type_, mod, deck, number, cards)
        for number, (id_, guid, type_, mod, deck, _, _, cards) in enumerate(notes)
    ]
    decks = dict.fromkeys((note.deck for note in stamped), "")
    stamped.sort(key=lambda note: note.id)
    out.write_bytes(write_package(stamped, contents, layout_of(made, decks), {}))


def genanki(types: Types, notes: Notes, out: Path) -> None:
    """Write as genanki's documentation shows."""
    import genanki as library

    warnings.simplefilter("ignore")
    models = {
        id_: library.Model(
            id_,
            each["name"],
            fields=[{"name": name} for name in each["fields"]],
            templates=[{"name": n, "qfmt": front, "afmt": back} for n, front, back in each["templates"]],
            css=each["style"],
            model_type=library.Model.CLOZE if each["cloze"] else library.Model.FRONT_BACK,
        )
        for id_, each in types.items()
    }
    decks: dict[str, Any] = {}
    for _, guid, type_, _, deck, fields, tags, _ in notes:
        if deck not in decks:
            decks[deck] = library.Deck(1000 + len(decks), deck)
        decks[deck].add_note(library.Note(model=models[type_], fields=list(fields), tags=tags, guid=guid))
    library.Package(list(decks.values())).write_to_file(out, timestamp=NOW)


def sqlite(_types: Types, notes: Notes, out: Path) -> None:
    """Write the same rows by `sqlite3` alone: no classes, no checks, nothing decided, nothing compressed."""
    from genanki.apkg_col import APKG_COL
    from genanki.apkg_schema import APKG_SCHEMA

    notes.sort()
    decks: dict[str, int] = {}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "collection.anki2"
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF")
            connection.executescript(APKG_SCHEMA + APKG_COL + "BEGIN")
            connection.executemany(
                "INSERT INTO notes VALUES (?, ?, ?, ?, -1, ?, ?, ?, 0, 0, '')",
                (
                    (id_, guid, type_, mod, f" {' '.join(tags)} ", "\x1f".join(fields), fields[0])
                    for id_, guid, type_, mod, _, fields, tags, _ in notes
                ),
            )
            connection.executemany(
                "INSERT INTO cards VALUES (?, ?, ?, ?, ?, -1, 0, 0, ?, 0, 0, 0, 0, 0, 0, 0, 0, '')",
                (
                    (id_ + ord_, id_, decks.setdefault(deck, len(decks) + 2), ord_, mod, due)
                    for due, (id_, _, _, mod, deck, _, _, cards) in enumerate(notes)
                    for ord_ in cards[:1]
                ),
            )
            connection.execute("COMMIT")
        with zipfile.ZipFile(out, "w") as package:
            package.write(path, "collection.anki2")
            package.writestr("media", "{}")


def main() -> None:
    """Write, and print the time that it took; or prepare, and print the number of notes."""
    if sys.argv[1] == "prepare":
        print(prepare([Path(package) for package in sys.argv[3:]], Path(sys.argv[2])))
        return
    writer = {"deckgen": deckgen, "genanki": genanki, "sqlite": sqlite}[sys.argv[1]]
    import_of = {"deckgen": "deckgen.anki.package", "genanki": "genanki", "sqlite": "genanki"}
    importlib.import_module(import_of[sys.argv[1]])
    types, notes = read(Path(sys.argv[2]))
    tell_time(lambda: writer(types, notes, Path(sys.argv[3])))


if __name__ == "__main__":
    main()
