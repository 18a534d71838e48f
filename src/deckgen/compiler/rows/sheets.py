"""The sheets that tables name, and what is wrong with those that cannot be read."""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.diagnostics import Diagnostic, Place, Span
from deckgen.language.table import Table
from deckgen.reading.tables import Tables, Unread
from deckgen.rules import doubtful_encoding, unreadable_table
from deckgen.tables import read
from deckgen.tables.grid import Grid, Problem


def grid_of(table: Table, tables: Tables) -> Grid | Problem | Unread:
    """Read the sheet that a table names."""
    content = tables.get(table.file, Unread())
    if isinstance(content, Unread):
        return content
    return read(table.file, content, sheet=table.sheet, encoding=table.encoding, separator=table.separator)


def unreadable(table: Table, grid: Problem | Unread, at: Place) -> Diagnostic:
    """Say why a table, which stands `at`, has no sheet."""
    if isinstance(grid, Unread):
        if grid.why:
            return unreadable_table.found(table.file, grid.why, at.child("file"))
        return unreadable_table.missing(table.file, grid.there, at.child("file"))
    if grid.what == "sheet":
        return unreadable_table.no_sheet(table.file, table.sheet, grid.names, at.child("sheet"))
    where = f" (line {grid.line})" if grid.line else ""
    return unreadable_table.found(table.file, grid.message + where, at.child("file"), grid.help)


def doubts(table: Table, grid: Grid) -> Iterator[Diagnostic]:
    """Yield a warning where the encoding of a sheet is a guess that does not look right."""
    if grid.source is None or grid.source.doubt < 0:
        return
    text, at = grid.source.text, grid.source.doubt
    line = text.count("\n", 0, at) + 1
    column = at - text.rfind("\n", 0, at)
    yield doubtful_encoding.found(
        table.file, text[at], Place(table.file, span=Span(line, column, line, column + 1))
    )
