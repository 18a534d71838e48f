"""Read CSV and TSV, whatever a spreadsheet made of it, and find where each cell stands in the text."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from deckgen.tables.encoding import decode
from deckgen.tables.grid import MOST_CELLS, Grid, Problem, Source, is_error

if TYPE_CHECKING:
    from _csv import Reader

#: What may part cells, the likeliest first where two would do.
SEPARATORS = (";", "\t", ",")
#: Records looked at to tell the separator.
_LOOKED_AT = 50
#: A line of Excel's that says the separator.
_SAID = re.compile(r"sep=([;,\t|])")
#: Characters of a cell.
_LONGEST = 100_000


class Written(NamedTuple):
    """A cell as it stands in the text: offsets, with its quotes."""

    start: int
    end: int


def read(content: bytes, *, encoding: str = "", separator: str = "", tabs: bool = False) -> Grid | Problem:
    """Read the cells; `tabs` is whether the name of the file says that tabs part them."""
    decoded = decode(content, encoding)
    if isinstance(decoded, Problem):
        return decoded
    if not decoded.text.strip():
        return Problem("is empty")
    separator = separator or ("\t" if tabs else _separator(decoded.text))
    rows: list[list[str]] = []
    cells = 0
    csv.field_size_limit(_LONGEST)
    reader = _reader(decoded.text, separator, strict=True)
    try:
        for row in reader:
            rows.append(row)
            cells += len(row)
            if cells > MOST_CELLS:
                return Problem(f"has more than {MOST_CELLS:,} cells")
    except csv.Error as error:
        return Problem(*_said(str(error)), line=reader.line_num)
    if rows and _SAID.fullmatch(separator.join(rows[0])):
        rows[0] = []
    source = Source(decoded.text, decoded.codec, decoded.mark, separator, decoded.doubt)
    errors = frozenset(
        (number, column)
        for number, row in enumerate(rows)
        for column, cell in enumerate(row)
        if cell[:1] in "#EF" and is_error(cell)
    )
    return Grid("", rows, errors=errors, source=source)


def written(source: Source) -> Iterator[list[Written]]:
    """Yield the cells of each record as they stand in the text; a line without anything is a record without cells."""
    part = re.escape(source.separator)
    one = re.compile(rf'("(?:[^"]|"")*+"|[^{part}\r\n]*+)({part}|\r\n|\r|\n|\Z)')
    cells: list[Written] = []
    at = 0
    while at < len(source.text) or cells:
        found = one.match(source.text, at)
        if found is None:
            return
        cells.append(Written(*found.span(1)))
        at = found.end()
        if found[2] != source.separator:
            yield [] if len(cells) == 1 and cells[0].start == cells[0].end else cells
            cells = []
            if not found[2]:
                return


def _reader(text: str, separator: str, *, strict: bool) -> Reader:
    # The reader splits lines itself, as it must where a cell holds one.
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=strict)


def _separator(text: str) -> str:
    """Tell what parts the cells: what gives most records as many cells as the header has, and more than one."""
    said = _SAID.match(text)
    if said:
        return said[1]
    return max(SEPARATORS, key=lambda one: (_fitting(text, one), -SEPARATORS.index(one)))


def _fitting(text: str, separator: str) -> tuple[int, int]:
    try:
        rows = [row for row in islice(_reader(text, separator, strict=False), _LOOKED_AT) if row]
    except csv.Error:
        return 0, 0
    wide = len(rows[0]) if rows else 0
    return (sum(len(row) == wide for row in rows), wide) if wide > 1 else (0, 0)


def _said(error: str) -> tuple[str, str]:
    """Say what `csv` found, for an author."""
    if "unexpected end" in error:
        return "has a quote that is not closed", 'a cell that begins with `"` ends with `"`'
    if "expected after" in error:
        return "has a quote within a quoted cell", 'a quote within a quoted cell is written twice: `""`'
    if "field larger" in error:
        return f"has a cell of more than {_LONGEST:,} characters", "perhaps a quote is not closed"
    return f"cannot be read: {error}", ""
