"""Repair small mistakes of an item, so that the rest of it is checked in the same run."""

from __future__ import annotations

import copy
import zlib
from collections.abc import Iterable
from typing import Any

from deckgen.diagnostics import Diagnostic, Place
from deckgen.language.gathered import GATHERED
from deckgen.rules import missing_id, unknown_key


def recover(value: Any, mistakes: Iterable[Diagnostic], place: Place) -> Any | None:
    """Return the decoded item as it was likely meant; None if that is not clear.

    A misspelt key becomes the one it is nearest to, any other unknown one goes, and what has no id
    gets one that nobody else has.
    """
    recovered = copy.deepcopy(value)
    for mistake in mistakes:
        path = mistake.place.path[len(place.path) :]
        if mistake.code == missing_id.RULE.code:
            # In a row its column is meant, which the item lacks.
            item = path[:-1] if path[-1:] == ("id",) else path
            _inside(recovered, item)["id"] = _placeholder_id(mistake.place)
        elif mistake.code == unknown_key.RULE.code and path:
            table = _inside(recovered, path[:-1])
            held = table.pop(path[-1])
            if mistake.proposal:
                table[mistake.proposal] = held
        else:
            return None
    return recovered


def _inside(value: Any, path: tuple[str | int, ...]) -> Any:
    for part in path:
        # A cell is in its row, but is parsed from a table of cells.
        if isinstance(value, dict) and part not in value:
            value = next(value[under] for under in GATHERED.values() if part in value.get(under, ()))
        value = value[part]
    return value


def _placeholder_id(place: Place) -> str:
    return f"unnamed-{zlib.crc32(repr((place.file, place.path, place.table)).encode(errors='replace')):08x}"
