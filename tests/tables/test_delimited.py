"""CSV and TSV as real spreadsheets write them."""

from __future__ import annotations

import codecs
import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from deckgen.tables import read
from deckgen.tables.delimited import written
from deckgen.tables.grid import MOST_CELLS, Grid, Problem, letters
from laws import law


def grid(content: bytes | str, name: str = "t.csv", **how: str) -> Grid:
    found = read(name, content if isinstance(content, bytes) else content.encode(), **how)
    assert isinstance(found, Grid), found
    return found


def problem(content: bytes, name: str = "t.csv", **how: str) -> str:
    found = read(name, content, **how)
    assert isinstance(found, Problem)
    return f"{found.message} ({found.line})" if found.line else found.message


@pytest.mark.parametrize(
    ("text", "separator"),
    [
        ("a,b\n1,2\n", ","),
        ("a;b\n1,5;2,5\n", ";"),
        ("a\tb\n1,5\t2;5\n", "\t"),
        ("Spanish, formal;English\nuna, dos;one\ntres;three\n", ";"),
        ("a,b;c\n1,2\n3,4\n", ","),
        ('"a;b",c\n"1;2",3\n', ","),
        ("alone\n1\n", ";"),
        ("sep=|\na|b\n", "|"),
        ("sep=,\na,b;c\n", ","),
        ("a,b,c\n", ","),
    ],
)
def test_the_separator_is_what_gives_rows_as_many_cells_as_the_header(text, separator):
    """Excel's `sep=` says it."""
    source = grid(text).source
    assert source is not None
    assert source.separator == separator


def test_the_line_that_says_the_separator_is_no_row():
    """`sep=;` is for Excel."""
    assert grid("sep=;\na;b\n").rows == [[], ["a", "b"]]


def test_tsv_is_parted_by_tabs():
    """Whatever else looks like a separator."""
    assert grid("a,b\tc,d,e\n1\t2\n", "t.tsv").rows == [["a,b", "c,d,e"], ["1", "2"]]


@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_marks_and_quotes_are_taken_away(mark, end):
    """A cell may hold line breaks, separators and quotes of its own."""
    text = end.join(["a,b", '"x', '1, ""2""",y', ""])
    assert grid(mark + text.encode()).rows == [["a", "b"], [f'x{end}1, "2"', "y"]]


@pytest.mark.parametrize(
    ("content", "codec", "doubt"),
    [
        ("é;ł;食\n".encode(), "utf-8", -1),
        ("\ufeffé;x\n".encode(), "utf-8", -1),
        ("\ufeffé;x\n".encode("utf-16-le"), "utf-16-le", -1),
        ("\ufeffé;x\n".encode("utf-16-be"), "utf-16-be", -1),
        ("é;x;食べる\n".encode("utf-16-le"), "utf-16-le", -1),
        ("é;x\n".encode("utf-16-be"), "utf-16-be", -1),
        ("Größe;über “x” – 5 €\n".encode("cp1252"), "cp1252", -1),
        ("¿niño?;año\n".encode("latin-1"), "cp1252", -1),
        ("łódka;żółw\n".encode("cp1250"), "cp1252", 0),
        ("ab;たべる\n".encode("shift_jis"), "cp1252", 3),
    ],
)
def test_the_encoding_is_found_out(content, codec, doubt):
    """The same every time; a guess that does not look right is known to be one."""
    source = grid(content).source
    assert source is not None
    assert (source.codec, source.doubt) == (codec, doubt)


def test_the_encoding_can_be_said():
    """Then it is taken, mark or not, and there is no doubt."""
    source = grid("łódka;x\n".encode("cp1250"), encoding="windows-1250").source
    assert source is not None
    assert (source.text, source.doubt) == ("łódka;x\n", -1)
    assert grid("\ufeffa;b".encode(), encoding="utf-8").rows == [["a", "b"]]
    assert grid("a;b".encode("utf-16"), encoding="utf-16").rows == [["a", "b"]]


@pytest.mark.parametrize(
    ("content", "how", "said"),
    [
        (b"", {}, "is empty"),
        (b" \n\n", {}, "is empty"),
        (b'a,b\nc,"d\n', {}, "has a quote that is not closed (2)"),
        (b'a,b\nc,"d"e\n', {}, "has a quote within a quoted cell (2)"),
        (b"a,b\nc,\x81\n", {}, "is neither UTF-8 nor Windows-1252 (2)"),
        (b"a,b\nc,\xe9\n", {"encoding": "utf-8"}, "is not UTF-8 (2)"),
        (b"a,b\n" + b"x" * 200_000, {}, "has a cell of more than 100,000 characters (2)"),
        (b",\n" * (MOST_CELLS // 2 + 1), {}, "has more than 1,000,000 cells"),
        (b"a,b\n", {"sheet": "x"}, "has one sheet, without a name"),
    ],
)
def test_what_is_no_table_is_told(content, how, said):
    """With the line, where it is known."""
    assert problem(content, **how) == said


def test_other_files_are_no_tables():
    """Formats are known by the ends of names."""
    assert problem(b"x", "t.json") == "is not a table"


CELLS = st.text(alphabet='ab";,\t\n\r é食"', max_size=6)


@law(300)
@given(
    st.lists(st.lists(CELLS, min_size=1, max_size=4), max_size=5),
    st.sampled_from(";,\t"),
    st.sampled_from(["\n", "\r\n", "\r"]),
)
@example([["", ""], [""]], ";", "\n")
def test_each_cell_is_found_where_it_stands(rows, separator, end):
    """Unquoted, the piece of the text where a cell is said to be is what the reader read."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator, lineterminator=end).writerows(rows)
    found = read("t.csv", out.getvalue().encode(), separator=separator)
    if isinstance(found, Problem):
        assert found.message == "is empty"
        return
    assert found.source is not None
    text = found.source.text
    cut = [
        [
            text[start + 1 : stop - 1].replace('""', '"')
            if text[start:stop].startswith('"')
            else text[start:stop]
            for start, stop in cells
        ]
        for cells in written(found.source)
    ]
    assert cut == found.rows


@law(200)
@given(st.binary(max_size=60))
@example(b"sep=;")
@example(b'"')
def test_reading_never_fails(content):
    """Any bytes are a sheet, or are told not to be one."""
    for name in ("t.csv", "t.tsv"):
        found = read(name, content)
        if isinstance(found, Grid) and found.source is not None:
            assert found.source.encode(found.source.text) == content


def test_columns_have_letters():
    """As spreadsheets count."""
    assert [letters(number) for number in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
