"""Read ODS: a sheet of cells, with the text that each of them shows.

The format keeps that text beside the value (OpenDocument 1.3, 19.1 and 5.1.3), so nothing has to be formatted here.
"""

from __future__ import annotations

import re

from deckgen.tables.archive import Archive, open_archive
from deckgen.tables.grid import MOST_CELLS, At, Grid, Problem, is_error, spelt
from deckgen.tables.xml_part import TooLargeError, parse

_PART = "content.xml"
#: Namespaces of attributes, as the parser writes them.
_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0 "
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0 "
_STYLE = "urn:oasis:names:tc:opendocument:xmlns:style:1.0 "
_CALC_EXT = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 "
#: Texts within a cell that it does not show.
_HIDDEN = frozenset({"annotation", "ruby-text", "note"})
_NUMBERS = ("float", "percentage", "currency")
_NUMBER = re.compile(r"-?[0-9]{1,30}(?:\.[0-9]{1,30})?(?:[eE][+-]?[0-9]{1,3})?")
#: Spaces that one element may stand for.
_MOST_SPACES = 1000


def read(content: bytes, sheet: str) -> Grid | Problem:
    """Read a sheet, the first that is not hidden where it has no name."""
    archive = open_archive(content, "an ODS file")
    if isinstance(archive, Problem):
        return archive
    return _read(archive, sheet)


def _read(archive: Archive, sheet: str) -> Grid | Problem:
    if _PART not in archive.names:
        return Problem("is not an ODS file", "save it again as ODS")
    part = archive.part(_PART)
    if isinstance(part, Problem):
        return part
    reader = _Reader(sheet)
    try:
        problem = parse(part, reader.start, reader.end, reader.characters)
    except TooLargeError:
        return Problem(
            f"has more than {MOST_CELLS:,} cells", "delete what stands far outside, in the last rows"
        )
    if problem:
        return problem
    grid = reader.grid()
    if grid is None:
        return Problem("has no such sheet", what="sheet", names=tuple(reader.names))
    return grid


class _Reader:
    """Reads the content of a document, element by element; of the sheets only the wanted one is kept."""

    def __init__(self, sheet: str) -> None:
        self._wanted = sheet
        self.names: list[str] = []
        self._hidden_styles: set[str] = set()
        self._style = ""
        self._found: str | None = None
        #: Whether the wanted sheet is being read.
        self._inside = False
        #: How many tables lie around: one in a cell is no sheet.
        self._depth = 0
        self._rows: list[list[str]] = []
        self._numbers: dict[At, str] = {}
        self._errors: set[At] = set()
        #: Rows without anything that have not been kept yet, and how often the row is repeated.
        self._empty = 0
        self._times = 1
        self._row: list[str] = []
        self._blank = 0
        self._cells = 0
        self._cell: dict[str, str] = {}
        self._pieces: list[str] | None = None
        self._skipped = 0
        self._paragraphs = 0
        #: Columns of cells that reach down, with what they say and how many rows are left.
        self._spans: dict[int, tuple[str, int]] = {}

    def grid(self) -> Grid | None:
        if self._found is None:
            return None
        return Grid(self._found, self._rows, self._numbers, frozenset(self._errors))

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if self._pieces is not None:
            self._within(name, attributes)
        elif name == "style":
            self._style = attributes.get(f"{_STYLE}name", "")
        elif name == "table-properties":
            if attributes.get(f"{_TABLE}display") == "false":
                self._hidden_styles.add(self._style)
        elif name == "table":
            self._depth += 1
            if self._depth == 1:
                self._begin_sheet(attributes)
        elif self._inside and name == "table-row":
            self._row, self._blank = [], 0
            self._times = _count(attributes, f"{_TABLE}number-rows-repeated")
        elif self._inside and name in ("table-cell", "covered-table-cell"):
            self._cell, self._pieces, self._paragraphs = attributes, [], 0

    def end(self, name: str) -> None:
        if self._pieces is not None:
            if self._skipped:
                self._skipped -= 1
            elif name in ("table-cell", "covered-table-cell"):
                self._add_cell("".join(self._pieces), covered=name == "covered-table-cell")
                self._pieces = None
        elif name == "table":
            self._depth -= 1
            self._inside = False
        elif self._inside and name == "table-row":
            self._add_row()

    def _within(self, name: str, attributes: dict[str, str]) -> None:
        if self._pieces is None:
            return
        if self._skipped or name in _HIDDEN or name == "table":
            self._skipped += 1
        elif name == "p":
            if self._paragraphs:
                self._pieces.append("\n")
            self._paragraphs += 1
        elif name == "s":
            self._pieces.append(" " * min(_count(attributes, f"{_TEXT}c"), _MOST_SPACES))
        elif name == "tab":
            self._pieces.append("\t")
        elif name == "line-break":
            self._pieces.append("\n")

    def characters(self, text: str) -> None:
        if self._pieces is not None and not self._skipped and self._paragraphs:
            self._pieces.append(text)

    def _begin_sheet(self, attributes: dict[str, str]) -> None:
        name = attributes.get(f"{_TABLE}name", "")
        self.names.append(name)
        is_hidden = attributes.get(f"{_TABLE}style-name") in self._hidden_styles
        if self._found is None and (name == self._wanted if self._wanted else not is_hidden):
            self._found, self._inside = name, True

    def _add_cell(self, text: str, *, covered: bool) -> None:
        times = _count(self._cell, f"{_TABLE}number-columns-repeated")
        column = len(self._row) + self._blank
        if covered:
            # Of a cell that reaches down, each row says the same in its first column.
            text = self._spans.get(column, ("", 0))[0]
        if not text:
            self._blank += times
            return
        said, after = (1, times - 1) if covered else (times, 0)
        self._count(self._blank + said)
        self._row += [""] * self._blank + [text] * said
        self._blank = after
        down = _count(self._cell, f"{_TABLE}number-rows-spanned")
        if not covered and down > 1:
            self._spans[column] = (text, down)
        kind = self._cell.get(f"{_OFFICE}value-type", "")
        where = [(len(self._rows) + self._empty, each) for each in range(column, column + times)]
        if self._cell.get(f"{_CALC_EXT}value-type") == "error" or (
            is_error(text) and f"{_TABLE}formula" in self._cell
        ):
            self._errors.update(where)
        value = self._cell.get(f"{_OFFICE}value", "")
        if kind in _NUMBERS and _NUMBER.fullmatch(value) and (plain := spelt(float(value), text)) != text:
            self._numbers.update(dict.fromkeys(where, plain))

    def _add_row(self) -> None:
        self._spans = {
            column: (text, left - self._times)
            for column, (text, left) in self._spans.items()
            if left > self._times
        }
        if not self._row:
            self._empty += self._times
            return
        self._count(self._empty + len(self._row) * (self._times - 1))
        self._rows += [[] for _ in range(self._empty)]
        first = len(self._rows)
        self._rows += [list(self._row) for _ in range(self._times)]
        self._empty = 0
        for row in range(first + 1, first + self._times):
            for column in range(len(self._row)):
                if (first, column) in self._numbers:
                    self._numbers[row, column] = self._numbers[first, column]
                if (first, column) in self._errors:
                    self._errors.add((row, column))

    def _count(self, cells: int) -> None:
        self._cells += cells
        if self._cells > MOST_CELLS:
            raise TooLargeError


def _count(attributes: dict[str, str], name: str) -> int:
    text = attributes.get(name, "1")
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < len("100000000") else 1
