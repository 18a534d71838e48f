"""Small projects to build in tests, and what came out of a build."""

from __future__ import annotations

from pathlib import Path

PROJECT = 'id = "sums"\ntitle = "Sums"\nversion = "1"\n'
SOURCES = '[source.euclid]\ntitle = "The Elements"\n'


def write_files(root: Path, files: dict[str, str]) -> None:
    """Write texts by their names."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")


def outputs(root: Path) -> dict[str, bytes]:
    """Return the lock and every output, by name, but for what tells builds what they made."""
    found = {"deckgen.lock": (root / "deckgen.lock").read_bytes()}
    for path in sorted((root / "dist").rglob("*")):
        if path.is_file():
            found[path.relative_to(root).as_posix()] = path.read_bytes()
    return found


def differing(one: dict[str, bytes], other: dict[str, bytes]) -> set[str]:
    """Return the names of the outputs that differ; the bytes themselves would take minutes to be shown."""
    return {name for name in one.keys() | other.keys() if one.get(name) != other.get(name)}
