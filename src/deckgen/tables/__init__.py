"""Spreadsheets: bytes → the cells of a sheet, with what they show. Knows nothing of what is made of them."""

from __future__ import annotations

import re

from deckgen.tables.grid import Grid, Problem

#: Formats by the ends of names.
ENDINGS = (".csv", ".tsv", ".tab", ".txt", ".xlsx", ".xlsm", ".ods")
#: Those that are text.
TEXTS = (".csv", ".tsv", ".tab", ".txt")
#: Bytes of a file.
LARGEST = 50_000_000
#: What offices leave beside a file that is open.
_LOCK = re.compile(r"(?:~\$|\.~lock\.).*")


def read(
    name: str, content: bytes, *, sheet: str = "", encoding: str = "", separator: str = ""
) -> Grid | Problem:
    """Read a sheet of a file whose name tells its format; without `sheet` the first that is not hidden."""
    ending = ending_of(name)
    if ending in TEXTS:
        if sheet:
            return Problem("has one sheet, without a name", "leave `sheet` out", what="sheet")
        from deckgen.tables import delimited

        return delimited.read(
            content, encoding=encoding, separator=separator, tabs=ending in (".tsv", ".tab")
        )
    if ending == ".ods":
        from deckgen.tables import ods

        return ods.read(content, sheet)
    if ending in (".xlsx", ".xlsm"):
        from deckgen.tables import xlsx

        return xlsx.read(content, sheet)
    return Problem("is not a table", f"it is one of {', '.join(f'`{each}`' for each in ENDINGS)}")


def ending_of(name: str) -> str:
    """Return the end of a file's name that tells its format, in small letters."""
    return "." + name.rpartition(".")[2].lower()


def is_lock(name: str) -> bool:
    """Return whether a file is what an office leaves beside one that is open."""
    return _LOCK.fullmatch(name.rpartition("/")[2]) is not None
