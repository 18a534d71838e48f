"""The rows of a comparison table as a section prints them: some to fill in, others filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from deckgen.core import Cell, Contrast, Text
from deckgen.sheet.plan import Question

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from deckgen.core import Table
    from deckgen.sheet.plan import Part, Version


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
    return tuple(_whole(table, asked, version))


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


def _whole(table: Table, asked: Mapping[str, PrintedRow], version: Version) -> Iterator[PrintedRow]:
    elsewhere = {"/".join(question.item.cell.split("/")[:2]) for question in version.questions}
    for row in table.rows:
        if row.id in asked:
            yield asked[row.id]
        elif row.id not in elsewhere:
            yield PrintedRow(row.aspect, tuple(PrintedCell(cell, blank=False) for cell in row.cells))
