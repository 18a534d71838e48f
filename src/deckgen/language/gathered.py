"""Tables with the author's own keys besides those of the language: cells of a row, fields of a note."""

from functools import cache
from typing import Any

import msgspec

from deckgen.language.comparison import Row
from deckgen.language.note import Note

#: The key that such a table's own keys are put under before it is converted, by its class.
GATHERED: dict[Any, str] = {Row: "cells", Note: "fields"}


def gather(kind: Any, table: dict[str, Any]) -> dict[str, Any]:
    """Move the keys of the author's own under a key: `cells` of a row, `fields` of a note."""
    under = GATHERED[kind]
    known = known_keys(kind)
    own = {key: value for key, value in table.items() if key in known}
    return own | {under: {key: value for key, value in table.items() if key not in known}}


def gather_item(key: str, item: dict[str, Any]) -> dict[str, Any]:
    """Gather what an item of the TOML table `key` has of such keys: those of a note, or of a comparison's rows."""
    if key == "note":
        return gather(Note, item)
    rows = item.get("row")
    if key == "comparison" and isinstance(rows, list):
        return item | {"row": [gather(Row, row) if isinstance(row, dict) else row for row in rows]}
    return item


@cache
def known_keys(kind: Any) -> frozenset[str]:
    """Return the keys of the language in such a table."""
    keys = (field.encode_name for field in msgspec.structs.fields(kind))
    return frozenset(keys) - {GATHERED[kind]}
