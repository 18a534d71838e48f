"""Texts, spreadsheets and CrowdAnki folders, alone and with the package that ids and stamps come from."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anki_judge import collection as anki_collection
from deckgen.importing.collection import Collection, Note
from deckgen.importing.package import read_package
from deckgen.importing.problem import UnreadableError
from deckgen.importing.reading import read
from importing import crowdanki_folder
from importing.decks import MEDIA, PNG, apkg, full_collection, genanki_deck
from laws import all_hold

if TYPE_CHECKING:
    from anki.collection import Collection as AnkiCollection


@pytest.fixture(scope="module")
def full() -> Iterator[AnkiCollection]:
    with full_collection() as col:
        yield col


@pytest.fixture(scope="module")
def package(full: AnkiCollection, tmp_path_factory: pytest.TempPathFactory) -> Collection:
    return read_package(apkg(full, tmp_path_factory.mktemp("package") / "full.apkg"))


def export(col: AnkiCollection, path: Path, *, html: bool = True, identity: bool = True) -> Path:
    col.export_note_csv(
        out_path=str(path),
        limit=None,
        with_html=html,
        with_tags=True,
        with_deck=identity,
        with_notetype=identity,
        with_guid=identity,
    )
    return path


def by_guid(found: Collection) -> dict[str, Note]:
    return {note.guid: note for note in found.notes}


def test_an_export_of_notes_says_what_the_package_says(
    full: AnkiCollection, package: Collection, tmp_path: Path
) -> None:
    """With the package, each note is the package's own: id, stamp, fields, tags and cards. Without it, its text is."""
    path = export(full, tmp_path / "notes.txt")
    found = read([path], package)
    assert found.knows_identity
    assert by_guid(found) == by_guid(package)
    assert (found.types, found.decks, found.media.keys()) == (
        package.types,
        package.decks,
        package.media.keys(),
    )
    assert not found.losses
    alone = read([path])
    assert not alone.knows_identity
    names = {each.id: each.name for each in package.types}
    own = {each.id: each.name for each in alone.types}
    for guid, note in by_guid(alone).items():
        theirs = by_guid(package)[guid]
        width = max(len(note.fields), len(theirs.fields))
        # Anki leaves these out of the texts that it exports.
        said = [re.sub(r"<style>.*</style>|\[\[type:x\]\]", "", field) for field in theirs.fields]
        assert [*note.fields, "", ""][:width] == [*said, "", ""][:width]
        assert own[note.type_id] == names[theirs.type_id]
        assert set(note.tags) == set(theirs.tags)
        assert (note.id, note.mod) == (0, 0)
        # A text does not tell that a deck is filtered.
        assert {deck for _, deck in note.cards} <= {*(deck for _, deck in theirs.cards), "Cram"}
    assert {each.name for each in alone.types if each.cloze} == {
        each.name for each in package.types if each.cloze
    }


def test_an_export_without_html_is_escaped_and_told(
    full: AnkiCollection, package: Collection, tmp_path: Path
) -> None:
    """Plain text is no markup; what the export has lost is named, and notes that differ are a second newer."""
    found = read([export(full, tmp_path / "notes.txt", html=False)], package)
    assert found.losses[0].what.startswith("it was exported without HTML")
    theirs = by_guid(package)
    changed = 0
    for note in found.notes:
        old = theirs[note.guid]
        assert not any("<b>" in field or "<img" in field for field in note.fields)
        if note.fields != old.fields:
            changed += 1
            assert note.mod == old.mod + 1
    assert changed > 20


#: Files by hand, each with what it must have in common with Anki's own import.
FILES = {
    "semicolons": '#separator:semicolon\n#html:false\n#notetype:Basic\n#guid column:1\ng1;one <b>;two\ng2;"a;b";"c""d"\n',
    "a comment and empty lines": "#separator:Pipe\n#html:true\n#guid column:3\n#notetype:Basic\n\nfront|back|g1\n# no note|x|g2\n\nfront 2|<i>back</i>|g3\n",
    "lines in cells": '#separator:,\n#html:true\n#guid column:1\n#notetype:Basic\ng1,"one\n#two","x"\ng2,"q\r\nr",s\n',
    "tags for all": "#separator:tab\n#html:true\n#tags:all here\n#tags column:4\n#guid column:1\n#notetype:Basic\ng1\ta\tb\town\ng2\tc\td\t\n",
    "a deck for all": "#separator:tab\n#html:true\n#deck:Some::Deck\n#guid column:1\n#notetype:Basic\ng1\ta\tb\n",
    "columns of decks and types": "#separator:tab\n#html:true\n#guid column:1\n#notetype column:2\n#deck column:3\n#tags column:6\ng1\tBasic\tA\tx\ty\tt1 t2\ng2\tCloze\tA::B\t{{c1::x}} {{c2::y}}\tz\t\n",
    "names of columns": "#separator:comma\n#html:true\n#guid column:1\n#notetype:Basic\n#columns:id,Back,Front\ng1,the back,the front\n",
    "escapes": '#separator:tab\n#html:false\n#guid column:1\n#notetype:Basic\ng1\ta & b < c\t"two\nlines"\n',
    "decomposed": "#separator:tab\n#html:true\n#guid column:1\n#notetype:Basic\ng1\tcafe\u0301\tx\n",
}  # fmt: skip


def test_header_lines_mean_what_they_mean_to_anki(tmp_path: Path) -> None:
    """Separators, comments, HTML or not, columns and names: the notes are those that Anki's own import makes."""
    from anki.import_export_pb2 import ImportCsvRequest

    def check(text: str) -> None:
        path = tmp_path / "notes.txt"
        path.write_bytes(text.encode())
        with anki_collection() as col:
            col.decks.id("Some::Deck")
            package = read_package(apkg(_with_a_note_of_each(col), tmp_path / "types.apkg"))
            metadata = col.get_csv_metadata(path=str(path), delimiter=None)
            col.import_csv(ImportCsvRequest(path=str(path), metadata=metadata))
            found = read([path], package)
            theirs = {
                note.guid: note for note in map(col.get_note, col.find_notes("")) if note.guid.startswith("g")
            }
            assert theirs
            assert {note.guid for note in found.notes} == set(theirs)
            for note in found.notes:
                other = theirs[note.guid]
                assert [field.replace("&quot;", '"') for field in other.fields] == [
                    field.replace("\r\n", "\n") for field in note.fields
                ]
                assert set(other.tags) == set(note.tags)
                assert other.mid == note.type_id
                assert sorted(card.ord for card in other.cards()) == [ordinal for ordinal, _ in note.cards]
                if "deck" in text:
                    assert {col.decks.name(card.did) for card in other.cards()} == {
                        deck for _, deck in note.cards
                    }

    all_hold(FILES.items(), check)


def _with_a_note_of_each(col: AnkiCollection) -> AnkiCollection:
    """Add a note of the types Basic and Cloze: packages have only types in use."""
    for name, text in (("Basic", "some"), ("Cloze", "{{c1::some}}")):
        note = col.new_note(col.models.by_name(name))
        note.fields[0] = text
        note.guid = f"some {name}"
        col.add_note(note, col.decks.id("Default"))
    return col


WRONG = {
    "a column that is none": ("#separator:tab\n#guid column:one\nx\ty\n", 2, "`one`"),
    "a separator that is none": ("#separator:many\nx\ty\n", 1, "`many`"),
    "a quote that is not closed": ('#separator:tab\n#html:true\na\tb\n"c\td\ne\tf\n', 4, "damaged record"),
    "no notes": ("#separator:tab\n# nothing\n", 0, "no notes"),
    "no type": ("#separator:tab\n#guid column:1\nnew\ta\tb\n", 3, "of which type"),
    "another type": ("#separator:tab\n#guid column:1\n#notetype:Basik\nnew\ta\tb\n", 0, "`Basik`"),
}


def test_what_is_wrong_in_a_text_has_its_line(package: Collection, tmp_path: Path) -> None:
    """Columns that are no numbers, open quotes, unknown types: errors with their lines."""

    def check(case: tuple[str, int, str]) -> None:
        text, line, said = case
        path = tmp_path / "notes.txt"
        path.write_text(text)
        with pytest.raises(UnreadableError, match=re.escape(said)) as raised:
            read([path], package)
        place = raised.value.diagnostic.place
        assert place.file == "notes.txt"
        assert (place.span.line if place.span else 0) == line

    all_hold(WRONG.items(), check)


def sheet(path: Path, rows: list[list[str]]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def test_spreadsheets_name_their_columns(tmp_path: Path) -> None:
    """CSV, TSV and XLSX with a column `guid` give the same notes; fields go by their names, others keep their text."""
    package = read_package(
        genanki_deck(tmp_path / "deck.apkg", [("Peru", "Lima", "old"), ("Chile", "Santiago", "old")])
    )
    guids = [note.guid for note in package.notes]
    rows = [
        ["Field 2", "GUID", "Field 1", "Tags", "note"],
        ["Lima!", guids[0], "Peru", "south, andes", "x"],
        ["Santiago", guids[1], "Chile", "", ""],
        ["Havana", "new-one", "Cuba", "island", ""],
    ]
    csv, tsv = tmp_path / "a.csv", tmp_path / "a.tsv"
    csv.write_text("\n".join(",".join(f'"{cell}"' for cell in row) for row in rows), encoding="utf-8-sig")
    tsv.write_text("\n".join("\t".join(row) for row in rows), encoding="utf-16")
    for path in (csv, tsv, sheet(tmp_path / "a.xlsx", rows)):
        found = read([path], package)
        peru, chile, cuba = found.notes
        assert peru == msgspec.structs.replace(
            package.notes[0],
            fields=("Peru", "Lima!", "old"),
            tags=("south", "andes"),
            mod=package.notes[0].mod + 1,
        )
        assert chile == package.notes[1]
        assert (cuba.id, cuba.guid, cuba.mod, cuba.fields, cuba.tags) == (
            0,
            "new-one",
            0,
            ("Cuba", "Havana", ""),
            ("island",),
        )
        assert cuba.cards == ((0, "a"), (1, "a"))
        assert [(loss.what, loss.where) for loss in found.losses] == [
            ("a column that the note type has no field for is left out", "note"),
            ("a note differs from the package's: it is taken from here", f"row 2 ({guids[0]})"),
        ]
        alone = read([path])
        assert [field.name for field in alone.types[0].fields] == ["Field 2", "Field 1", "note"]
    with pytest.raises(UnreadableError, match="no column `guid`"):
        read([sheet(tmp_path / "b.xlsx", [["Front", "Back"], ["a", "b"]])])


def test_columns_without_a_name_get_one_of_their_own(tmp_path: Path) -> None:
    """A column that has no name, or that of another, is a field with a number that no field has."""
    (tmp_path / "deck.csv").write_text("guid,Field 2,,word,word\na,1,2,3,4\n")
    (made,) = read([tmp_path / "deck.csv"]).types
    assert [field.name for field in made.fields] == ["Field 2", "Field 3", "word", "Field 4"]


def test_a_crowdanki_folder_says_what_the_package_says(full: AnkiCollection, tmp_path: Path) -> None:
    """With the package of the same deck, notes, types, decks and media are the package's own; without, all but ids."""
    package = read_package(apkg(full, tmp_path / "geo.apkg"))
    folder = crowdanki_folder.export(full, "Geo", tmp_path / "geo")
    found = read([folder], package)
    assert found.knows_identity
    shared = by_guid(found)
    assert 20 < len(shared) < len(package.notes)
    assert all(note == by_guid(package)[guid] for guid, note in shared.items())
    assert set(found.types) <= set(package.types)
    assert {deck.name: deck.description for deck in found.decks}["Geo"] == "<b>About</b> it"
    assert found.media[MEDIA[0]].read() == PNG + MEDIA[0].encode()
    assert {loss.what for loss in found.losses} == {"options of decks are each learner's own"}
    alone = read([folder / "deck.json"])
    assert not alone.knows_identity
    for guid, note in by_guid(alone).items():
        theirs = shared[guid]
        assert (note.fields, set(note.tags)) == (theirs.fields, set(theirs.tags))
        assert [ordinal for ordinal, _ in note.cards] == [ordinal for ordinal, _ in theirs.cards]
    assert [each.templates for each in alone.types if each.cloze]
    assert all(field.id is None for each in alone.types for field in each.fields)


def test_an_edit_in_crowdanki_is_newer_than_the_package(full: AnkiCollection, tmp_path: Path) -> None:
    """A changed style and a changed note get later stamps; another field makes another type, which is an error."""
    package = read_package(apkg(full, tmp_path / "geo.apkg"))
    folder = crowdanki_folder.export(full, "Geo", tmp_path / "geo")
    whole = (folder / "deck.json").read_text(encoding="utf-8")

    def changed(change: Callable[[dict[str, object]], object]) -> Path:
        deck = json.loads(whole)
        change(deck)
        (folder / "deck.json").write_text(json.dumps(deck), encoding="utf-8")
        return folder

    def edit(deck: dict) -> None:
        deck["note_models"][0]["css"] += "/* more */"
        deck["notes"][0]["fields"][0] = "{{c1::other}}"

    found = read([changed(edit)], package)
    old = {each.id: each for each in package.types}
    newer = [each for each in found.types if each != old[each.id]]
    assert [each.mod - old[each.id].mod for each in newer] == [1]
    assert sum(note != by_guid(package)[note.guid] for note in found.notes) == 1
    with pytest.raises(UnreadableError, match="other fields or cards"):
        read([changed(lambda deck: deck["note_models"][0]["flds"].append({"name": "More"}))], package)
    with pytest.raises(UnreadableError, match="`Elsewhat`"):
        read([changed(lambda deck: deck["note_models"][0].update(name="Elsewhat"))], package)
    for odd in (
        lambda deck: deck.update(notes=[1]),
        lambda deck: deck["note_models"][0].pop("crowdanki_uuid"),
        lambda deck: deck["note_models"][0].update(tmpls=[]),
        lambda deck: deck.update(children={"x": 1}),
    ):
        with pytest.raises(UnreadableError, match=r"deck\.json"):
            read([changed(odd)], package)
    (folder / "deck.json").write_text('{"name":"x","children":[' * 50_000)
    with pytest.raises(UnreadableError, match="CrowdAnki"):
        read([folder])


def test_no_link_leads_out_of_a_crowdanki_folder(full: AnkiCollection, tmp_path: Path) -> None:
    """A link among the media to a file outside is not read; nor is a folder, a pipe or a hidden file."""
    folder = crowdanki_folder.export(full, "Geo", tmp_path / "geo")
    (tmp_path / "secret.png").write_bytes(b"secret")
    (folder / "media" / "link.png").symlink_to(tmp_path / "secret.png")
    (folder / "media" / ".hidden.png").write_bytes(b"x")
    (folder / "media" / "folder.png").mkdir()
    os.mkfifo(folder / "media" / "pipe.png")
    found = read([folder])
    assert not {"link.png", ".hidden.png", "folder.png", "pipe.png"} & found.media.keys()


def test_the_content_tells_what_a_file_is(full: AnkiCollection, tmp_path: Path) -> None:
    """Whatever it is called, a package is a package; what is no deck is an error that says what is read."""
    for name, make in (("a.txt", apkg), ("b.zip", apkg), ("c.apkg", export)):
        assert len(read([make(full, tmp_path / name)]).notes) == full.note_count()
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "empty").mkdir()
    for name, content, said in (
        ("picture.apkg", PNG, "is not a deck"),
        ("nothing.csv", b"", "empty"),
        ("zip.apkg", b"PK\x03\x04 and no more", "damaged"),
        ("collection.anki2", b"SQLite format 3\0", "export it"),
        ("other.json", b'{"a": 1}', "CrowdAnki"),
        ("list.csv", b"front,back\na,b\n", "no column `guid`"),
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "not a deck"),
        ("pipe", None, "not a regular file"),
        ("empty", None, "without `deck.json`"),
        ("missing.apkg", None, "no such file"),
    ):
        if content is not None:
            (tmp_path / name).write_bytes(content)
        with pytest.raises(UnreadableError) as raised:
            read([tmp_path / name])
        found = raised.value.diagnostic
        assert said in f"{found.message} {found.help}"


def test_several_files_are_one_collection(full: AnkiCollection, tmp_path: Path) -> None:
    """Packages of two decks together are as the package of both; a note in both is taken once, the newest."""
    whole = read_package(apkg(full, tmp_path / "all.apkg"))
    parts = [
        apkg(full, tmp_path / f"{name.lower()}.apkg", deck=name)
        for name in ("Default", "Geo", "Elsewhere", "Cram")
    ]
    found = read(parts)
    assert by_guid(found).keys() == by_guid(whole).keys()
    assert {note.guid for note in found.notes} == {note.guid for note in whole.notes}
    assert found.types == whole.types
    assert found.media.keys() == whole.media.keys()


STARTS = (
    "",
    "#separator:tab\n#guid column:1\n",
    "#html:true\n#columns:a,b\n",
    "guid,Front,Back\n",
    '{"name":',
    "PK\x03\x04",
    "tags:a b\n",
)


@settings(max_examples=150, deadline=None)
@given(
    start=st.sampled_from(STARTS),
    rest=st.binary(max_size=60) | st.text('"\t,;\r\n#ag:0{}[]<&', max_size=40).map(str.encode),
)
def test_any_file_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, start: str, rest: bytes
) -> None:
    """Whatever bytes a file has, there is a collection or an error, and no traceback."""
    path = tmp_path_factory.mktemp("any") / "any"
    path.write_bytes(start.encode() + rest)
    try:
        found = read([path])
    except UnreadableError:
        return
    sizes = {each.id: len(each.fields) for each in found.types}
    assert all(len(note.fields) == sizes[note.type_id] for note in found.notes)
