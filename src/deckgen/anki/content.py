"""What a note says, whatever it looks like: a hash of what the author wrote.

A note is stamped anew when this moves, so it is a promise: `tests/anki/test_content.py` holds it for every kind.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

import msgspec

from deckgen.anki.note import tags
from deckgen.core import Concept, Item, Table
from deckgen.identity import hash_bytes

#: What of an item is not what its author wrote for learners. Tags and tables are hashed as the note has them.
_NOT_SHOWN = frozenset(
    {"id", "deck", "file", "was", "points", "cell", "in_deck", "lines", "tags", "difficulty", "tables"}
)


def content_hash(item: Item, tables: Mapping[str, Table], language: str, pictures: Iterable[str]) -> str:
    """Hash what the author wrote of an item, as far as its note shows it.

    `tables` are those of the course by id, `language` is the project's, and `pictures` are digests of the pictures
    that the note shows. A field of an item that has its default is left out, so that an item can get further ones.
    """
    written: list[Any] = [item.kind, language, sorted(set(tags(item))), sorted(pictures)]
    for name, default in _fields(type(item)):
        value = getattr(item, name)
        if value != default:
            written += (name, value)
    if isinstance(item, Concept) and item.tables:
        written += ("tables", [_shown(tables[id_], item.id) for id_ in item.tables])
    return hash_bytes(msgspec.msgpack.encode(written))


def _shown(table: Table, concept: str) -> list[Any]:
    """Return what a concept's note shows of a table."""
    rows = [[row.aspect, [cell.text for cell in row.cells]] for row in table.rows]
    return [table.title, table.between.index(concept), table.terms, rows]


@cache
def _fields(kind: type[Item]) -> tuple[tuple[str, Any], ...]:
    """Return the names of the fields that a note shows, sorted, and their defaults."""
    fields = sorted(msgspec.structs.fields(kind), key=lambda field: field.name)
    return tuple((field.name, field.default) for field in fields if field.name not in _NOT_SHOWN)
