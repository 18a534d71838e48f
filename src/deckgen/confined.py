"""Files of a folder from which no link leads out. Standard library only.

A project may be a clone of somebody else's repository. Its links (to files, to folders, on the way to a file) are
followed as long as they stay in the project; what is outside is neither read, nor written, nor removed through
them. What is not a regular file, such as a pipe or a device, is not read: it might never end.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import IO

#: O_NONBLOCK keeps a named pipe from holding the reader up; regular files ignore it.
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOCTTY", 0)
#: Fails for a link; 0 on systems without it.
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)


class OutsideError(OSError):
    """A link leads out of the folder."""

    def __init__(self, path: Path) -> None:
        super().__init__(0, "it is a link that leads out of the project", str(path))


class NotAFileError(OSError):
    """There is something else than a regular file: a pipe, a device, a socket."""

    def __init__(self, path: Path) -> None:
        super().__init__(0, "it is not a regular file", str(path))


class TooLargeError(OSError):
    """A file has more bytes than it may have."""

    def __init__(self, path: Path, most: int) -> None:
        super().__init__(0, f"it has more than {most:,} bytes", str(path))


def place(root: Path, name: str) -> Path:
    """Return the real path of the file or folder that `name` (relative, with `/`) leads to; it need not exist.

    Raises:
        OutsideError: if that is outside of `root`.
    """
    path = root / name
    real, base = os.path.realpath(path), os.path.realpath(root)
    if real != base and not real.startswith(base.rstrip(os.sep) + os.sep):
        raise OutsideError(path)
    return Path(real)


def entry(root: Path, name: str) -> Path:
    """Return the real path of the entry `name` of a folder, to write, rename or remove it.

    A link in its own place is not followed, but those on the way to it are.

    Raises:
        OutsideError: if that is outside of `root`.
    """
    folder, _, last = name.rpartition("/")
    return place(root, folder) / last


def is_inside(root: Path, name: str) -> bool:
    """Return whether `name` leads to something in `root`, or to nothing there."""
    try:
        place(root, name)
    except OSError:
        return False
    return True


def read_bytes(root: Path, name: str, most: int | None = None) -> bytes:
    """Read a file whole, of at most `most` bytes.

    Raises:
        OSError: if it cannot be read, is not a regular file, is too large, or is outside of `root`.
    """
    with open_file(root, name) as stream:
        if most is not None and os.fstat(stream.fileno()).st_size > most:
            raise TooLargeError(root / name, most)
        return stream.read()


def read_entry(folder: Path, name: str) -> bytes:
    """Read a file that is in a folder itself, where a link is not followed.

    Raises:
        OSError: if it cannot be read, or is not a regular file.
    """
    if not _NO_LINK:
        return read_bytes(folder, name)
    with os.fdopen(os.open(f"{folder}{os.sep}{name}", _FLAGS | _NO_LINK), "rb") as stream:
        _check_regular(os.fstat(stream.fileno()), folder, name)
        return stream.read()


def open_file(root: Path, name: str) -> IO[bytes]:
    """Open a file to read it; the caller closes it.

    Raises:
        OSError: as `read_bytes`.
    """
    path = place(root, name)
    # Opening a device can have effects, so check before, and once more in case it was replaced.
    _check_regular(path.stat(), root, name)
    stream = os.fdopen(os.open(path, _FLAGS), "rb")
    try:
        _check_regular(os.fstat(stream.fileno()), root, name)
    except OSError:
        stream.close()
        raise
    return stream


def _check_regular(status: os.stat_result, folder: Path, name: str) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise NotAFileError(folder / name)


def is_file(root: Path, name: str) -> bool:
    """Return whether there is a regular file of that name in `root`."""
    try:
        return stat.S_ISREG(place(root, name).stat().st_mode)
    except (OSError, ValueError):
        return False


def files_below(root: Path, folder: str) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Yield everything in a folder of `root`, at every depth, by name relative to `root`, sorted in each folder.

    Folders themselves are given before what is in them. Links to folders are given and not followed, and what cannot
    be listed is passed over.
    """
    try:
        with os.scandir(place(root, folder)) as found:
            entries = sorted(found, key=lambda each: each.name)
    except OSError:
        return
    for each in entries:
        name = f"{folder}/{each.name}" if folder else each.name
        yield name, each
        if each.is_dir(follow_symlinks=False):
            yield from files_below(root, name)


def spelt(root: Path, name: str) -> str:
    """Return `name` as the disk has it: `é` may be stored as two characters, which looks alike and is another name.

    A name that is there, or that nothing resembles, is returned as it is.
    """
    if name.isascii() or os.path.lexists(root / name):
        return name
    found: list[str] = []
    for part in name.split("/"):
        folder = "/".join(found)
        found.append(part if os.path.lexists(root / folder / part) else _resembling(root, folder, part))
    return "/".join(found)


def _resembling(root: Path, folder: str, part: str) -> str:
    from unicodedata import normalize

    try:
        names = sorted(os.listdir(place(root, folder)))  # noqa: PTH208 -- names are all that is asked for
    except OSError:
        return part
    return next((name for name in names if normalize("NFC", name) == normalize("NFC", part)), part)
