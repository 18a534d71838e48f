"""The only module that writes files: each file appears whole or not at all."""

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

from deckgen.confined import entry, place
from deckgen.engine.durable import sync_files
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

#: Outputs are staged in a folder with this prefix, on the same file system as their places.
_ASIDE = ".deckgen-"
#: Errors for a name that does not belong to a file.
_NO_FILE = (errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG, errno.ELOOP)


def write_text(root: Path, name: str, text: str) -> None:
    """Replace a file of `root` with a text, whole or not at all; folders are created."""
    write_bytes(root, name, text.encode())


def write_bytes(root: Path, name: str, content: bytes, *, lasting: bool = True) -> None:
    """Replace a file of `root` with bytes, whole or not at all; folders are created.

    A link in its place is replaced, not followed. With `lasting=False` the file need not survive a power cut, and is
    written without waiting for the disk.

    Raises:
        OSError: if it cannot be written, or a link leads out of `root`; the file has not changed then.
    """
    path = entry(root, name)
    path.parent.mkdir(parents=True, exist_ok=True)
    mode = _mode(path)
    handle, aside = tempfile.mkstemp(prefix=_ASIDE, dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            if lasting:
                os.fsync(stream.fileno())
        Path(aside).chmod(mode)
        Path(aside).replace(path)
    except BaseException as error:
        with suppress(OSError):
            Path(aside).unlink()
        if isinstance(error, OSError):
            # The file that is meant, not the one aside.
            raise OSError(error.errno, error.strerror, str(path)) from error
        raise


def _mode(path: Path) -> int:
    """Return the permissions of an existing file, else those of a new one."""
    try:
        status = path.lstat()
    except OSError:
        return 0o666 & ~umask()
    return stat.S_IMODE(status.st_mode) & 0o777 if stat.S_ISREG(status.st_mode) else 0o666 & ~umask()


def publish(
    root: Path,
    made: Mapping[str, bytes | Path],
    copies: Mapping[str, str],
    kept: Iterable[str] = (),
    commit: Callable[[], Callable[[], None]] = lambda: lambda: None,
    lasting: Mapping[str, bytes | Path] = MappingProxyType({}),
) -> None:
    """Put outputs into the output folder of `root`; remove outputs of earlier builds that are not among them.

    `copies` maps names to the outputs that they are copies of; `kept` outputs are there already. All are staged
    first and then renamed one after the other: until the last byte of the last one is on the disk, nothing has
    changed. `commit` is called at that moment, before the first one is renamed; what it returns is called if that
    one cannot be renamed. `lasting` are files that no later build removes. What is given as a file is linked, or
    copied.

    Raises:
        OSError: if something cannot be written, or a link leads out of the output folder, or that out of `root`.
    """
    folder = place(root, OUTPUT_FOLDER)
    folder.mkdir(parents=True, exist_ok=True)
    _sweep(folder)
    names = {*made, *copies, *kept}
    before = made_before(root)
    places = _places(folder, names | before | lasting.keys())
    # First list what may be there if this is interrupted, and at the end what is there.
    _list_made(root, before | names)
    aside = Path(tempfile.mkdtemp(prefix=_ASIDE, dir=folder))
    try:
        staged: dict[str, Path] = {}
        for name, content in (*made.items(), *lasting.items()):
            staged[name] = aside / str(len(staged))
            if isinstance(content, Path):
                _link(content, staged[name])
                staged[name].chmod(0o666 & ~umask())
            else:
                staged[name].write_bytes(content)
        new = [*staged.values()]
        for name, source in copies.items():
            there = staged[name] = aside / str(len(staged))
            if not _link(staged.get(source) or place(folder, source), there):
                new.append(there)
        sync_files(new)
        _check_places(folder, [places[name] for name in staged])
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


def _check_places(folder: Path, paths: Iterable[Path]) -> None:
    """Find out whether files of `folder` can be renamed to these paths, before the first one is; folders are made.

    Raises:
        OSError: if a folder cannot be written, or lies on another disk, or is where a file is to be.
    """
    disk = folder.stat().st_dev
    parents = set()
    for path in paths:
        if path.parent not in parents:
            parents.add(path.parent)
            path.parent.mkdir(parents=True, exist_ok=True)
            if not os.access(path.parent, os.W_OK):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path.parent))
            if path.parent.stat().st_dev != disk:
                raise OSError(errno.EXDEV, f"it is on another disk than {folder.name}/", str(path.parent))
        if path.is_dir() and not path.is_symlink():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))


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
    """Write the list of the files that builds made in the output folder, if it has changed."""
    if names != made_before(root):
        write_text(root, f"{OUTPUT_FOLDER}/{MADE_FILE}", made_text(names))


def _link(source: Path, there: Path) -> bool:
    """Make a hard link to a file, or a copy if the file system has none; return whether it is a link."""
    try:
        os.link(source, there)
    except (OSError, NotImplementedError, AttributeError):
        shutil.copyfile(source, there)
        return False
    return True


def remember(root: Path, state: State) -> None:
    """Save the state of a build; if that fails, the next one makes everything again."""
    try:
        write_bytes(root, STATE_FILE, dumps(state), lasting=False)
    except OSError:
        forget(root)


def forget(root: Path) -> None:
    """Delete the state of the last build."""
    with suppress(OSError):
        entry(root, STATE_FILE).unlink()


@contextmanager
def only_one(root: Path) -> Iterator[None]:
    """Allow one build of a project at a time: a second one waits for the first.

    The lock is released when its process ends, however it ends. If the folder cannot be
    written, there is nothing to guard.

    Raises:
        OutsideError: if a link leads out of the project.
    """
    lock, folder = place(root, f"{STATE_FOLDER}/building"), place(root, STATE_FOLDER)
    try:
        folder.mkdir(exist_ok=True)
        stream = lock.open("a+b")
    except OSError:
        yield
        return
    with stream:
        _lock_file(stream.fileno())
        _sweep(root)
        _sweep(folder)
        try:
            yield
        finally:
            _sweep(folder)


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
    """Remove what a killed build has staged. Builds of one project wait for each other, so none is running."""
    if folder.is_symlink():
        return
    for path in folder.glob(_ASIDE + "*"):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            with suppress(OSError):
                path.unlink()


def _remove(folder: Path, path: Path) -> None:
    """Remove a file below a folder, and the folders that are then empty."""
    try:
        path.unlink()
    except OSError as error:
        # The list may name a file that does not exist.
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
    """Make renames survive a power cut, if the system can open a folder."""
    for folder in folders:
        with suppress(OSError):
            handle = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)


def umask() -> int:
    """Return the permissions that new files do not get."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
