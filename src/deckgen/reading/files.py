"""Read a single file of a project, and say why one cannot be read."""

from __future__ import annotations

from pathlib import Path

from deckgen.confined import is_inside, read_bytes

__all__ = ["is_inside", "read_bytes", "reason", "relative"]


def reason(error: OSError) -> str:
    """Say in a few words what was in the way."""
    return (error.strerror or str(error)).lower()


def relative(path: Path, root: Path) -> str:
    r"""Name a file as diagnostics do: relative to the project's folder, with `/`.

    Bytes of a name that are not UTF-8 are shown as `\xff`.
    """
    try:
        name = path.relative_to(root).as_posix()
    except ValueError:
        name = path.as_posix()
    return shown(name)


def shown(name: str) -> str:
    """Write a file's name as text, whatever bytes the system has in it."""
    return name.encode(errors="surrogateescape").decode(errors="backslashreplace")
