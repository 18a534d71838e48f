"""Read the text files that Anki exports: notes in plain text, with header lines such as `#guid column:1`."""

from __future__ import annotations

import re

from deckgen.importing.collection import Collection
from deckgen.importing.problem import UnreadableError
from deckgen.importing.rows import Row, collection_of_rows
from deckgen.importing.source import Source
from deckgen.importing.text_header import Header, Record, read_header, records
from deckgen.tables import grid
from deckgen.tables.encoding import decode

#: What Anki leaves out of the fields that it exports as text.
_LEFT_OUT = re.compile(r"<style>.*?</style>|\[\[type:[^]]+\]\]", re.IGNORECASE | re.DOTALL)


def read_text(file: str, title: str, content: bytes, package: Collection | None) -> Collection:
    """Read a text file of Anki; types, ids and stamps come from `package`, a collection that learners have.

    Without it each type is made of what the file shows: fields by their columns, one card.

    Raises:
        UnreadableError: if it is not text, or its columns do not fit.
    """
    decoded = decode(content)
    if isinstance(decoded, grid.Problem):
        raise UnreadableError(file, decoded.message, decoded.help, line=decoded.line)
    header = read_header(file, decoded.text)
    source = Source(file, title, package)
    source.left_out = _LEFT_OUT
    if header.html is False:
        source.losses.add("it was exported without HTML: bold type, pictures and sounds are not in it", file)
    meta = header.meta
    rows = [_row(header, meta, record) for record in records(file, decoded.text, header.separator)]
    labels = [label for number, label in enumerate(header.columns, 1) if number not in meta]
    return collection_of_rows(source, rows, labels, is_html=header.html)


def _row(header: Header, meta: frozenset[int], record: Record) -> Row:
    cells = record.cells

    def cell(column: int) -> str:
        return cells[column - 1] if 0 < column <= len(cells) else ""

    tags = (*cell(header.tags_column).split(), *header.tags)
    return Row(
        where=f"line {record.line}",
        guid=cell(header.guid_column),
        type=cell(header.notetype_column) or header.notetype,
        deck=cell(header.deck_column) or header.deck,
        tags=tags if header.tags_column or tags else None,
        fields=[text for number, text in enumerate(cells, 1) if number not in meta],
        line=record.line,
    )
