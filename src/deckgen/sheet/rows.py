"""The rows of a comparison table as a section prints them: some to fill in, others filled in."""

from __future__ import annotations

from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING

import msgspec

from deckgen.core import Cell, Contrast, Text
from deckgen.sheet.measure import longest_word
from deckgen.sheet.pieces import read
from deckgen.sheet.profile import POINT
from deckgen.sheet.version import Question
from deckgen.text import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from deckgen.core import Table
    from deckgen.sheet.profile import PageProfile
    from deckgen.sheet.version import Part, Version

#: Millimetres for writing in a cell; less if questions are in two columns.
_WRITING, _WRITING_IN_COLUMNS = 15.0, 8.0
#: Of a cell, left and right, in mm; the part of the width that aspects take.
_PADDING, _ASPECT = 4.0, 0.22


class PrintedCell(msgspec.Struct, frozen=True):
    """A cell, and whether it is left empty."""

    cell: Cell
    blank: bool


class PrintedRow(msgspec.Struct, frozen=True):
    """A row of a printed table; `question` is None where the row is only shown."""

    aspect: Text
    cells: tuple[PrintedCell, ...]
    question: Question | None = None


def printed_rows(
    group: Sequence[Question], part: Part, version: Version, tables: Mapping[str, Table]
) -> tuple[PrintedRow, ...]:
    """Return the rows for a group of contrast questions of one table.

    A whole table shows its other rows as well, unless the version asks about them elsewhere.
    """
    asked = {question.item.cell: _asked(question, part.blank) for question in group}
    table = tables.get(group[0].item.cell.partition("/")[0])
    if not part.whole_tables or not table:
        return tuple(asked.values())
    return tuple(_whole_table(table, asked, version))


def _asked(question: Question, blank: tuple[str, ...]) -> PrintedRow:
    item = question.item
    if not isinstance(item, Contrast):
        raise TypeError(item)
    known = {cell.concept for cell in item.cells} & {*blank}
    return PrintedRow(
        item.aspect,
        tuple(PrintedCell(cell, not known or cell.concept in known) for cell in item.cells),
        question,
    )


def _whole_table(table: Table, asked: Mapping[str, PrintedRow], version: Version) -> Iterator[PrintedRow]:
    elsewhere = {"/".join(question.item.cell.split("/")[:2]) for question in version.questions}
    for row in table.rows:
        if row.id in asked:
            yield asked[row.id]
        elif row.id not in elsewhere:
            yield PrintedRow(row.aspect, tuple(PrintedCell(cell, blank=False) for cell in row.cells))


def column_groups(profile: PageProfile, rows: Sequence[PrintedRow]) -> tuple[tuple[int, ...], ...]:
    """Return the columns of a printed table, in groups that fit side by side, as even as possible.

    A column is as wide as its longest word, and wide enough to write in where it has an empty cell.
    """
    em = profile.size * POINT
    writing = (_WRITING_IN_COLUMNS if profile.columns > 1 else _WRITING) / em
    widths = [
        max(
            1.1 * _longest(column[0].cell.term),
            *(writing if each.blank else _longest(plain(each.cell.text)) for each in column),
        )
        + _PADDING / em
        for column in zip(*(row.cells for row in rows), strict=True)
    ]
    # Widths of words are estimates that err on the large side.
    room = 1.15 * profile.measure * (1 - _ASPECT)
    for count in range(1, len(widths) + 1):
        edges = [len(widths) * number // count for number in range(count + 1)]
        groups = [tuple(range(start, end)) for start, end in pairwise(edges)]
        if all(max(widths[place] for place in group) * len(group) <= room for group in groups):
            return tuple(groups)
    return tuple((place,) for place in range(len(widths)))


def _longest(text: str) -> float:
    return longest_word(read(escape(text)))
