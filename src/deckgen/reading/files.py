"""Names of files in diagnostics."""

from __future__ import annotations

from pathlib import Path


def relative(path: Path, root: Path) -> str:
    r"""Return the name of a file for diagnostics: relative to the project's folder, with `/`.

    Bytes of a name that are not UTF-8 are shown as `\xff`.
    """
    try:
        name = path.relative_to(root).as_posix()
    except ValueError:
        name = path.as_posix()
    return shown(name)


def shown(name: str) -> str:
    """Return a file's name as text, even if its bytes are not UTF-8."""
    return name.encode(errors="surrogateescape").decode(errors="backslashreplace")
