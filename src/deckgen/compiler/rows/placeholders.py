"""`@{Column}` in the texts of a `[[table]]`, however deep they lie in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from deckgen.diagnostics import Path
from deckgen.placeholders import Template, template


def templates_in(value: Any, path: Path = ()) -> Iterator[tuple[Path, Template]]:
    """Yield each text with placeholders in a decoded value, with its path."""
    if isinstance(value, str):
        if found := template(value):
            yield path, found
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from templates_in(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from templates_in(inner, (*path, index))


def filled(value: Any, said: Callable[[str], str], finish: Callable[[str], str]) -> Any:
    """Return a decoded value with its placeholders filled; `said` gives what a column says, `finish` ends each text.

    An entry of an array whose columns say nothing is no entry.
    """
    if isinstance(value, str):
        found = template(value)
        return finish(found.fill(said)) if found else value
    if isinstance(value, dict):
        return {key: filled(inner, said, finish) for key, inner in value.items()}
    if isinstance(value, list):
        return [filled(inner, said, finish) for inner in value if not _is_empty(inner, said)]
    return value


def _is_empty(entry: Any, said: Callable[[str], str]) -> bool:
    found = template(entry) if isinstance(entry, str) else None
    return found is not None and bool(found.names) and not any(map(said, found.names))
