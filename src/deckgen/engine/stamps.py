"""The inputs of a build by size and time: enough to see that nothing changed, without reading anything.

Standard library only: a build with nothing to do is over before the rest is imported.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import blake2b
from pathlib import Path

from deckgen.confined import is_inside, spelt

#: (bytes, time of the last change in ns since 1970); a folder has (-1, 0).
Stamp = tuple[int, int]
#: For an unknown state of a file: no file has this stamp.
UNKNOWN: Stamp = (-2, 0)
#: A write within so many ns after a scan may get the time of the scan: file systems count in ticks
#: of the kernel's clock, the coarsest (FAT) in two seconds. A time that is not a whole second is not from there.
_TICK, _COARSE, _SECOND = 20_000_000, 2_000_000_000, 1_000_000_000

_FILES = ("deckgen.toml", "deckgen.lock")
_FOLDERS = ("cards", "templates")


def stamps(root: Path, more: Iterable[str] = ()) -> dict[str, Stamp]:
    """Return the stamps of everything that a build reads, by name relative to `root`, with `/`.

    `more` are pictures and spreadsheets. Files that do not exist have no stamp.
    """
    found = _stamps_of(root, (*_FILES, *more))
    for folder in _FOLDERS:
        if is_inside(root, folder):
            found.update(_below(root / folder, folder))
    return found


def inventory(root: Path, more: Iterable[str] = (), scanned: int | None = None) -> dict[str, Stamp]:
    """Return stamps to compare with later ones.

    A file that changed just before the scan (`scanned`, in ns since 1970, by default now) is `UNKNOWN`: it may
    change again with the same time. A file whose stamp is equal later has not changed.
    """
    scanned = time.time_ns() if scanned is None else scanned
    return {
        name: UNKNOWN if _is_fresh(stamp[1], scanned) else stamp for name, stamp in stamps(root, more).items()
    }


def _is_fresh(changed: int, scanned: int) -> bool:
    return changed >= scanned - (_TICK if changed % _SECOND else _COARSE)


def stamp_of(path: Path) -> Stamp | None:
    """Return the stamp of a file, None if it does not exist."""
    return _stamp(str(path))


def _stamp(path: str) -> Stamp | None:
    # Of hundreds of files: making a `Path` of each takes as long as asking the system.
    try:
        status = os.stat(path)  # noqa: PTH116
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns


def _stamps_of(root: Path, names: Iterable[str]) -> dict[str, Stamp]:
    return {name: stamp for name in names if (stamp := stamp_of(root / spelt(root, name)))}


def differing(before: dict[str, Stamp], now: dict[str, Stamp]) -> set[str]:
    """Return the names whose stamps differ or are unknown."""
    return {
        name
        for name in before.keys() | now.keys()
        if before.get(name) != now.get(name) or now[name] == UNKNOWN
    }


@cache
def tool() -> str:
    """Return a digest of this deckgen: its code and templates, Python, and the installed packages."""
    import deckgen

    package = Path(deckgen.__file__).parent
    templates = package / "templates"
    if not templates.is_dir():
        templates = package.parents[1] / "templates"
    parts = [sys.version, str(stamp_of(Path(os.__file__).parent / "site-packages"))]
    for folder in (package, templates):
        parts += [f"{name} {stamp}" for name, stamp in sorted(_below(folder, ""))]
    # The folder of installed packages changes with each of them.
    parts += [str(stamp_of(Path(path))) for path in sys.path if path.endswith("-packages")]
    return blake2b("\n".join(parts).encode(), digest_size=16).hexdigest()


def _below(folder: Path, name: str) -> Iterator[tuple[str, Stamp]]:
    """Yield all files and folders below a folder; links to folders are not followed."""
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return
    for entry in entries:
        if entry.name == "__pycache__":
            continue
        full = f"{name}/{entry.name}" if name else entry.name
        if entry.is_dir(follow_symlinks=False):
            yield full, (-1, 0)
            yield from _below(folder / entry.name, full)
        else:
            yield full, _stamp(entry.path) or UNKNOWN
