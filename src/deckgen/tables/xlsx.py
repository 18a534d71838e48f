"""Read XLSX: a sheet of cells, with what each of them shows (ECMA-376, part 1, 18).

openpyxl takes longer to read 10,000 rows than the rest of a build, quicker libraries do not tell formats of cells, and
none formats a number.
"""

from __future__ import annotations

import posixpath
import re
from typing import NamedTuple

from deckgen.tables.archive import Archive, open_archive
from deckgen.tables.grid import Grid, Problem
from deckgen.tables.number_format import BUILT_IN
from deckgen.tables.xlsx_sheet import read_sheet
from deckgen.tables.xml_part import local, parse

#: A character that XML cannot hold (ST_Xstring, 22.9.2.19).
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_NOT_XLSX = Problem("is not an XLSX file", "save it again as XLSX")


class _Sheet(NamedTuple):
    name: str
    relation: str
    is_hidden: bool


class _Book(NamedTuple):
    """What the sheets of a workbook share."""

    sheets: list[_Sheet]
    #: Whether days count from 1904.
    from_1904: bool
    #: Paths of parts, by their relations, and by the last part of their types.
    parts: dict[str, str]


def read(content: bytes, wanted: str) -> Grid | Problem:
    """Read a sheet, the first that is not hidden where it has no name."""
    archive = open_archive(content, "an XLSX file")
    if isinstance(archive, Problem):
        return archive
    book = _book(archive)
    if isinstance(book, Problem):
        return book
    sheets = {sheet.name: sheet for sheet in book.sheets if sheet.relation in book.parts}
    visible = [sheet.name for sheet in sheets.values() if not sheet.is_hidden]
    name = wanted or next(iter(visible or sheets), "")
    if name not in sheets:
        return Problem("has no such sheet", what="sheet", names=tuple(sheets))
    texts = _texts(archive, book.parts.get("sharedStrings", ""))
    formats = _formats(archive, book.parts.get("styles", ""))
    part = archive.part(book.parts[sheets[name].relation])
    for each in (texts, formats, part):
        if isinstance(each, Problem):
            return each
    return read_sheet(name, part, texts, formats, from_1904=book.from_1904)  # type: ignore[arg-type] # told above


def unescaped(text: str) -> str:
    """Return a text with the characters that it names by their numbers."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def _book(archive: Archive) -> _Book | Problem:
    roots = _relations(archive, "_rels/.rels", "")
    if isinstance(roots, Problem):
        return _NOT_XLSX
    path = roots.get("officeDocument", "xl/workbook.xml")
    part = archive.part(path)
    if path not in archive.names or isinstance(part, Problem):
        return _NOT_XLSX
    sheets: list[_Sheet] = []
    from_1904: list[bool] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            is_hidden = attributes.get("state", "visible") != "visible"
            sheets.append(_Sheet(attributes.get("name", ""), local(attributes, "id"), is_hidden))
        elif name == "workbookPr":
            from_1904.append(attributes.get("date1904", "") in ("1", "true"))

    if problem := parse(part, start, _nothing, _nothing):
        return problem
    folder, _, file = path.rpartition("/")
    parts = _relations(archive, f"{folder}/_rels/{file}.rels", folder)
    return parts if isinstance(parts, Problem) else _Book(sheets, any(from_1904), parts)


def _relations(archive: Archive, path: str, folder: str) -> dict[str, str] | Problem:
    """Return the parts that a part refers to, by their ids and by the last words of their types."""
    if path not in archive.names:
        return _NOT_XLSX
    part = archive.part(path)
    if isinstance(part, Problem):
        return part
    found: dict[str, str] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship":
            target = attributes.get("Target", "")
            there = (
                target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            )
            if there not in archive.names:
                return
            kind = attributes.get("Type", "").rpartition("/")[2]
            if kind != "chartsheet":
                found[attributes.get("Id", "")] = there
            found.setdefault(kind, there)

    return parse(part, start, _nothing, _nothing) or found


def _texts(archive: Archive, path: str) -> list[str] | Problem:
    """Return the texts that cells share; phonetic guides are not part of them."""
    part = archive.part(path) if path else b"<sst/>"
    if isinstance(part, Problem):
        return part
    found: list[str] = []
    pieces: list[str] = []
    inside = phonetic = False

    def start(name: str, _attributes: dict[str, str]) -> None:
        nonlocal inside, phonetic
        if name == "t":
            inside = not phonetic
        elif name == "rPh":
            phonetic = True

    def end(name: str) -> None:
        nonlocal inside, phonetic
        if name == "t":
            inside = False
        elif name == "si":
            found.append(unescaped("".join(pieces)))
            pieces.clear()
        elif name == "rPh":
            phonetic = False

    def characters(text: str) -> None:
        if inside:
            pieces.append(text)

    return parse(part, start, end, characters) or found


def _formats(archive: Archive, path: str) -> list[str] | Problem:
    """Return the number format of each style of cells."""
    part = archive.part(path) if path else b"<styleSheet/>"
    if isinstance(part, Problem):
        return part
    own: dict[str, str] = {}
    styles: list[str] = []
    inside = False

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal inside
        if name == "numFmt":
            own[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            inside = True
        elif inside and name == "xf":
            styles.append(attributes.get("numFmtId", "0"))

    def end(name: str) -> None:
        nonlocal inside
        if name == "cellXfs":
            inside = False

    problem = parse(part, start, end, _nothing)
    return problem or [own.get(style) or BUILT_IN.get(style, "General") for style in styles]


def _nothing(*_said: object) -> None:
    """Take no notice."""
