"""Read a single file of a project, and say why one cannot be read."""

from __future__ import annotations

import os
import stat
from pathlib import Path


def read_bytes(root: Path, name: str) -> bytes:
    """Read a file of the project whole.

    Raises:
        OSError: if it cannot be read, is no plain file (a pipe would never end), or a link leads out of the project.
    """
    path = root / name
    # O_NONBLOCK keeps a named pipe from holding the reader up; plain files ignore it.
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(handle, "rb") as stream:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError(0, "it is no plain file")
        if not is_inside(path, root):
            raise OSError(0, "it is a link that leads out of the project")
        return stream.read()


def is_inside(path: Path, root: Path) -> bool:
    """Tell whether a path is no link, or one that leads to something of the project."""
    return not path.is_symlink() or Path(os.path.realpath(path)).is_relative_to(os.path.realpath(root))


def reason(error: OSError) -> str:
    """Say in a few words what was in the way."""
    return (error.strerror or str(error)).lower()


def relative(path: Path, root: Path) -> str:
    """Name a file as diagnostics do: relative to the project's folder, with `/`."""
    try:
        return path.relative_to(root).as_posix()
    except ValueError:
        return path.as_posix()
