"""XLSX and ODS: cells say what they show, whoever saved the file; files that harm or are damaged are told."""

from __future__ import annotations

import io
import shutil
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from deckgen.tables import archive, read
from deckgen.tables.grid import Grid, Problem, spelt
from deckgen.tables.number_format import general
from laws import law
from tables.make_files import FILES, SHOWN, main, workbook


def _saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


#: The same workbook, saved by openpyxl and by LibreOffice.
BOOKS = {
    "openpyxl.xlsx": _saved(workbook()),
    "libreoffice.xlsx": (FILES / "libreoffice.xlsx").read_bytes(),
    "libreoffice.ods": (FILES / "libreoffice.ods").read_bytes(),
}


def sheet(name: str, content: bytes, wanted: str = "") -> Grid:
    found = read(name, content, sheet=wanted)
    assert isinstance(found, Grid), found
    return found


def problem(name: str, content: bytes, wanted: str = "") -> str:
    found = read(name, content, sheet=wanted)
    assert isinstance(found, Problem)
    return found.message


def repacked(content: bytes, **changed: bytes) -> bytes:
    """Return an archive with other contents of some parts; `__` stands for a point."""
    out = io.BytesIO()
    parts = {name.replace("__", "."): part for name, part in changed.items()}
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, parts.get(name.rpartition("/")[2], old.read(name)))
    return out.getvalue()


@pytest.mark.parametrize("name", BOOKS)
def test_cells_say_what_they_show(name):
    """Texts as they are written, numbers, dates and durations by their formats."""
    cells = sheet(name, BOOKS[name], "Formats").rows
    assert [row[0] for row in cells[1:]] == [shown for _, _, shown in SHOWN]


@pytest.mark.parametrize("name", BOOKS)
def test_the_first_sheet_that_is_not_hidden_is_read(name):
    """A hidden one only where it is named; a name that is not there is told with those that are."""
    assert sheet(name, BOOKS[name]).sheet == "Formats"
    assert sheet(name, BOOKS[name], "Hidden").rows == [["secret"]]
    found = read(name, BOOKS[name], sheet="Lesson 3")
    assert isinstance(found, Problem)
    assert (found.what, found.names) == ("sheet", ("Hidden", "Formats", "Lesson 2"))


@pytest.mark.parametrize("name", ["libreoffice.xlsx", "libreoffice.ods"])
def test_merged_and_hidden_rows_formulas_and_errors(name):
    """A merged cell counts in each of its rows, a hidden row like any other, a formula is its stored value."""
    found = sheet(name, BOOKS[name], "Lesson 2")
    assert found.rows == [
        [],
        ["Lesson", "Spanish", "English", "double", "broken"],
        ["animals", "perro", "dog", "6", "0.25"],
        ["animals", "gato", "cat", "8", "#N/A"],
        ["animals", "pez", "fish", "10", "0.25"],
        [],
        [],
        [],
        ["", "casa", "house"],
    ]
    assert found.errors == {(3, 4)}


def test_a_file_that_nobody_calculated_has_no_values_of_formulas():
    """The cell is empty then."""
    assert sheet("a.xlsx", BOOKS["openpyxl.xlsx"], "Lesson 2").rows[2] == ["animals", "perro", "dog"]


@pytest.mark.parametrize(
    ("value", "shown", "spelling"),
    [
        (3.1, "3.10", "3.10"),
        (3.1, "€ 3,10", "3.10"),
        (-5, "(5)", "-5"),
        (1234.5, "1,234.50", "1234.50"),
        (0.256, "26%", "0.256"),
        (2.5, "3", "3"),
        (7, "007", "7"),
        (1250000, "1.3M", "1250000"),
        (0, "none", "0"),
    ],
)
def test_numbers_are_spelt_with_the_digits_that_are_shown(value, shown, spelling):
    """For keys that take a number."""
    assert spelt(value, shown) == spelling


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0.1 + 0.2, "0.3"),
        (1 / 3, "0.333333333"),
        (1e20, "1E+20"),
        (1.5e-10, "1.5E-10"),
        (4006381333931, "4006381333931"),
        (-2.50, "-2.5"),
    ],
)
def test_numbers_without_a_format_have_the_digits_that_fit(value, shown):
    """Whole ones have all of them."""
    assert general(value) == shown


def test_characters_that_xml_cannot_hold_are_read():
    """And phonetic guides of Japanese cells are not part of them."""
    content = BOOKS["libreoffice.xlsx"]
    with zipfile.ZipFile(io.BytesIO(content)) as old:
        texts = old.read("xl/sharedStrings.xml")
    texts = texts.replace(
        b'<t xml:space="preserve">007</t>',
        '<r><t>漢字_x0041_</t></r><rPh sb="0" eb="2"><t>カンジ</t></rPh>'.encode(),
    )
    assert sheet("a.xlsx", repacked(content, sharedStrings__xml=texts), "Formats").rows[1][0] == "漢字A"


@pytest.mark.parametrize("name", BOOKS)
def test_a_file_that_is_cut_short_is_told(name):
    """At any place: a half-saved file is no reason to end."""
    content = BOOKS[name]
    assert problem(name, b"") == "is empty"
    for length in range(1, len(content), len(content) // 20):
        assert "is not a" in problem(name, content[:length])


@law(60)
@given(st.sampled_from(list(BOOKS)), st.integers(0, 20_000), st.binary(min_size=1, max_size=4))
def test_damage_never_ends_the_program(name, at, damage):
    """Whatever bytes are changed, there is a sheet or a reason."""
    content = BOOKS[name]
    at %= len(content)
    assert read(name, content[:at] + damage + content[at + len(damage) :]) is not None


def test_other_files_under_these_names_are_told():
    """An old `.xls` or a file with a password is an OLE file; a text is no archive; ODS is not XLSX."""
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    assert problem("a.xlsx", ole) == "is not an XLSX file: it is an old `.xls`, or has a password"
    assert problem("a.ods", b"a;b\n") == "is not an ODS file that can be read"
    assert problem("a.xlsx", BOOKS["libreoffice.ods"]) == "is not an XLSX file"
    assert problem("a.ods", BOOKS["libreoffice.xlsx"]) == "is not an ODS file"


def test_entities_are_refused():
    """Neither files of the machine nor a billion laughs come in."""
    bomb = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    for name, part in (("libreoffice.ods", "content__xml"), ("libreoffice.xlsx", "workbook__xml")):
        with zipfile.ZipFile(io.BytesIO(BOOKS[name])) as old:
            inner = next(old.read(each) for each in old.namelist() if each.endswith(part.replace("__", ".")))
        changed = bomb.encode() + inner.partition(b"?>")[2]
        assert (
            problem(name, repacked(BOOKS[name], **{part: changed}))
            == "declares a document type, which no spreadsheet has"
        )


def test_bombs_are_not_unpacked(monkeypatch):
    """What says to be too large is told by its directory."""
    monkeypatch.setattr(archive, "MOST_UNPACKED", 20_000)
    for name, content in BOOKS.items():
        bomb = repacked(content, content__xml=b" " * 30_000, workbook__xml=b" " * 30_000)
        assert problem(name, bomb) == "has more than 20,000 bytes when it is unpacked"


def test_absurd_dimensions_are_told():
    """A cell in the far corner, or a row that is repeated without end, costs neither memory nor time."""
    book = Workbook()
    assert book.active is not None
    book.active.cell(1_048_576, 16_384, "x")
    assert problem("a.xlsx", _saved(book)).startswith("has more than 1,000,000 cells")
    content = BOOKS["libreoffice.ods"]
    with zipfile.ZipFile(io.BytesIO(content)) as old:
        inner = old.read("content.xml")
    for number in ("2000000", "99999999", "9" * 400):
        repeated = inner.replace(
            b"<table:table-row ", f'<table:table-row table:number-rows-repeated="{number}" '.encode(), 1
        )
        found = read("a.ods", repacked(content, content__xml=repeated), sheet="Hidden")
        assert isinstance(found, Problem) or found.rows == [["secret"]]


def test_empty_rows_to_the_end_of_the_sheet_are_nothing():
    """LibreOffice writes a million of them."""
    assert len(sheet("a.ods", BOOKS["libreoffice.ods"], "Lesson 2").rows) == 9


@pytest.mark.long
def test_the_files_are_what_libreoffice_saves(tmp_path, monkeypatch):
    """The command that made the files makes such files again."""
    if not shutil.which("soffice"):
        pytest.skip("LibreOffice is missing")
    monkeypatch.setattr("tables.make_files.FILES", tmp_path)
    main()
    for name in ("libreoffice.xlsx", "libreoffice.ods"):
        made = (Path(tmp_path) / name).read_bytes()
        for wanted in ("Formats", "Lesson 2"):
            assert sheet(name, made, wanted) == sheet(name, BOOKS[name], wanted)
