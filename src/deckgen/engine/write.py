"""The one place that writes: each file appears whole or not at all."""

from __future__ import annotations

import errno
import os
import shutil
import stat
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO

from deckgen.confined import entry, place
from deckgen.engine.state import (
    MADE_FILE,
    OUTPUT_FOLDER,
    STATE_FILE,
    STATE_FOLDER,
    State,
    dumps,
    made_before,
    made_text,
)

#: Outputs are written here first, on the same file system as their places.
_ASIDE = ".deckgen-"
#: What the system says of a name that is not a file's.
_NO_FILE = (errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG, errno.ELOOP)


def write_text(root: Path, name: str, text: str) -> None:
    """Put a text in place of a file of `root`, whole or not at all; folders are made."""
    write_bytes(root, name, text.encode())


def write_bytes(root: Path, name: str, content: bytes, *, lasting: bool = True) -> None:
    """Put bytes in place of a file of `root`, whole or not at all; folders are made.

    A link in its place is replaced, not followed. What need not outlive a power cut (`lasting`) is written without
    waiting for the disk.

    Raises:
        OSError: if it cannot be written, or a link leads out of `root`; the former file is then as it was.
    """
    path = entry(root, name)
    path.parent.mkdir(parents=True, exist_ok=True)
    mode = _mode(path)
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


def _mode(path: Path) -> int:
    """Return the permissions of a file that is there, else those of a new one."""
    try:
        status = path.lstat()
    except OSError:
        return 0o666 & ~_umask()
    return stat.S_IMODE(status.st_mode) & 0o777 if stat.S_ISREG(status.st_mode) else 0o666 & ~_umask()


def publish(
    root: Path,
    made: Mapping[str, bytes],
    copies: Mapping[str, str],
    kept: Iterable[str] = (),
    commit: Callable[[], Callable[[], None]] = lambda: lambda: None,
    lasting: Mapping[str, bytes] = MappingProxyType({}),
) -> None:
    """Put outputs into the output folder of `root`; take away what former builds made and nobody names now.

    `copies` are copies of outputs by the names of these; `kept` outputs are there already. All are written aside
    first and then renamed one after the other: until the last byte of the last one is on the disk, everything is as
    it was. `commit` is called at that moment, before the first one is renamed; what it returns is called where that
    one cannot be. `lasting` are files that no later build takes away.

    Raises:
        OSError: if something cannot be written, or a link leads out of the output folder, or that out of `root`.
    """
    folder = place(root, OUTPUT_FOLDER)
    folder.mkdir(parents=True, exist_ok=True)
    _sweep(folder)
    names = {*made, *copies, *kept}
    before = made_before(root)
    places = _places(folder, names | before | lasting.keys())
    # First what may be there, whenever this is cut off, and in the end what is.
    _list_made(root, before | names)
    aside = Path(tempfile.mkdtemp(prefix=_ASIDE, dir=folder))
    try:
        staged: dict[str, Path] = {}
        for name, content in (*made.items(), *lasting.items()):
            staged[name] = aside / str(len(staged))
            with staged[name].open("wb") as stream:
                _fill(stream, content)
        for name, source in copies.items():
            there = aside / str(len(staged))
            _copy(staged.get(source) or place(folder, source), there)
            staged[name] = there
        for name in staged:
            path = places[name]
            path.parent.mkdir(parents=True, exist_ok=True)
            if path.is_dir() and not path.is_symlink():
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
        undo = commit()
        in_place = False
        try:
            for name, there in staged.items():
                there.replace(places[name])
                in_place = True
        except BaseException:
            if not in_place:
                undo()
            raise
        for name in before - names:
            _remove(folder, places[name])
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    _sync_folders({folder, *(places[name].parent for name in staged)})
    _list_made(root, names)


def _places(folder: Path, names: Iterable[str]) -> dict[str, Path]:
    """Return where the files of an output folder really lie, by name.

    Raises:
        OSError: if a link leads out of the folder.
    """
    parents: dict[str, Path] = {}
    found = {}
    for name in names:
        parent, _, last = name.rpartition("/")
        if parent not in parents:
            parents[parent] = place(folder, parent)
        found[name] = parents[parent] / last
    return found


def _list_made(root: Path, names: set[str]) -> None:
    """Write the list of the files that builds made in the output folder, if it says anything else."""
    if names != made_before(root):
        write_text(root, f"{OUTPUT_FOLDER}/{MADE_FILE}", made_text(names))


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
        write_bytes(root, STATE_FILE, dumps(state), lasting=False)
    except OSError:
        forget(root)


def forget(root: Path) -> None:
    """Drop the state of the last build."""
    with suppress(OSError):
        entry(root, STATE_FILE).unlink()


@contextmanager
def only_one(root: Path) -> Iterator[None]:
    """Let one build at a time work on a project: a second one waits for the first.

    The lock goes with the process that holds it, however that ends. Where the folder cannot be
    written there is nothing to guard.

    Raises:
        OutsideError: if a link leads out of the project.
    """
    lock = place(root, f"{STATE_FOLDER}/building")
    try:
        lock.parent.mkdir(exist_ok=True)
        stream = lock.open("a+b")
    except OSError:
        yield
        return
    with stream:
        _lock_file(stream.fileno())
        _sweep(root)
        _sweep(root / ".deckgen")
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
    if folder.is_symlink():
        return
    for path in folder.glob(_ASIDE + "*"):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            with suppress(OSError):
                path.unlink()


def _remove(folder: Path, path: Path) -> None:
    """Remove a file below a folder, and the folders that it leaves empty."""
    try:
        path.unlink()
    except OSError as error:
        # There is no such file, whatever a list of files says.
        if error.errno not in _NO_FILE and not path.is_dir():
            raise
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
