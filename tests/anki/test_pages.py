"""Rows replaced in the pages of a file make the file that holds these rows from the start."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckgen.anki.pages import PAGE, Pages, Unlike, text

#: Ids like Anki's, which all take as many bytes.
FIRST = 1_700_000_000_000
#: Letters of the longest text in a row without a page of its own (X of https://sqlite.org/fileformat.html#b_tree_pages).
#: Beside it, a row holds the length of its header, three types, of which the text's takes two bytes, and a number.
LONGEST = PAGE - 35 - 6
AT_ONCE = 2 * PAGE

#: How long texts are: so that many, few or one go on a page, or none.
LENGTHS = st.one_of(st.integers(0, 300), st.integers(300, 2_100), st.integers(2_100, 5_000))


def made(rows: Mapping[int, str]) -> bytes:
    """Return a file with a table of texts before another table and an index, as collections are made."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as there:
        there.execute("PRAGMA journal_mode = OFF")
        there.execute("BEGIN")
        there.execute("CREATE TABLE first (id integer primary key, number integer)")
        there.execute("CREATE TABLE said (id integer primary key, number integer, what text)")
        there.executemany("INSERT INTO first VALUES (?, ?)", [(id_, id_ % 7) for id_ in rows])
        there.executemany("INSERT INTO said VALUES (?, 5, ?)", rows.items())
        there.execute("CREATE INDEX by_number ON said (number)")
        there.execute("COMMIT")
        return there.serialize()


def replaced(before: bytes, rows: Mapping[int, str]) -> bytes | None:
    """Return a file with other texts; None where that cannot be done."""
    cut = [before[at : at + AT_ONCE] for at in range(0, len(before), AT_ONCE)]
    try:
        pages = Pages(cut.__getitem__, AT_ONCE)
        table = pages.tables()["said"]
        new = {}
        for id_, what in rows.items():
            found, row = next(table.rows(id_))
            assert found == id_
            row[2] = text(what)
            new[id_] = row
        table.replace(new)
    except Unlike:
        return None
    changed = pages.pieces()
    return b"".join(changed.get(number, piece) for number, piece in enumerate(cut))


def may_be_left(before: bytes, after: bytes, rows: Mapping[int, str]) -> bool:
    """Tell whether files may be too different: by pages, or because a row has pages of its own."""
    return len(before) != len(after) or any(len(what) > LONGEST for what in rows.values())


@given(st.data(), st.sampled_from([FIRST, 1, 90, 16_370]))
def test_replacing_is_making_anew(data: st.DataObject, first: int) -> None:
    """Whatever the lengths; and where the pages are as many and no row has its own, it is always done.

    Ids that take more bytes the further they go make it possible that it is not.
    """
    old = {
        first + 3 * place: "o" * length
        for place, length in enumerate(data.draw(st.lists(LENGTHS, min_size=1)))
    }
    some = data.draw(st.dictionaries(st.sampled_from(sorted(old)), LENGTHS, min_size=1, max_size=4))
    new = {id_: "n" * length for id_, length in some.items()}
    before, after = made(old), made(old | new)
    there = replaced(before, new)
    if there is None:
        assert first != FIRST or may_be_left(before, after, old) or may_be_left(before, after, new)
    else:
        assert there == after


@pytest.mark.parametrize(
    ("lengths", "changes"),
    [
        # The first row of a page comes to find room on the page before.
        ([1_900, 1_900, 500, 3_000, 3_900], {2: 100}),
        # A row takes a page for itself, and those behind it are taken together.
        ([0, 0, 0, 0, 0, 231, 300, 3_440, 3_858], {8: 300, 0: 300, 5: 4_049}),
    ],
)
def test_pages_of_few_rows(lengths: list[int], changes: dict[int, int]) -> None:
    """Where rows move to a page before, or a page is left with one."""
    old = {FIRST + 3 * place: "o" * length for place, length in enumerate(lengths)}
    new = {FIRST + 3 * place: "n" * length for place, length in changes.items()}
    assert len(made(old)) == len(made(old | new))
    assert replaced(made(old), new) == made(old | new)


@pytest.mark.parametrize("change", [-700, -90, -1, 0, 1, 90, 700])
def test_a_change_is_carried_from_page_to_page(change: int) -> None:
    """A table of a thousand pages, and so of three levels: rows move on to where a page ends as it did."""
    old = {FIRST + place: "o" * (400 + (place * 7919) % 1800) for place in range(3_000)}
    before = made(old)
    done = 0
    for place in range(0, 3_000, 300):
        id_ = FIRST + place
        new = {id_: "n" * max(0, len(old[id_]) + change)}
        after = made(old | new)
        there = replaced(before, new)
        if len(before) == len(after):
            assert there == after
            done += 1
        else:
            assert there is None
    assert done >= 3 if abs(change) == 700 else done >= 8


@pytest.mark.parametrize("length", range(LONGEST - 2, LONGEST + 4))
@pytest.mark.parametrize("before", [3_900, LONGEST, LONGEST + 1])
def test_the_longest_row_of_a_page(before: int, length: int) -> None:
    """A row that is longer by one byte has a page of its own, and is left alone."""
    old = {FIRST + place: "o" * 3_000 for place in range(5)} | {FIRST + 2: "o" * before}
    new = {FIRST + 2: "n" * length}
    fits = max(before, length) <= LONGEST
    assert replaced(made(old), new) == (made(old | new) if fits else None)


def test_a_divider_that_would_be_longer_is_left_alone() -> None:
    """A page that ends with row 128 where it ended with 127 has a divider of two bytes, and so others may move."""
    old = dict.fromkeys(range(120, 142), "o" * 1_900)
    new = {122: "n" * 900, 123: "n" * 900}
    assert len(made(old)) == len(made(old | new))
    assert replaced(made(old), new) is None


def test_what_stays_is_no_change() -> None:
    """A row that is replaced by itself changes no piece."""
    content = made({FIRST + place: "o" * 900 for place in range(20)})
    pages = Pages(lambda number: content[number * AT_ONCE :][:AT_ONCE], AT_ONCE)
    table = pages.tables()["said"]
    table.replace(dict(table.rows(FIRST)))
    assert pages.pieces() == {}


def test_many_at_once() -> None:
    """Every tenth row, with texts as long, is replaced."""
    old = {FIRST + place: "o" * (200 + (place * 31) % 900) for place in range(500)}
    new = {id_: "ö" * (len(what) // 2) + "n" * (len(what) % 2) for id_, what in list(old.items())[::10]}
    assert replaced(made(old), new) == made(old | new)


def test_pages_that_are_not_as_they_would_be_written_are_left_alone() -> None:
    """A row that was made shorter in place leaves its page in another order."""
    old = {FIRST + place: "o" * 300 for place in range(40)}
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as there:
        there.deserialize(made(old))
        there.execute("UPDATE said SET what = 'short' WHERE id = ?", (FIRST + 1,))
        before = there.serialize()
    assert replaced(before, {FIRST + 2: "n" * 300}) is None
    assert replaced(before, {FIRST + 30: "n" * 300}) is not None


def test_what_is_no_such_file_is_told() -> None:
    """Pages of another size, and pages that hold something else."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as there:
        there.execute("PRAGMA page_size = 8192")
        there.execute("CREATE TABLE said (id integer primary key)")
        whole = there.serialize()
        with pytest.raises(Unlike):
            Pages(lambda _: whole, AT_ONCE)
    whole = made({FIRST: "o"})[:PAGE] + b"\2" * 9 * PAGE
    pages = Pages(lambda _: whole, 10 * PAGE)
    with pytest.raises(Unlike):
        list(pages.tables()["said"].rows(0))
