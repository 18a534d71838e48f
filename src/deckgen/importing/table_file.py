"""Read a spreadsheet of notes: CSV, TSV, XLSX or ODS with a row of names and a column `guid`."""

from __future__ import annotations

from deckgen import tables
from deckgen.importing.collection import Collection
from deckgen.importing.problem import UnreadableError
from deckgen.importing.rows import Row, collection_of_rows
from deckgen.importing.source import Source
from deckgen.tables.grid import Grid, Problem

_GUID = "guid"
#: Names of the columns that are not fields, in small letters and without spaces.
_NAMES = {
    "guid": _GUID,
    "notetype": "type",
    "note_type": "type",
    "deck": "deck",
    "tags": "tags",
}


def read_table(
    file: str, title: str, content: bytes, package: Collection | None, *, kind: str = ""
) -> Collection:
    """Read the first sheet of a spreadsheet; types, ids and stamps come from `package`.

    Its first row names the columns: `guid`, perhaps `notetype`, `deck` and `tags`, and the fields. `kind` is its
    ending, where the file has another one.

    Raises:
        UnreadableError: if it is no spreadsheet, or has no column `guid`.
    """
    found = tables.read(f"table{kind}" if kind else file, content)
    if isinstance(found, Problem):
        raise UnreadableError(file, found.message, found.help, line=found.line)
    first = next((number for number, row in enumerate(found.rows) if any(row)), 0)
    head = [cell.strip() for cell in found.rows[first]] if found.rows else []
    roles: dict[str, int] = {}
    for place, label in enumerate(head):
        role = _NAMES.get(label.lower().replace(" ", ""))
        if role:
            roles.setdefault(role, place)
    if _GUID not in roles:
        raise UnreadableError(
            file,
            "has no column `guid`, by which learners' notes would be found",
            "to make a deck of a spreadsheet that was none, see `[[table]]` in the guide",
        )
    source = Source(file, title, package)
    labels = [label for place, label in enumerate(head) if place not in roles.values()]
    rows = [
        _row(found, number, roles, len(head))
        for number in range(first + 1, len(found.rows))
        if any(cell.strip() for cell in found.rows[number])
    ]
    for row, column in sorted(found.errors):
        source.losses.add(
            "a cell shows an error", f"row {row + 1}, {head[column] if column < len(head) else ''}"
        )
    return collection_of_rows(source, rows, labels, is_html=None)


def _row(found: Grid, number: int, roles: dict[str, int], width: int) -> Row:
    def cell(role: str) -> str:
        return found.cell(number, roles[role]).strip() if role in roles else ""

    places = range(max(width, len(found.rows[number])))
    return Row(
        where=f"row {number + 1}",
        guid=cell(_GUID),
        type=cell("type"),
        deck=cell("deck"),
        tags=tuple(cell("tags").replace(",", " ").split()) if "tags" in roles else None,
        fields=[found.cell(number, place) for place in places if place not in roles.values()],
    )
