"""Who gets which copy: serial numbers that stay, versions that neighbours do not share."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckgen.core import Student
from deckgen.sheet.copies import Copies, Copy, copies_csv, numbered

CLASS = tuple(Student(str(number), f"Student {number}") for number in range(30))


@pytest.mark.parametrize("count", [1, 2, 3, 5])
def test_versions_are_even_and_neighbours_differ(count: int) -> None:
    """In the order of the list, A, B, C, A, …: no version has two copies more than another."""
    every, wanted = numbered((), CLASS, 0, "ABCDE"[:count])
    assert every == wanted
    assert [copy.serial for copy in wanted] == list(range(1, 31))
    assert "".join(copy.version for copy in wanted) == ("ABCDE"[:count] * 30)[:30]


@given(
    st.lists(st.sampled_from(CLASS), unique=True),
    st.lists(st.sampled_from(CLASS), unique=True),
    st.integers(0, 4),
)
def test_nobody_loses_a_copy(first: list[Student], second: list[Student], blank: int) -> None:
    """Whatever the next list says: who had a copy has it still, no number is given twice, and new neighbours differ."""
    before, _ = numbered((), first, blank, "ABC")
    every, wanted = numbered(before, second, blank, "ABC")
    assert {copy.serial: copy for copy in every}.items() >= {copy.serial: copy for copy in before}.items()
    assert len({copy.serial for copy in every}) == len(every)
    assert [copy.student for copy in wanted] == [*second, *[Student()] * blank]
    new = {copy.serial for copy in every} - {copy.serial for copy in before}
    assert sorted(new) == list(range(len(before) + 1, len(every) + 1))
    for one, other in pairwise(wanted[: len(second)]):
        if one.serial in new or other.serial in new:
            assert one.version != other.version
    assert numbered(every, second, blank, "ABC") == (every, wanted)


def test_students_without_numbers_are_known_by_name() -> None:
    """And a student whose name is corrected keeps the copy of the number."""
    before, _ = numbered((), (Student("", "Ada"), Student("7", "Grase")), 0, "AB")
    every, _ = numbered(before, (Student("7", "Grace"), Student("", "Ada")), 0, "AB")
    assert [(copy.serial, copy.name) for copy in every] == [(1, "Ada"), (2, "Grace")]


def test_a_version_that_is_gone_is_replaced() -> None:
    """The serial number stays."""
    before, _ = numbered((), CLASS[:6], 0, "ABC")
    every, wanted = numbered(before, CLASS[:6], 0, "AB")
    assert [copy.serial for copy in wanted] == [1, 2, 3, 4, 5, 6]
    assert wanted == every
    assert "".join(copy.version for copy in every) == "ABAABA"


def test_no_cell_is_a_formula() -> None:
    """A name that begins like one is text in a spreadsheet program."""
    copies = Copies(sheet="s", codes={}, copies=(Copy(serial=1, version="A", name='=HYPERLINK("http://x")'),))
    assert copies_csv(copies).decode("utf-8-sig").splitlines()[1] == '''1,A,,"'=HYPERLINK(""http://x"")"'''
