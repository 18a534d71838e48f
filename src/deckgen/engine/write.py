"""The one place that writes: each file appears whole or not at all."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from deckgen.engine.state import MADE_FILE, STATE_FILE, State, dumps, made_before, made_text

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


def publish(
    folder: Path,
    made: Mapping[str, bytes],
    copies: Mapping[str, str],
    kept: Iterable[str] = (),
    commit: Callable[[], None] = lambda: None,
) -> None:
    """Put outputs into `folder`, by name relative to it; take away what former builds made and nobody names now.

    `copies` are copies of outputs by the names of these; `kept` outputs are there already. All are written aside
    first and then renamed one after the other: until the last byte of the last one is on the disk, everything is as
    it was. `commit` is called at that moment, before the first one is renamed.

    Raises:
        OSError: if something cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    _sweep(folder)
    names = {*made, *copies, *kept}
    before = made_before(folder)
    # First what may be there, whenever this is cut off, and in the end what is.
    _list_made(folder, before | names)
    aside = Path(tempfile.mkdtemp(prefix=_ASIDE, dir=folder))
    try:
        staged: dict[str, Path] = {}
        for name, content in made.items():
            staged[name] = aside / str(len(staged))
            with staged[name].open("wb") as stream:
                _fill(stream, content)
        for name, source in copies.items():
            there = aside / str(len(staged))
            _copy(staged.get(source, folder / source), there)
            staged[name] = there
        for name in staged:
            place = folder / name
            place.parent.mkdir(parents=True, exist_ok=True)
            if place.is_dir():
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(place))
        commit()
        for name, there in staged.items():
            there.replace(folder / name)
        for name in before - names:
            _remove(folder, name)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    _sync_folders({folder, *((folder / name).parent for name in staged)})
    _list_made(folder, names)


def _list_made(folder: Path, names: set[str]) -> None:
    """Write the list of the files that builds made in an output folder, if it says anything else."""
    if names != made_before(folder):
        write_text(folder / MADE_FILE, made_text(names))


def _copy(source: Path, there: Path) -> None:
    """Make a second name for a file, or a copy of it where the disk cannot do that."""
    try:
        os.link(source, there)
    except (OSError, NotImplementedError, AttributeError):
        with there.open("wb") as stream:
            _fill(stream, source.read_bytes())


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
