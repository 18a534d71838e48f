"""A sheet of cells, as read from a file of any format; or why there is none."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

import msgspec

from deckgen.patterns import lazy_pattern

#: (row, column), from 0.
At = tuple[int, int]

#: What spreadsheets show where a formula has no value (ECMA-376 18.17.3, OpenFormula 1.2 4.6).
ERRORS = frozenset(
    {
        "#DIV/0!",
        "#N/A",
        "#NAME?",
        "#NULL!",
        "#NUM!",
        "#REF!",
        "#VALUE!",
        "#SPILL!",
        "#CALC!",
        "#FIELD!",
        "#GETTING_DATA",
    }
)
#: LibreOffice shows the numbers of some errors instead.
_NUMBERED = lazy_pattern(r"(?:Err|Fehler|Erreur):5\d\d")
_DIGITS = lazy_pattern("[0-9]+")
_MOST_DECIMALS = 16
#: What makes the digits those of another number.
_OTHER = lazy_pattern("[%‰E]")
#: Whole numbers up to here are exact in a spreadsheet.
_EXACT = 10**15
#: Cells of a sheet, empty ones in front of full ones counted.
MOST_CELLS = 1_000_000


class Source(msgspec.Struct, frozen=True):
    """The text that a sheet was read from: CSV and TSV have one."""

    #: Without its byte order mark.
    text: str
    #: As Python calls it, with what stands before the text: `utf-8`, and the mark.
    codec: str
    mark: bytes
    separator: str
    #: Offset of the first character that shows the encoding to be a guess, -1 where it is none.
    doubt: int = -1

    def encode(self, text: str) -> bytes:
        """Return another text as bytes, written as this one was."""
        return self.mark + text.encode(self.codec)


class Grid(msgspec.Struct, frozen=True):
    """The cells of one sheet."""

    #: Empty where the format has no names for sheets.
    sheet: str
    #: What the cells show, row by row; a row ends with its last cell, and there may be none.
    rows: list[list[str]]
    #: How the numbers among them are spelt without a format, where the format shows something else: `1234.5`.
    numbers: dict[At, str] = {}
    #: Cells whose formula has no value.
    errors: frozenset[At] = frozenset()
    source: Source | None = None

    def cell(self, row: int, column: int) -> str:
        """Return what a cell shows; nothing where there is no cell."""
        cells = self.rows[row] if row < len(self.rows) else []
        return cells[column] if column < len(cells) else ""


class Problem(msgspec.Struct, frozen=True):
    """Why a sheet cannot be read: `message` follows on the name of the file."""

    message: str
    help: str = ""
    #: `sheet`: it is not there, `names` are.
    what: Literal["file", "sheet"] = "file"
    names: tuple[str, ...] = ()
    #: The line of a text where it stops making sense, 0 where there is none.
    line: int = 0


def is_error(text: str) -> bool:
    """Return whether a cell shows an error rather than a value."""
    return text in ERRORS or _NUMBERED.fullmatch(text) is not None


def spelt(value: float, shown: str) -> str:
    """Spell a number with the digits that its cell shows: 3.1 is `3.10` where `€ 3,10` is shown.

    Where the cell shows other digits (a percentage, thousands), it is spelt as it is.
    """
    digits = "".join(_DIGITS.findall(shown)).lstrip("0")
    for decimals in range(_MOST_DECIMALS if not _OTHER.search(shown) else 0):
        text = f"{Decimal(repr(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP):f}"
        if text.lstrip("-").replace(".", "").lstrip("0") == digits:
            return text.lstrip("-") if not digits else text
    return str(int(value)) if value == int(value) and abs(value) < _EXACT else repr(value)


def letters(column: int) -> str:
    """Return what spreadsheets call a column, counted from 0: `A`, `Z`, `AA`."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
