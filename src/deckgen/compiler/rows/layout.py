"""Lay out a `[[table]]` over the sheet that it names: which key is taken from which column."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, get_args

import msgspec

from deckgen.compiler.rows.cell_values import Reading, Takes, takes
from deckgen.compiler.rows.placeholders import templates_in
from deckgen.compiler.shape import name_of
from deckgen.diagnostics import Diagnostic, Path, Place, TableRef
from deckgen.language.cards import ROW_KINDS, TABLES
from deckgen.language.gathered import GATHERED
from deckgen.language.table import Table, TableEntry
from deckgen.placeholders import Template, template
from deckgen.rules import bad_header, bad_parameter, missing_id, unknown_column, unknown_key, wrong_type
from deckgen.tables.grid import Grid, letters

#: What parts the halves of an entry that is a pair, where it is not said.
_INNER = "="
#: An array has fewer entries than a number of so many digits.
_DIGITS = 4


class Taken(msgspec.Struct, frozen=True):
    """A key and the column that it is taken from; entries of an array count from 0 here."""

    path: Path
    column: int


class Layout(msgspec.Struct, frozen=True):
    """A `[[table]]` with the sheet that it names."""

    entry: TableEntry
    ref: TableRef
    #: The kind of item: its key in TOML, and the `type` of a question, where it is the same in every row.
    kind: str
    type: str
    grid: Grid
    #: Index of the row with the names of columns.
    header: int
    columns: Mapping[str, int]
    taken: tuple[Taken, ...]
    #: Texts with placeholders in the other keys, by their paths.
    templates: Mapping[Path, Template]
    reading: Reading

    def item_place(self, row: int) -> Place:
        """Return the place of the item that a row makes; `row` is an index."""
        return Place(self.entry.table.file, (self.kind, row + 1), table=self.ref)

    def text(self, row: int, column: int) -> str:
        """Return what a cell shows, without space around it."""
        text = self.grid.cell(row, column).strip()
        return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text

    def takes(self, type_: str) -> dict[str, Takes]:
        """Return what each key takes, of questions of one type."""
        kinds = classes(self.kind)
        kind = kinds.get(type_) if len(kinds) > 1 else next(iter(kinds.values()))
        return takes(kind) if kind else {}


def classes(kind: str) -> dict[str, Any]:
    """Return the classes of a kind of item by their `type`, which is empty where there is one class only."""
    kinds = get_args(TABLES[kind]) or (TABLES[kind],)
    return {str(each.__struct_config__.tag or ""): each for each in kinds}


def lay_out(entry: TableEntry, cards: str, grid: Grid) -> tuple[Layout | None, list[Diagnostic]]:
    """Find the columns that a table takes; None where nothing can be made of it."""
    table, ref = entry.table, TableRef(cards, entry.index)
    kind, type_ = ROW_KINDS[table.as_]
    header = _header(table, grid)
    at = Place(cards, ("table", entry.index))
    if header is None:
        return None, [
            bad_header.missing(table.header, table.file, at.child("header" if table.header else "file"))
        ]
    layout = Layout(entry, ref, kind, type_, grid, header, {}, (), {}, _reading(table, grid))
    columns, found = _names(layout)
    known = list(columns)
    keys = _keys(kind, type_)
    kinds = classes(kind)
    # A note has fields of the author's own, which its type knows.
    is_open = any(each in GATHERED for each in kinds.values())
    owner = name_of(kinds[type_]) if type_ in kinds else f"a {kind}"
    taken: list[Taken] = []
    for path, name, place in _addressed(table.columns, at.child("columns"), found):
        key = str(path[0])
        if key not in keys and not is_open:
            found.append(unknown_key.found(key, owner, sorted(keys), place, present=table.columns))
        elif name not in columns:
            found.append(unknown_column.found(name, table.file, known, place))
        else:
            taken.append(Taken(path, columns[name]))
    if not table.columns:
        lower = {
            key.casefold(): key
            for key in keys
            if key not in entry.defaults and not (key == "id" and table.id)
        }
        taken = [
            Taken((lower[name.casefold()],), at) for name, at in columns.items() if name.casefold() in lower
        ]
    elif not table.id and not any(each.path == ("id",) for each in taken):
        taken += [Taken(("id",), column) for name, column in columns.items() if name.casefold() == "id"][:1]
    for key in entry.defaults:
        if key not in keys and not is_open:
            found.append(unknown_key.found(key, owner, sorted(keys), at.child(key), present=entry.defaults))
    found += [
        bad_parameter.in_table(place)
        for keys_of, place in ((entry.defaults, at), (table.columns, at.child("columns")))
        if "params" in keys_of
    ]
    templates = _templates(entry)
    for path, each in templates.items():
        found += [
            unknown_column.found(name, table.file, known, at.child(*path).part(f"@{{{name}}}"))
            for name in each.names
            if name not in columns
        ]
    if not any(each.path == ("id",) for each in taken) and not table.id:
        found.append(missing_id.of_table(table.file, known, at.header()))
    if not table.columns and not templates and not any(each.path != ("id",) for each in taken):
        found.append(unknown_column.none(table.file, known, at.header()))
    if any(each.severity.value == "error" for each in found):
        return None, found
    return msgspec.structs.replace(layout, columns=columns, taken=tuple(taken), templates=templates), found


def _header(table: Table, grid: Grid) -> int | None:
    filled = [
        number for number, row in enumerate(grid.rows[: table.header or None]) if any(map(str.strip, row))
    ]
    if table.header:
        return table.header - 1 if table.header - 1 in filled else None
    return filled[0] if filled else None


def _names(layout: Layout) -> tuple[dict[str, int], list[Diagnostic]]:
    """Return the columns by their names; what is wrong with the names is said in the list."""
    columns: dict[str, int] = {}
    found: list[Diagnostic] = []
    header = layout.grid.rows[layout.header]
    at = layout.item_place(layout.header)
    for column in range(len(header)):
        name = " ".join(layout.text(layout.header, column).split())
        if not name:
            below = layout.grid.rows[layout.header + 1 :]
            if any(column < len(row) and row[column].strip() for row in below):
                found.append(bad_header.nameless(letters(column), at.child(column)))
        elif name in columns:
            found.append(bad_header.twice(name, at.child(column), at.child(columns[name])))
        else:
            columns[name] = column
    return columns, found


def _keys(kind: str, type_: str) -> set[str]:
    """Return the keys that an item may have."""
    kinds = classes(kind)
    if type_:
        return set(takes(kinds[type_]))
    keys = {key for each in kinds.values() for key in takes(each)}
    return keys | ({"type"} if len(kinds) > 1 else set())


def _addressed(
    columns: Mapping[str, Any], at: Place, found: list[Diagnostic], above: Path = ()
) -> Iterator[tuple[Path, str, Place]]:
    """Yield each key that `columns` names: `distractors.1`, quoted or as a table, is the first entry of an array."""
    for key, name in columns.items():
        path = (*above, *(_step(part) for part in key.split(".")))
        if isinstance(name, dict):
            yield from _addressed(name, at.child(key), found, path)
        elif isinstance(name, str):
            yield path, " ".join(name.split()), at.child(key)
        else:
            found.append(wrong_type.found("the name of a column", "something else", at.child(key)))


def _step(part: str) -> str | int:
    is_number = part.isascii() and part.isdigit() and int(part[:_DIGITS]) > 0 and len(part) < _DIGITS
    return int(part) - 1 if is_number else part


def _templates(entry: TableEntry) -> dict[Path, Template]:
    found = dict(templates_in(entry.defaults))
    for key in ("id", "deck"):
        if each := template(getattr(entry.table, key)):
            found[(key,)] = each
    return found


def _reading(table: Table, grid: Grid) -> Reading:
    split = (table.split, _INNER) if isinstance(table.split, str) else table.split
    by_comma = grid.source is not None and grid.source.separator == ";"
    return Reading(split, table.decimal or ("," if by_comma else "."))
