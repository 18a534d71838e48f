"""`check --fix` writes ids into CSV files and touches nothing else; commands know spreadsheets by their names."""

from __future__ import annotations

import codecs
import json
from pathlib import Path

import pytest
from openpyxl import Workbook

TOML = """
[deck]
name = "Words"

[[table]]
file    = "data/words.{}"
as      = "short"
prompt  = "@{{English}}?"
columns = {{ answer = "Spanish" }}
"""


def words(course: Path, content: bytes, ending: str = "csv") -> Path:
    (course / "cards/words.toml").write_text(TOML.format(ending), "utf-8")
    (course / "data").mkdir()
    path = course / f"data/words.{ending}"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Spanish,English,id\n\nperro,dog,\ngato,cat,cat\n", "Spanish,English,id\n\nperro,dog,dog\ngato,cat,cat\n"),
        ('id;Spanish;English\r\n"";"per""ro";dog\r\n;gato;"c;at"\r\n', 'id;Spanish;English\r\n"dog";"per""ro";dog\r\nc;gato;"c;at"\r\n'),
        ("Spanish\tEnglish\tRemark\tID\rperro\tdog\r", "Spanish\tEnglish\tRemark\tID\rperro\tdog\t\tdog\r"),
        ("sep=,\nSpanish,English,id\nperro,dog,  \nperra,dog!,", "sep=,\nSpanish,English,id\nperro,dog,dog\nperra,dog!,dog-2"),
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    ("codec", "mark"),
    [("utf-8", b""), ("utf-8", codecs.BOM_UTF8), ("utf-16-le", codecs.BOM_UTF16_LE), ("cp1252", b"")],
)
def test_missing_ids_are_written_and_nothing_else(course, deckgen, before, after, codec, mark):
    """Quotes, line ends, marks, separators and the encoding stay, byte for byte."""
    path = words(course, mark + before.replace("gato", "gató").encode(codec))
    assert deckgen("check", "-C", course, "--fix").code == 0
    assert path.read_bytes() == mark + after.replace("gato", "gató").encode(codec)


def test_workbooks_are_not_written(course, deckgen):
    """What to do is said: the id, the cell, and that it is written by hand."""
    book = Workbook()
    assert book.active is not None
    book.active.title = "Lesson 1"
    for row in (("id", "Spanish", "English"), ("", "perro", "dog")):
        book.active.append(row)
    path = words(course, b"", "xlsx")
    book.save(path)
    before = path.read_bytes()
    ran = deckgen("check", "-C", course, "--fix")
    assert ran.code == 1
    assert path.read_bytes() == before
    assert "--> " in ran.err
    assert 'data/words.xlsx: sheet "Lesson 1", row 2, column A' in ran.err
    assert "write `dog` into the column `id`" in ran.err
    assert "deckgen writes no spreadsheets but CSV" in ran.err


@pytest.mark.parametrize("form", ["json", "github", "sarif"])
def test_cells_are_named_in_every_format(course, deckgen, form):
    """File, sheet, row and column, with the text of the cell."""
    book = Workbook()
    assert book.active is not None
    book.active.title = "Lesson 1"
    for row in (("id", "Spanish", "English"), ("Per Ro", "perro", "dog")):
        book.active.append(row)
    book.save(words(course, b"", "xlsx"))
    out = deckgen("check", "-C", course, "--format", form).out
    if form == "github":
        assert 'data/words.xlsx: sheet "Lesson 1", row 2, column A: malformed id' in out
    elif form == "json":
        (one,) = json.loads(out)["diagnostics"]
        assert one["file"].endswith("data/words.xlsx")
        assert one["line"] is None
        assert one["cell"] == {"sheet": "Lesson 1", "row": 2, "column": "A", "text": "Per Ro"}
    else:
        (one,) = json.loads(out)["runs"][0]["results"]
        (location,) = one["locations"]
        assert location["physicalLocation"]["artifactLocation"]["uri"].endswith("data/words.xlsx")
        assert location["logicalLocations"] == [
            {"name": "A2", "fullyQualifiedName": "Lesson 1!A2", "kind": "cell"}
        ]
        assert 'sheet "Lesson 1", row 2, column A: Per Ro' in one["message"]["text"]


def test_a_spreadsheet_can_be_named_to_check(course, deckgen):
    """As editors and hooks do; what concerns its rows is reported."""
    path = words(course, b"id,Spanish,English\nA B,perro,dog\n")
    assert deckgen("check", path).code == 1
    assert deckgen("check", course / "cards/words.toml").code == 0


def test_a_spreadsheet_below_cards_is_read_where_a_table_names_it(course, deckgen):
    """One that no table names is told, and lock files of offices are not."""
    (course / "cards/words.toml").write_text(TOML.format("csv").replace("data/", "cards/"), "utf-8")
    (course / "cards/words.csv").write_text("id,Spanish,English\nperro,perro,dog\n", "utf-8")
    (course / "cards/~$words.xlsx").write_bytes(b"x")
    (course / "cards/.~lock.words.csv#").write_bytes(b"x")
    assert "no mistakes" in deckgen("check", "-C", course).err
    (course / "cards/other.ods").write_bytes(b"x")
    err = deckgen("check", "-C", course).err
    assert "`cards/other.ods` is not read: no `[[table]]` names it" in err
    assert err.count("warning[") == 1


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("../outside.csv", "is not a path in the project"),
        ("/etc/passwd", "is not a path in the project"),
        ("data/link.csv", "is a link that leads out of the project"),
        ("data", "cannot be read: it is not a regular file"),
        ("data/~$words.xlsx", "is a lock file"),
        ("data/wrods.csv", "did you mean `data/words.csv`?"),
    ],
)
def test_files_outside_of_the_project_are_not_read(course, deckgen, tmp_path_factory, file, said):
    """Neither by a path nor by a link."""
    outside = tmp_path_factory.mktemp("outside") / "secret.csv"
    outside.write_text("id,Spanish,English\nx,y,z\n", "utf-8")
    words(course, b"id,Spanish,English\nx,y,z\n")
    (course / "data/link.csv").symlink_to(outside)
    (course / "cards/words.toml").write_text(TOML.format("csv").replace("data/words.csv", file), "utf-8")
    ran = deckgen("check", "-C", course)
    assert ran.code == 1
    assert said in ran.err
    assert "unreadable-table" in ran.err


def test_a_renamed_word_is_told_by_check_too(course, deckgen):
    """Before any build, with the line to write; and the line ends it."""
    path = words(course, b"id,Spanish,English\n,perro,dog\n,gato,cat\n")
    toml = course / "cards/words.toml"
    toml.write_text(f'{TOML.format("csv")}id = "@{{Spanish}}"\n', "utf-8")
    assert deckgen("build", "-C", course).code == 0
    path.write_bytes(b"id,Spanish,English\n,perro,dog\n,gatito,cat\n")
    err = deckgen("check", "-C", course).err
    assert "warning[lost-id]: `gato` is gone, and `gatito` is new" in err
    assert 'write `was.gatito = "gato"` below `[[table]]` in cards/words.toml' in err
    toml.write_text(f'{toml.read_text("utf-8")}was.gatito = "gato"\n', "utf-8")
    assert "no mistakes" in deckgen("check", "-C", course).err
