"""Read a sheet of an XLSX file."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

from deckgen.tables.grid import MOST_CELLS, At, Grid, Problem, spelt
from deckgen.tables.number_format import is_time, shown, shown_time
from deckgen.tables.xml_part import TooLargeError, parse

_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_DIGITS = "0123456789"
#: The day that 1900 lacks and spreadsheets have: serial numbers before it are one less (ECMA-376, part 1, 18.17.4.1).
_NO_DAY = 60
_FIRST, _FIRST_1904 = dt.datetime(1899, 12, 30), dt.datetime(1904, 1, 1)  # noqa: DTZ001 -- cells have no zone
#: Serial number of the last day of 9999.
_LAST = 2_958_466


def read_sheet(
    name: str, part: bytes, texts: list[str], formats: list[str], *, from_1904: bool
) -> Grid | Problem:
    """Read the part of a sheet; `texts` and `formats` are those of the workbook."""
    reader = _Reader(texts, formats, from_1904=from_1904)
    try:
        problem = parse(part, reader.start, reader.end, reader.characters)
    except TooLargeError:
        return Problem(
            f"has more than {MOST_CELLS:,} cells in its sheet `{name}`",
            "delete what stands far outside, in the last rows and columns",
        )
    except (ValueError, IndexError, OverflowError):
        return Problem(f"has a damaged sheet `{name}`", "save it again")
    return problem or Grid(name, reader.rows, reader.numbers, frozenset(reader.errors))


class _Reader:
    """Reads a sheet, element by element."""

    def __init__(self, texts: list[str], formats: list[str], *, from_1904: bool) -> None:
        self._texts = texts
        self._formats = formats
        self._from_1904 = from_1904
        self.rows: list[list[str]] = []
        self.numbers: dict[At, str] = {}
        self.errors: set[At] = set()
        self._columns: dict[str, int] = {}
        self._cells: list[str] = []
        self._row = -1
        self._column = -1
        self._kind = "n"
        self._style = ""
        self._pieces: list[str] = []
        self._inside = self._phonetic = False
        self._count = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            reference = attributes.get("r")
            self._column = self._column + 1 if reference is None else self._place(reference)
            self._kind = attributes.get("t", "n")
            self._style = attributes.get("s", "")
        elif name in ("v", "t"):
            self._inside = not self._phonetic
        elif name == "row":
            number = attributes.get("r")
            self._row = self._row + 1 if number is None else int(number) - 1
            self._column = -1
            self._begin_row()
        elif name == "rPh":
            self._phonetic = True
        elif name == "mergeCell":
            self._spread(attributes.get("ref", ""))

    def end(self, name: str) -> None:
        if name == "c":
            if self._pieces:
                self._add("".join(self._pieces))
                self._pieces.clear()
        elif name in ("v", "t"):
            self._inside = False
        elif name == "rPh":
            self._phonetic = False

    def characters(self, text: str) -> None:
        if self._inside:
            self._pieces.append(text)

    def _begin_row(self) -> None:
        gap = self._row - len(self.rows)
        if gap < 0:
            raise ValueError(self._row)
        self._counted(gap + 1)
        self.rows.extend([] for _ in range(gap))
        self._cells = []
        self.rows.append(self._cells)

    def _place(self, reference: str) -> int:
        letters = reference.rstrip(_DIGITS)
        column = self._columns.get(letters)
        if column is None:
            column = self._columns[letters] = _number(letters)
        return column

    def _add(self, raw: str) -> None:
        kind, at = self._kind, (self._row, self._column)
        if kind == "s":
            text = self._texts[int(raw)]
        elif kind == "n":
            text, plain = self._number(raw)
            if plain != text:
                self.numbers[at] = plain
        elif kind == "b":
            text = "TRUE" if raw.strip() in ("1", "true") else "FALSE"
        elif kind == "e":
            text = raw
            self.errors.add(at)
        else:
            from deckgen.tables.xlsx import unescaped

            text = unescaped(raw)
        if not text:
            return
        gap = self._column - len(self._cells)
        if gap < 0:
            raise ValueError(at)
        self._counted(gap + 1)
        if gap:
            self._cells.extend([""] * gap)
        self._cells.append(text)

    def _number(self, raw: str) -> tuple[str, str]:
        code = self._formats[int(self._style)] if self._style else "General"
        return _shown(raw.strip(), code, from_1904=self._from_1904)

    def _spread(self, reference: str) -> None:
        """Let a cell that reaches over several rows say the same in each of them, in its first column."""
        found = _REFERENCE.findall(reference)
        if len(found) != 2 or found[0][1] == found[1][1]:  # noqa: PLR2004 -- two corners
            return
        column, first, last = self._place(found[0][0]), int(found[0][1]) - 1, int(found[1][1])
        text = self.rows[first][column] if first < len(self.rows) and column < len(self.rows[first]) else ""
        for row in self.rows[first + 1 : last] if text else ():
            self._counted(max(0, column + 1 - len(row)))
            row.extend([""] * (column + 1 - len(row)))
            row[column] = text

    def _counted(self, cells: int) -> None:
        self._count += cells
        if self._count > MOST_CELLS:
            raise TooLargeError


def _number(letters: str) -> int:
    """Return a column's number, from 0."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    if not 0 < number <= 1 << 14:
        raise ValueError(letters)
    return number - 1


@lru_cache(maxsize=4096)
def _shown(raw: str, code: str, *, from_1904: bool) -> tuple[str, str]:
    """Return what a number shows, and how it is spelt without its format."""
    value = float(raw)
    if not is_time(code):
        text = shown(value, code)
        return text, spelt(value, text)
    if not 0 <= value < _LAST:
        # A spreadsheet has no day for it, and shows `####`.
        return raw, raw
    days = dt.timedelta(seconds=round(value * 86400))
    start = _FIRST_1904 if from_1904 else _FIRST
    early = dt.timedelta(days=1 if value < _NO_DAY and not from_1904 else 0)
    text = shown_time(days if is_elapsed(code) else start + days + early, code)
    return text, text


def is_elapsed(code: str) -> bool:
    """Return whether a format counts hours, minutes or seconds beyond a day."""
    return re.search(r"\[(?:h+|m+|s+)\]", code, re.IGNORECASE) is not None
