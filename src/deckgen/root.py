"""Find the folder of a project. Standard library only: every command begins with it."""

from __future__ import annotations

from pathlib import Path

PROJECT_FILE = "deckgen.toml"


def find_root(start: Path) -> Path | None:
    """Return the folder of the project that contains `start`: the nearest one with a `deckgen.toml`."""
    start = start.absolute()
    for folder in (start, *start.parents):
        try:
            if (folder / PROJECT_FILE).is_file():
                return folder
        except OSError:
            continue
    return None
