"""Make items of the rows of spreadsheets: a row becomes what TOML would decode to, and goes the same way from there."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from functools import partial
from typing import Any

import msgspec

from deckgen.compiler.parse import parse_item
from deckgen.compiler.rows.address import put
from deckgen.compiler.rows.cell_values import entry_of, value_of
from deckgen.compiler.rows.layout import Layout, classes, lay_out
from deckgen.compiler.rows.placeholders import filled
from deckgen.compiler.rows.sheets import doubts, grid_of, unreadable
from deckgen.compiler.rows.spelt_id import spelt_id
from deckgen.compiler.shape import mistakes
from deckgen.diagnostics import Diagnostic, Path, Place
from deckgen.language.cards import ROW_KINDS, TABLES
from deckgen.language.deck import Deck
from deckgen.language.gathered import gather_item
from deckgen.language.manuscript import Entry, File
from deckgen.language.table import TableEntry
from deckgen.patterns import lazy_pattern
from deckgen.reading.tables import Tables
from deckgen.rules import (
    cell_error,
    missing_id,
    ragged_row,
    unknown_value,
    unknown_was,
)
from deckgen.tables.encoding import NAMES
from deckgen.tables.grid import Grid

#: Keys that hold the path of a file.
_FILES = ("sound", "picture")
#: What keys take that want a number.
_NUMBERS = ("number", "whole", "spelled")
#: A picture or sound in Markdown that is named without a folder.
_BARE = lazy_pattern(r"(!\[[^\]\n]*\]\(<?)([^()<>\s/:]+\.[A-Za-z0-9]+)(?=[\s>)])")

Found = list[Diagnostic]


def expand(file: File, tables: Tables) -> tuple[list[File], Found]:
    """Return the items of the spreadsheets that a file of cards names: a file of the same name for each deck."""
    parts: list[File] = []
    found: Found = []
    for entry in file.tables:
        made, mistakes = _expand(file, entry, tables)
        parts += made
        found += mistakes
    return parts, found


def _expand(file: File, entry: TableEntry, tables: Tables) -> tuple[list[File], Found]:
    table = entry.table
    at = Place(file.name, ("table", entry.index))
    nothing = [File(name=file.name, text="", part=str(entry.index), partial=True)]
    if table.as_ not in ROW_KINDS:
        return nothing, [unknown_value.found(table.as_, list(ROW_KINDS), at.child("as"))]
    if table.encoding and table.encoding not in NAMES:
        return nothing, [unknown_value.found(table.encoding, list(NAMES), at.child("encoding"))]
    grid = grid_of(table, tables)
    if not isinstance(grid, Grid):
        return nothing, [unreadable(table, grid, at)]
    found = [*doubts(table, grid)]
    layout, mistakes = lay_out(entry, file.name, grid)
    found += mistakes
    if layout is None:
        return nothing, found
    rows = _Rows(layout, file)
    parts = rows.parts()
    return parts, [*found, *rows.found]


class _Rows:
    """The rows of one table on their way to items."""

    def __init__(self, layout: Layout, file: File) -> None:
        self._layout = layout
        self._table = layout.entry.table
        self._file = file
        self._fixed = {
            key: value
            for key, value in layout.entry.defaults.items()
            if not any(path[0] == key for path in layout.templates)
        }
        if layout.type:
            self._fixed["type"] = layout.type
        self._filled = {key: value for key, value in layout.entry.defaults.items() if key not in self._fixed}
        self._media = f"{self._table.media.strip('/')}/" if self._table.media else ""
        self._takes = layout.takes(layout.type)
        self.found: Found = []
        self._check_fixed()
        #: Those that are the same in every row, and that columns add to.
        self._begun = {
            key: value
            for key, value in self._fixed.items()
            if any(len(each.path) > 1 and each.path[0] == key for each in layout.taken)
        }

    def parts(self) -> list[File]:
        """Return a file for each deck of the rows."""
        rows: dict[str, list[tuple[int, dict[str, Any]]]] = {}
        for row in self._full():
            value = self._value(row)
            if self._table.id and not value["id"]:
                self.found.append(missing_id.of_empty_cells(self._table.id, self._at(row, ("id",))))
            else:
                rows.setdefault(self._deck(row), []).append((row, value))
        ids = {str(value.get("id", "")) for each in rows.values() for _, value in each}
        at = Place(self._file.name, ("table", self._layout.entry.index, "was"))
        self.found += [
            unknown_was.found(id_, sorted(ids - {""}), at.child(id_))
            for id_ in self._table.was
            if id_ not in ids
        ]
        return [self._part(name, each) for name, each in rows.items()]

    def _check_fixed(self) -> None:
        """Tell what is wrong in every row once, and go on without it where that is possible."""
        at = Place(self._file.name, ("table", self._layout.entry.index))
        for kind in classes(self._layout.kind).values():
            if self._layout.type not in ("", str(kind.__struct_config__.tag)):
                continue
            for field in msgspec.structs.fields(kind):
                key = field.encode_name
                if key in self._fixed and not field.required:
                    wrong = list(mistakes(self._fixed[key], field.type, at.child(key)))
                    if wrong:
                        self.found += wrong
                        del self._fixed[key]

    def _full(self) -> Iterator[int]:
        """Yield the rows that say something in a column that is taken; mistakes in these are told."""
        layout = self._layout
        wanted = {each.column for each in layout.taken}
        wanted |= {layout.columns[name] for each in layout.templates.values() for name in each.names}
        width = len(layout.grid.rows[layout.header])
        for row in range(layout.header + 1, len(layout.grid.rows)):
            cells = layout.grid.rows[row]
            if not any(cells) or not any(column < len(cells) and cells[column].strip() for column in wanted):
                continue
            if layout.grid.source is not None and len(cells) != width:
                self._ragged(row, cells, width)
            yield row

    def _ragged(self, row: int, cells: list[str], width: int) -> None:
        at = self._layout.item_place(row)
        if len(cells) < width:
            self.found.append(ragged_row.shorter(len(cells), width, at.child(len(cells))))
        elif any(cell.strip() for cell in cells[width:]):
            self.found.append(ragged_row.longer(len(cells), width, at.child(width)))

    def _deck(self, row: int) -> str:
        template = self._layout.templates.get(("deck",))
        return template.fill(lambda name: self._said(row, name)) if template else self._table.deck

    def _value(self, row: int) -> dict[str, Any]:
        """Return what a row says, as if it had been decoded from TOML."""
        layout = self._layout
        value: dict[str, Any] = self._fixed | copy.deepcopy(self._begun)
        if self._filled:
            said = partial(self._said, row)
            value |= filled(self._filled, said, self._finished)
            if "tags" in self._filled:
                # Anki parts tags by spaces.
                value["tags"] = filled(self._filled["tags"], lambda name: "-".join(said(name).split()), str)
        of_type = self._takes or layout.takes(self._type(row, value))
        entries: dict[str, list[Any]] = {}
        for taken in layout.taken:
            text = layout.text(row, taken.column)
            if not text:
                continue
            if (row, taken.column) in layout.grid.errors:
                self.found.append(cell_error.found(text, self._at(row, taken.path)))
            key = str(taken.path[0])
            takes, reading = of_type.get(key), layout.reading
            number = layout.grid.numbers.get((row, taken.column))
            if number is not None and takes and takes.what in _NUMBERS:
                text, reading = number, reading._replace(decimal=".")
            if self._media:
                text = self._with_folder(text, key)
            if len(taken.path) == 1:
                value[key] = value_of(text, takes, reading)
            else:
                put(value, taken.path, entry_of(text, takes, reading), entries)
        if self._table.id:
            value["id"] = self._id(row)
        for lists in entries.values():
            for one in lists:
                one[:] = [each for each in one if each is not None]
        self._add_was(value)
        return gather_item(layout.kind, value)

    def _type(self, row: int, value: dict[str, Any]) -> str:
        column = next((each.column for each in self._layout.taken if each.path == ("type",)), None)
        own = "" if column is None else self._layout.text(row, column)
        return own or str(value.get("type", ""))

    def _finished(self, text: str) -> str:
        return _BARE.sub(rf"\g<1>{self._media}\g<2>", text) if self._media and "![" in text else text

    def _said(self, row: int, name: str) -> str:
        column = self._layout.columns[name]
        text = self._layout.text(row, column)
        if (row, column) in self._layout.grid.errors:
            self.found.append(cell_error.found(text, self._at(row, (column,))))
        return text

    def _id(self, row: int) -> str:
        template = self._layout.templates.get(("id",))
        if template is None:
            return self._table.id
        return template.fill(lambda name: spelt_id(self._said(row, name))).strip("-")

    def _with_folder(self, text: str, key: str) -> str:
        if key in _FILES:
            return text if "/" in text else self._media + text
        return _BARE.sub(rf"\g<1>{self._media}\g<2>", text) if "![" in text else text

    def _add_was(self, value: dict[str, Any]) -> None:
        former = self._table.was.get(str(value.get("id"))) if self._table.was else None
        if former:
            own = value.get("was", [])
            value["was"] = [*([former] if isinstance(former, str) else former), *own]

    def _at(self, row: int, path: Path) -> Place:
        return self._layout.item_place(row).child(*path)

    def _part(self, name: str, rows: list[tuple[int, dict[str, Any]]]) -> File:
        deck = self._file.deck
        if name or self._table.deck:
            deck = msgspec.structs.replace(deck, name=name) if deck else Deck(name=name)
        kind: Any = TABLES[self._layout.kind]
        unnamed: set[str] = set()
        broken: set[str] = set()
        places = [self._layout.item_place(row) for row, _ in rows]
        values = [value for _, value in rows]
        entries: list[Entry] = []
        try:
            items = msgspec.convert(values, list[kind])
        except msgspec.ValidationError:
            for value, place in zip(values, places, strict=True):
                item = parse_item(value, kind, place, self.found, unnamed)
                if item is not None:
                    entries.append(Entry(item, place))
                elif isinstance(value.get("id"), str):
                    broken.add(value["id"])
        else:
            entries = [Entry(item, place) for item, place in zip(items, places, strict=True)]
        return File(
            name=self._file.name,
            # All that the items say, as a file of cards would.
            text=msgspec.json.encode([deck, values]).decode(),
            deck=deck,
            entries=tuple(entries),
            part=f"{self._layout.entry.index}\n{name}",
            broken=frozenset(broken),
            unnamed=frozenset(unnamed),
        )
