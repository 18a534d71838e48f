"""Find a project and read its files."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import msgspec

from deckgen.diagnostics import Diagnostic
from deckgen.rules import missing_project, not_utf8, unreadable_file
from deckgen.toml import SyntaxProblem, decode_bytes

PROJECT_FILE = "deckgen.toml"
LOCK_FILE = "deckgen.lock"
CARDS_FOLDER = "cards"
TEMPLATES_FOLDER = "templates"


class Snapshot(msgspec.Struct, frozen=True, kw_only=True):
    """The texts of a project at one moment, by name relative to its folder, with `/`."""

    root: Path
    #: `deckgen.toml`; None where it is missing or cannot be read.
    project: str | None
    #: Files of cards, sorted by name.
    cards: dict[str, str]
    #: None where there is no lock yet.
    lock: str | None
    #: Names of files below `cards/` that are there but cannot be read.
    unread: frozenset[str] = frozenset()


def find_root(start: Path) -> Path | None:
    """Return the folder of the project that `start` lies in: the nearest one with a `deckgen.toml`."""
    start = start.absolute()
    for folder in (start, *start.parents):
        try:
            if (folder / PROJECT_FILE).is_file():
                return folder
        except OSError:
            continue
    return None


def read_project(root: Path) -> tuple[Snapshot, list[Diagnostic]]:
    """Read all texts of the project; what cannot be read is said in the list."""
    found: list[Diagnostic] = []
    names, problems = list_cards(root)
    found += problems
    texts: dict[str, str] = {}
    unread = {diagnostic.place.file for diagnostic in problems}
    for name in names:
        text = _read_text(root, name, found)
        if text is None:
            unread.add(name)
        else:
            texts[name] = text
    if not os.path.lexists(root / PROJECT_FILE):
        found.append(missing_project.found(f"`{root.name or root}`"))
        project = None
    else:
        project = _read_text(root, PROJECT_FILE, found)
    lock = _read_text(root, LOCK_FILE, found) if os.path.lexists(root / LOCK_FILE) else None
    return Snapshot(root=root, project=project, cards=texts, lock=lock, unread=frozenset(unread)), found


def list_cards(root: Path) -> tuple[list[str], list[Diagnostic]]:
    """List the TOML files below `cards/`, sorted; hidden files and folders are passed over.

    Links to folders are not followed, so a loop of links cannot hold anybody up.
    """
    names: list[str] = []
    found: list[Diagnostic] = []

    def failed(error: OSError) -> None:
        path = Path(error.filename) if error.filename else root / CARDS_FOLDER
        if path != root / CARDS_FOLDER or not isinstance(error, FileNotFoundError):
            found.append(unreadable_file.found(_relative(path, root), _reason(error)))

    for folder, folders, files in os.walk(root / CARDS_FOLDER, onerror=failed):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        here = _relative(Path(folder), root)
        for name in list(folders):
            full = f"{here}/{name}"
            if name.endswith(".toml"):
                found.append(unreadable_file.found(full, "it is a folder"))
                folders.remove(name)
            elif (root / full).is_symlink():
                found.append(unreadable_file.found(full, "it is a link to a folder, which is not followed"))
        names += [f"{here}/{name}" for name in files if name.endswith(".toml") and not name.startswith(".")]
    return sorted(names), found


def _read_text(root: Path, name: str, found: list[Diagnostic]) -> str | None:
    try:
        content = read_bytes(root, name)
    except OSError as error:
        found.append(unreadable_file.found(name, _reason(error)))
        return None
    text = decode_bytes(content)
    if isinstance(text, SyntaxProblem):
        found.append(not_utf8.found(name, text))
        return None
    return text


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
        if path.is_symlink() and not path.resolve().is_relative_to(root.resolve()):
            raise OSError(0, "it is a link that leads out of the project")
        return stream.read()


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()


def _relative(path: Path, root: Path) -> str:
    try:
        return path.relative_to(root).as_posix()
    except ValueError:
        return path.as_posix()
