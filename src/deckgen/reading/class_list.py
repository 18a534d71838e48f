"""Read a class list: a spreadsheet with the numbers and names of students, wherever its user keeps it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from deckgen.core import Student
from deckgen.diagnostics import Cell, Diagnostic, Place
from deckgen.reading.files import shown
from deckgen.rules import bad_class_list
from deckgen.system_error import reason
from deckgen.tables import LARGEST, read
from deckgen.tables.grid import Grid, Problem, letters

#: Columns by what they are called, in small letters.
NUMBER, NAME = "number", "name"
_DIGITS = re.compile("[0-9]+")


def read_class_list(path: Path, digits: int | None) -> tuple[tuple[Student, ...], list[Diagnostic]]:
    """Return the students of a list in its order, and everything that is wrong with it.

    `digits` are those that the sheet asks for, None where it asks for no student number.
    """
    file = shown(path.as_posix())
    try:
        content = path.read_bytes() if path.stat().st_size <= LARGEST else None
    except OSError as error:
        return (), [bad_class_list.unreadable(file, f"cannot be read: {reason(error)}")]
    grid = Problem("is too large") if content is None else read(path.name, content)
    if isinstance(grid, Problem):
        where = f" (line {grid.line})" if grid.line else ""
        return (), [bad_class_list.unreadable(file, grid.message + where, grid.help)]
    found: list[Diagnostic] = []
    students = tuple(_students(grid, file, digits, found))
    return students, found


def _students(grid: Grid, file: str, digits: int | None, found: list[Diagnostic]) -> Iterator[Student]:
    filled = [number for number, row in enumerate(grid.rows) if any(map(str.strip, row))]
    names = [" ".join(name.split()) for name in grid.rows[filled[0]]] if filled else []
    columns = {name.casefold(): place for place, name in reversed(list(enumerate(names)))}

    def place(row: int, column: int | None = None) -> Place:
        text = ", ".join(grid.rows[row]) if column is None else grid.cell(row, column)
        return Place(file, cell=Cell(grid.sheet, row + 1, "" if column is None else letters(column), text))

    wanted = [NUMBER] if digits else [NUMBER, NAME]
    if not any(name in columns for name in wanted):
        at = place(filled[0]) if filled else Place(file)
        found.append(bad_class_list.no_column(wanted, [name for name in names if name], at))
        return
    key = NUMBER if NUMBER in columns else NAME
    first: dict[str, Place] = {}
    for row in filled[1:]:
        number, name = (
            " ".join(grid.cell(row, columns[column]).split()) if column in columns else ""
            for column in (NUMBER, NAME)
        )
        text, at = number if key == NUMBER else name, place(row, columns[key])
        if not text:
            found.append(bad_class_list.empty(key, place(row)))
        elif text in first:
            found.append(bad_class_list.twice(key, text, at, first[text]))
        elif digits and not (_DIGITS.fullmatch(number) and len(number) <= digits):
            found.append(bad_class_list.unfit(number, digits, at))
        else:
            first[text] = at
            yield Student(number, name)
