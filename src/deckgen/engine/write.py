"""The one place that writes: each file appears whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from deckgen.engine.state import STATE_FILE, State, dumps

#: Outputs are written here first, on the same file system as their places.
_ASIDE = ".deckgen-"


def write_text(path: Path, text: str) -> None:
    """Put a text in place of a file, whole or not at all; folders are made."""
    write_bytes(path, text.encode())


def write_bytes(path: Path, content: bytes, *, lasting: bool = True) -> None:
    """Put bytes in place of a file, whole or not at all; folders are made.

    What need not outlive a power cut (`lasting`) is written without waiting for the disk.

    Raises:
        OSError: if it cannot be written; the former file is then as it was.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
    handle, aside = tempfile.mkstemp(prefix=_ASIDE, dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            _fill(stream, content, lasting=lasting)
        Path(aside).chmod(mode)
        Path(aside).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(aside).unlink()
        raise


def publish(folder: Path, outputs: Mapping[str, bytes], stale: Iterable[str] = ()) -> None:
    """Put outputs into `folder`, by name relative to it, and take the stale ones away.

    All are written aside first and then renamed one after the other: until the last byte of the last
    one is on the disk, everything is as it was.

    Raises:
        OSError: if something cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    _sweep(folder)
    aside = Path(tempfile.mkdtemp(prefix=_ASIDE, dir=folder))
    try:
        staged = []
        written: dict[int, Path] = {}
        for number, (name, content) in enumerate(outputs.items()):
            there = aside / str(number)
            # The site carries its own copies, of which the disk needs but one.
            if not _linked(there, written.get(id(content))):
                with there.open("wb") as stream:
                    _fill(stream, content)
            written[id(content)] = there
            staged.append((there, folder / name))
        for _, place in staged:
            place.parent.mkdir(parents=True, exist_ok=True)
        for there, place in staged:
            there.replace(place)
        for name in stale:
            _remove(folder, name)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    _sync_folders({folder, *((folder / name).parent for name in outputs)})


def _linked(path: Path, there: Path | None) -> bool:
    """Make a file that is another one, where there is one and the disk can do that; say whether it is made."""
    if there is None:
        return False
    try:
        os.link(there, path)
    except (OSError, NotImplementedError, AttributeError):
        return False
    return True


def _fill(stream: BinaryIO, content: bytes, *, lasting: bool = True) -> None:
    """Write a file, and wait until it is on the disk where it is to outlive a power cut."""
    stream.write(content)
    stream.flush()
    if lasting:
        os.fsync(stream.fileno())


def remember(root: Path, state: State) -> None:
    """Keep the state of a build; where that fails, the next one makes everything anew."""
    try:
        write_bytes(root / STATE_FILE, dumps(state), lasting=False)
    except OSError:
        forget(root)


def forget(root: Path) -> None:
    """Drop the state of the last build."""
    with suppress(OSError):
        (root / STATE_FILE).unlink()


@contextmanager
def only_one(root: Path) -> Iterator[None]:
    """Let one build at a time work on a project: a second one waits for the first.

    The lock goes with the process that holds it, however that ends. Where the folder cannot be
    written there is nothing to guard.
    """
    try:
        (root / ".deckgen").mkdir(exist_ok=True)
        stream = (root / ".deckgen" / "building").open("a+b")
    except OSError:
        yield
        return
    with stream:
        _lock_file(stream.fileno())
        yield


def _lock_file(handle: int) -> None:
    try:
        import fcntl
    except ImportError:
        import msvcrt  # type: ignore[import-not-found, unused-ignore]

        os.lseek(handle, 0, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_LOCK, 1)  # type: ignore[attr-defined, unused-ignore]
    else:
        with suppress(OSError):  # Some network file systems have no locks.
            fcntl.flock(handle, fcntl.LOCK_EX)


def _sweep(folder: Path) -> None:
    """Remove what a build that was killed left aside. Builds of one project wait for each other, so none is at work."""
    for path in folder.glob(_ASIDE + "*"):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)


def _remove(folder: Path, name: str) -> None:
    path = folder / name
    with suppress(FileNotFoundError):
        path.unlink()
    parent = path.parent
    while parent != folder and folder in parent.parents:
        try:
            parent.rmdir()
        except OSError:
            return
        parent = parent.parent


def _sync_folders(folders: Iterable[Path]) -> None:
    """Make renames last through a power cut, where the system lets one open a folder."""
    for folder in folders:
        with suppress(OSError):
            handle = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
