"""The content of a note without its presentation: a hash of what the author wrote.

A note is stamped again when this changes, so it is a promise: `tests/anki/test_content.py` tests it for every kind.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

import msgspec

from deckgen.anki.note import tags
from deckgen.core import Choice, Concept, Item, Matching, Note, Table
from deckgen.identity import hash_bytes
from deckgen.words import words

#: Only the ids of items that were made from a table contain it.
MADE = "/"

#: Fields of items that are not content for learners. Tags and tables are hashed as the note has them.
_NOT_SHOWN = frozenset(
    {
        "id",
        "deck",
        "file",
        "was",
        "points",
        "scoring",
        "cell",
        "in_deck",
        "lines",
        "tags",
        "difficulty",
        "tables",
        "ask",
        "parts",
        "adopted",
        "without",
        "decks",
    }
)


def content_hash(item: Item, tables: Mapping[str, Table], language: str, pictures: Iterable[str]) -> str:
    """Return a hash of what the author wrote of an item, as far as its note shows it.

    `tables` are those of the course by id, `language` is the project's, and `pictures` are digests of the pictures
    that the note shows. A field with its default value is left out, so that new fields can be added to items.
    """
    if isinstance(item, Note) and item.adopted:
        # Nothing else is in its note, neither fixed words nor the topic.
        said = [item.kind, sorted(set(tags(item))), sorted(pictures), item.values, item.gaps]
        return hash_bytes(msgspec.msgpack.encode(said))
    written: list[Any] = [item.kind, language, sorted(set(tags(item))), sorted(pictures)]
    own = _as_shown(item) | instead_of_fixed_words(item, tables, language)
    if item.stem:
        own["stem"] = [item.stem.text, item.stem.title, item.stem.language]
    for name, default in _fields(type(item)):
        value = own[name] if name in own else getattr(item, name)
        if value != default:
            written += (name, value)
    if isinstance(item, Concept) and item.tables:
        written += ("tables", [_shown(tables[id_], item.id) for id_ in item.tables])
    return hash_bytes(msgspec.msgpack.encode(written))


def _as_shown(item: Item) -> dict[str, Any]:
    """Return the options of a choice without what only answer sheets say of them."""
    if not isinstance(item, Choice):
        return {}
    return {
        "options": [
            msgspec.structs.replace(option, source=0, misconception="")
            if option.source or option.misconception
            else option
            for option in item.options
        ]
    }


def instead_of_fixed_words(item: Item, tables: Mapping[str, Table], language: str) -> dict[str, Any]:
    """Return what the author wrote, for those fields of an item made from a table that also contain fixed words.

    A later version may improve the fixed words, which must not send the note again.
    """
    if MADE not in item.id:
        return {}
    if isinstance(item, Matching):
        return {"prompt": ""} if item.prompt == words(language)["match-cells"] else {}
    table_id, _, rest = item.cell.partition("/")
    table = tables.get(table_id)
    if not isinstance(item, Choice) or table is None:
        return {}
    row = next(row for row in table.rows if row.id == f"{table_id}/{rest.partition('/')[0]}")
    cells = [cell.text for cell in row.cells]
    return {
        "prompt": [row.aspect, rest.rpartition("/")[2], list(table.between), list(table.terms), cells],
        "options": [[option.text, option.right] for option in item.options],
    }


def _shown(table: Table, concept: str) -> list[Any]:
    """Return what a concept's note shows of a table."""
    rows = [[row.aspect, [cell.text for cell in row.cells]] for row in table.rows]
    return [table.title, table.between.index(concept), table.terms, rows]


@cache
def _fields(kind: type[Item]) -> tuple[tuple[str, Any], ...]:
    """Return the names of the fields that a note shows, sorted, and their defaults."""
    fields = sorted(msgspec.structs.fields(kind), key=lambda field: field.name)
    return tuple((field.name, field.default) for field in fields if field.name not in _NOT_SHOWN)
