"""Put parts of a value where `columns` says: `distractors.1`, `row.1.aspect`."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from deckgen.diagnostics import Path


def put(value: dict[str, Any], path: Path, part: Any, entries: dict[str, list[Any]]) -> None:
    """Put a part of a value in its place; what is left free in arrays is None, and `entries` holds these arrays."""
    inner: Any = value
    for step, following in pairwise(path):
        empty: Any = [] if isinstance(following, int) else {}
        if isinstance(inner, list) and isinstance(step, int):
            inner.extend([None] * (step + 1 - len(inner)))
            if not isinstance(inner[step], type(empty)):
                inner[step] = empty
        elif isinstance(inner, dict):
            if not isinstance(inner.get(str(step)), type(empty)):
                inner[str(step)] = empty
        else:
            return
        inner = inner[step] if isinstance(inner, list) and isinstance(step, int) else inner[str(step)]
        if isinstance(inner, list):
            entries.setdefault(str(path[0]), []).append(inner)
    last = path[-1]
    if isinstance(inner, list) and isinstance(last, int):
        inner.extend([None] * (last + 1 - len(inner)))
        inner[last] = part
    elif isinstance(inner, dict):
        inner[str(last)] = part
