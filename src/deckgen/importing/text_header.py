"""The header lines and the records of the text files that Anki exports.

The rules are those of Anki's own import (https://docs.ankiweb.net/importing/text-files.html; rslib's
`import_export/text/csv`).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from deckgen.importing.problem import UnreadableError

_SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t", "space": " ", "pipe": "|", "colon": ":"}
_HEADER = re.compile(r"#([A-Za-z ]+):(.*)")
_KEYS = (
    "separator",
    "html",
    "tags",
    "columns",
    "notetype",
    "deck",
    "notetype column",
    "deck column",
    "tags column",
    "guid column",
)
#: Characters of a field.
_LONGEST = 10_000_000
#: What Anki 2.0 wrote.
_OLD_TAGS = "tags:"


class Header(msgspec.Struct):
    """What the header lines say; columns are counted from 1, 0 where there is none."""

    separator: str = ""
    #: None where they do not say.
    html: bool | None = None
    tags: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    notetype: str = ""
    deck: str = ""
    notetype_column: int = 0
    deck_column: int = 0
    tags_column: int = 0
    guid_column: int = 0

    @property
    def meta(self) -> frozenset[int]:
        """The columns that are not fields."""
        return frozenset({self.notetype_column, self.deck_column, self.tags_column, self.guid_column} - {0})


class Record(NamedTuple):
    """A record, and the line that it begins on."""

    line: int
    cells: list[str]


def has_header(content: bytes) -> bool:
    """Return whether a file begins like an export of Anki."""
    start = content[:200].removeprefix(b"\xef\xbb\xbf").decode(errors="replace")
    found = _HEADER.match(start)
    return bool(found and found[1].strip().lower() in _KEYS)


def read_header(file: str, text: str) -> Header:
    """Read the header lines.

    Raises:
        UnreadableError: if a column is no number, or the separator none.
    """
    header = Header()
    columns = ""
    for number, line in enumerate(io.StringIO(text), 1):
        if number == 1 and line.startswith(_OLD_TAGS):
            header.tags = tuple(line.removeprefix(_OLD_TAGS).split())
            continue
        if not line.startswith("#"):
            break
        found = _HEADER.match(line.rstrip("\r\n"))
        key, value = (found[1].strip().lower(), found[2]) if found else ("", "")
        if key == "separator":
            header.separator = _SEPARATORS.get(value.strip().lower(), value)
            if len(header.separator) != 1:
                raise UnreadableError(
                    file,
                    f"is separated by `{value}`, which is no separator",
                    f"it is a character, or one of {', '.join(_SEPARATORS)}",
                    line=number,
                )
        elif key == "html":
            header.html = {"true": True, "false": False}.get(value.strip().lower())
        elif key == "tags":
            header.tags = tuple(value.split())
        elif key == "columns":
            columns = value
        elif key in ("notetype", "deck"):
            setattr(header, key, value.strip())
        elif key.endswith(" column") and key in _KEYS:
            if not value.strip().isdecimal():
                raise UnreadableError(
                    file, f"has a column `{value.strip()}`, which is no number", line=number
                )
            setattr(header, key.replace(" ", "_"), int(value))
    header.separator = header.separator or _separator(text)
    if columns:
        header.columns = tuple(next(csv.reader([columns], delimiter=header.separator), []))
    return header


def _separator(text: str) -> str:
    """Return what separates cells where no header says it: as Anki, the first of its separators that is there."""
    start = "".join(line for line in text[:8192].splitlines(keepends=True) if not line.startswith("#"))
    return next((each for each in ("\t", "|", ";", ":", ",") if each in start), " ")


def records(file: str, text: str, separator: str) -> Iterator[Record]:
    """Yield the records; one that begins with `#` is a comment, and so is the old line of tags.

    Raises:
        UnreadableError: if a quote is wrong or not closed.
    """
    csv.field_size_limit(_LONGEST)
    lines = _Lines(text)
    reader = csv.reader(lines, delimiter=separator, strict=True)
    try:
        while True:
            lines.begins = True
            cells = next(reader, None)
            if cells is None:
                return
            if cells:
                yield Record(lines.begun, cells)
    except csv.Error as error:
        raise UnreadableError(
            file,
            f"has a damaged record: {error}",
            'a quote within a quoted cell is written twice: `""`',
            line=lines.begun,
        ) from error


class _Lines:
    """The lines of a text, without those that are comments: `begins` is whether the next one begins a record."""

    def __init__(self, text: str) -> None:
        # Line ends stay as they are within cells.
        self._lines = enumerate(io.StringIO(text, newline=""), 1)
        self.begins = True
        self.begun = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        for number, line in self._lines:
            if self.begins and (line.startswith("#") or (number == 1 and line.startswith(_OLD_TAGS))):
                continue
            if self.begins:
                self.begun = number
            self.begins = False
            return line
        raise StopIteration
