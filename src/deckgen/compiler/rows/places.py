"""Look up where in spreadsheets diagnostics stand: nothing is read again unless there is one."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice

import msgspec

from deckgen.compiler.rows.layout import Layout, Taken, lay_out
from deckgen.compiler.rows.sheets import grid_of
from deckgen.diagnostics import Cell, Edit, Path, Place, Span, TableRef
from deckgen.language.table import KEYS, Table, TableEntry
from deckgen.placeholders import template
from deckgen.reading.tables import Tables, tables_in
from deckgen.tables.delimited import Written, written
from deckgen.tables.grid import Grid, letters
from deckgen.toml.spot import Lines


class Rows:
    """The spreadsheets of a project, by what its files of cards make of them."""

    def __init__(self, cards: Mapping[str, str], tables: Tables) -> None:
        """Take the texts of the files of cards, and the contents of the spreadsheets."""
        self._cards = cards
        self._tables = tables
        self._found: dict[TableRef, tuple[TableEntry, Grid, Layout | None] | None] = {}
        self._written: dict[TableRef, list[list[Written]]] = {}

    def place(self, place: Place) -> Place:
        """Return a place in a row as that of its cell, or of the key in the file of cards where no cell says it."""
        if place.table is None or (found := self._look_up(place.table)) is None:
            return place
        entry, grid, layout = found
        row, rest = int(place.path[1]) - 1, place.path[2:]
        piece = place.piece
        if rest and isinstance(rest[0], int):
            column: int | None = rest[0]
        elif layout is None:
            column = None
        else:
            column, part = _column(layout, row, rest)
            piece = piece or part
            if column is None and rest:
                return _in_cards(place, entry, layout)
        return self._at(place, grid, row, column, piece)

    def edit(self, edit: Edit) -> Edit | None:
        """Return an edit that writes the id of a row into its column; None if that cannot be done."""
        ref = edit.place.table
        found = self._look_up(ref) if ref and edit.place.path[2:] == ("id",) else None
        if ref is None or found is None:
            return None
        entry, grid, layout = found
        if layout is None:
            return None
        column = next((each.column for each in layout.taken if each.path == ("id",)), None)
        source = grid.source
        if column is None or source is None or source.encode(source.text) != self._tables[entry.table.file]:
            return None
        cells = self._cells(ref, grid)[int(edit.place.path[1]) - 1]
        if column < len(cells):
            start, end = cells[column]
            quoted = source.text[start:end].startswith('"')
            text = edit.text
            start, end = (start + 1, end - 1) if quoted else (start, end)
        else:
            start = end = cells[-1].end
            text = source.separator * (column - len(cells) + 1) + edit.text
        return Edit(Place(entry.table.file, span=_span(source.text, start, end)), text)

    def text(self, file: str) -> str | None:
        """Return the text of a CSV file whose cells have been looked up; None for any other file."""
        source = self._source(file)
        return source.source.text if source and source.source else None

    def encode(self, file: str, text: str) -> bytes | None:
        """Return a new text of a CSV file as bytes, in the encoding that the file has; None for any other file."""
        grid = self._source(file)
        return grid.source.encode(text) if grid and grid.source else None

    def _source(self, file: str) -> Grid | None:
        looked_up = (found for found in self._found.values() if found)
        return next((grid for entry, grid, _ in looked_up if entry.table.file == file), None)

    def _look_up(self, ref: TableRef) -> tuple[TableEntry, Grid, Layout | None] | None:
        if ref not in self._found:
            self._found[ref] = self._read(ref)
        return self._found[ref]

    def _read(self, ref: TableRef) -> tuple[TableEntry, Grid, Layout | None] | None:
        raw = next(islice(tables_in(self._cards.get(ref.file, "")), ref.number, None), None)
        if raw is None:
            return None
        table = msgspec.convert({key: value for key, value in raw.items() if key in KEYS}, Table)
        entry = TableEntry(ref.number, table, {key: value for key, value in raw.items() if key not in KEYS})
        grid = grid_of(table, self._tables)
        return (entry, grid, lay_out(entry, ref.file, grid)[0]) if isinstance(grid, Grid) else None

    def _at(self, place: Place, grid: Grid, row: int, column: int | None, piece: str) -> Place:
        text = grid.cell(row, column) if column is not None else ""
        cell = Cell(grid.sheet, row + 1, letters(column) if column is not None else "", text)
        span = self._span_of(place.table, grid, row, column) if place.table else None
        return Place(place.file, span=span, piece=piece, cell=cell)

    def _span_of(self, ref: TableRef, grid: Grid, row: int, column: int | None) -> Span | None:
        if grid.source is None:
            return None
        cells = self._cells(ref, grid)[row]
        if not cells:
            return None
        if column is None:
            return _span(grid.source.text, cells[0].start, cells[-1].end)
        if column >= len(cells):
            return _span(grid.source.text, cells[-1].end, cells[-1].end + 1)
        start, end = cells[column]
        return _span(grid.source.text, start, max(end, start + 1))

    def _cells(self, ref: TableRef, grid: Grid) -> list[list[Written]]:
        if ref not in self._written:
            self._written[ref] = list(written(grid.source)) if grid.source else []
        return self._written[ref]


def _column(layout: Layout, row: int, path: Path) -> tuple[int | None, str]:
    """Return the column that a key is taken from, and the part of the cell that is meant; None if none says it."""
    if not path:
        taken = {each.path[0]: each.column for each in reversed(layout.taken)}
        return taken.get("id", next(iter(reversed(taken.values())), None)), ""
    found = [each for each in layout.taken if each.path[0] == path[0]]
    for each in found:
        if each.path == path[:1]:
            return each.column, _part(layout, row, each, path)
    full = [each for each in found if layout.text(row, each.column)] or found
    for each in full:
        if _counted(each, full) == path[: len(each.path)] or each.path[: len(path)] == path:
            return each.column, ""
    for length in range(len(path), 0, -1):
        if (text := layout.templates.get(path[:length])) and text.names:
            return layout.columns[text.names[0]], ""
    return (full[0].column, "") if full else (None, "")


def _counted(one: Taken, full: list[Taken]) -> Path:
    """Return the path of an entry of an array as it is in the item, where empty cells are no entries."""
    if len(one.path) < len(("distractors", 0)) or not isinstance(one.path[1], int):
        return one.path
    numbers = sorted({each.path[1] for each in full if isinstance(each.path[1], int)})
    return (one.path[0], numbers.index(one.path[1]), *one.path[2:])


def _part(layout: Layout, row: int, taken: Taken, path: Path) -> str:
    """Return the part of a cell that is the entry of an array; empty where the whole cell is meant."""
    outer, _ = layout.reading.split
    if len(path) == 1 or not outer or not isinstance(path[1], int):
        return ""
    parts = [part.strip() for part in layout.text(row, taken.column).split(outer)]
    entries = [part for part in parts if part]
    return entries[path[1]] if path[1] < len(entries) else ""


def _in_cards(place: Place, entry: TableEntry, layout: Layout) -> Place:
    """Return the place in the file of cards that says what is the same in every row."""
    file, number = layout.ref
    key = str(place.path[2])
    if key == "deck" and not entry.table.deck:
        return Place(file, ("deck", "name"), place.on, piece=place.piece)
    within = place.path[2:]
    if key not in entry.defaults and not (key in ("id", "deck", "was") and getattr(entry.table, key)):
        return Place(file, ("table", number), "header")
    if key == "id" and template(entry.table.id):
        return Place(file, ("table", number, "id"), place.on)
    return Place(file, ("table", number, *within), place.on, piece=place.piece)


def _span(text: str, start: int, end: int) -> Span:
    if start == end:
        line, column, _, _ = Lines(text).spot((start, start))
        return Span(line, column, line, column)
    return Span(*Lines(text).spot((start, end)))
