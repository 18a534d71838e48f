"""The files of a project, with stamps that show whether a file was saved."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple
from urllib.parse import unquote

import msgspec

from deckgen.confined import is_inside, read_bytes, spelt
from deckgen.media import extensions
from deckgen.reading.project import CARDS_FOLDER, LOCK_FILE
from deckgen.reading.tables import is_below, tables_in
from deckgen.reading.templates import ENDINGS, TEMPLATES_FOLDER
from deckgen.root import PROJECT_FILE
from deckgen.tables import LARGEST, read
from deckgen.tables.grid import Grid

#: (bytes, change of content, change of status, inode): the last two reveal a file that replaced another, and one
#: whose times were reset. A folder has zeros.
Stamp = tuple[int, int, int, int]
InputStamps = dict[str, Stamp]

_FOLDER: Stamp = (0, 0, 0, 0)
#: Extensions of pictures, characters that end such a name to the left in a text, and the longest name to look for.
_ENDING = re.compile(rf"\.(?:{extensions()})\b", re.IGNORECASE)
_BEFORE = re.compile(r"""[()<>"'=\[\]\n]""")
_LONGEST = 300


class WatchedFolders(msgspec.Struct, frozen=True):
    """Folders to watch, each with its inode, which differs for another folder of the same name."""

    #: Watched without their subfolders.
    flat: tuple[tuple[Path, int], ...]
    #: Watched with everything below.
    deep: tuple[tuple[Path, int], ...]


class TableFile(NamedTuple):
    """A spreadsheet that a file of cards names."""

    name: str
    sheet: str
    #: The folder of the pictures that its cells name without one.
    media: str


class Inputs:
    """Scans the inputs of one project repeatedly."""

    def __init__(self, root: Path) -> None:
        self.root = root
        #: The stamp of each file of cards, and the pictures that it may name.
        self._named: dict[str, tuple[Stamp, frozenset[str]]] = {}
        #: By file of cards: its stamp, and the spreadsheets it names.
        self._tables: dict[str, tuple[Stamp, tuple[TableFile, ...]]] = {}
        #: By spreadsheet: its stamp, and the pictures that its cells may name.
        self._shown: dict[TableFile, tuple[Stamp, frozenset[str]]] = {}

    def scan(self) -> InputStamps:
        """Return the stamp of every input that exists, by name relative to the project, with `/`."""
        found: InputStamps = {}
        for name in (PROJECT_FILE, LOCK_FILE):
            self._add(found, name)
        cards: InputStamps = {}
        for name in self._below(CARDS_FOLDER, (".toml",)):
            self._add(cards, name)
        found |= cards
        for name in self._below(TEMPLATES_FOLDER, ENDINGS):
            self._add(found, name)
        tables = self._spreadsheets(cards)
        for each in tables:
            self._add(found, each.name)
        for name in self._pictures(cards) | self._pictures_of(tables, found):
            self._add(found, name)
        return found

    def folders(self) -> WatchedFolders:
        """Return the folders where an input can change, appear or disappear."""
        named = {name for _, names in (*self._named.values(), *self._shown.values()) for name in names}
        named |= {each.name for each in self._shown}
        above = {name.rpartition("/")[0] for name in named}
        folders = {self.root, *(self.root / name for name in above if is_inside(self.root, name))}
        deep = [self.root / name for name in (CARDS_FOLDER, TEMPLATES_FOLDER) if is_inside(self.root, name)]
        return WatchedFolders(tuple(_known(sorted(folders))), tuple(_known(deep)))

    def _add(self, found: InputStamps, name: str) -> None:
        stamp = _stamp(self.root / spelt(self.root, name))
        if stamp:
            found[name] = stamp

    def _below(self, folder: str, endings: tuple[str, ...]) -> Iterator[str]:
        """Yield the input files below a folder, without hidden ones."""
        if not is_inside(self.root, folder):
            return
        for where, folders, files in os.walk(self.root / folder):
            folders[:] = [name for name in folders if not name.startswith(".")]
            here = Path(where).relative_to(self.root).as_posix()
            yield from (
                f"{here}/{name}" for name in files if name.endswith(endings) and not name.startswith(".")
            )

    def _pictures(self, cards: InputStamps) -> set[str]:
        """Return the pictures that texts may name, existing or not; a text is read once after each save."""
        self._named = {
            name: known if (known := self._named.get(name)) and known[0] == stamp else self._read(name, stamp)
            for name, stamp in cards.items()
        }
        return {picture for _, pictures in self._named.values() for picture in pictures}

    def _spreadsheets(self, cards: InputStamps) -> set[TableFile]:
        """Return the spreadsheets that files of cards name, there or not."""
        self._tables = {
            name: known
            if (known := self._tables.get(name)) and known[0] == stamp
            else (stamp, tuple(_tables_in(self._text(name))))
            for name, stamp in cards.items()
        }
        return {each for _, tables in self._tables.values() for each in tables}

    def _pictures_of(self, tables: set[TableFile], found: InputStamps) -> set[str]:
        """Return the pictures that cells may name; a spreadsheet is read once for each time it is saved."""
        self._shown = {
            each: known
            if (known := self._shown.get(each)) and known[0] == found.get(each.name, _FOLDER)
            else (found.get(each.name, _FOLDER), self._pictures_in_cells(each))
            for each in tables
        }
        return {name for _, names in self._shown.values() for name in names}

    def _pictures_in_cells(self, table: TableFile) -> frozenset[str]:
        try:
            content = read_bytes(self.root, spelt(self.root, table.name), LARGEST)
        except (OSError, ValueError):
            return frozenset()
        grid = read(table.name, content, sheet=table.sheet)
        if not isinstance(grid, Grid):
            return frozenset()
        named = set(_pictures_in("\n".join(cell for row in grid.rows for cell in row if "." in cell)))
        folder = f"{table.media.strip('/')}/" if table.media else ""
        return frozenset(filter(_is_below, named | {folder + name for name in named if "/" not in name}))

    def _text(self, name: str) -> str:
        try:
            return read_bytes(self.root, name).decode(errors="replace")
        except OSError:
            return ""

    def _read(self, name: str, stamp: Stamp) -> tuple[Stamp, frozenset[str]]:
        return stamp, frozenset(filter(_is_below, _pictures_in(self._text(name))))


def differing(before: InputStamps, now: InputStamps) -> frozenset[str]:
    """Return the names that changed, appeared or disappeared."""
    return frozenset(name for name in before.keys() | now.keys() if before.get(name) != now.get(name))


def _stamp(path: Path) -> Stamp | None:
    try:
        status = path.stat()
    except (OSError, ValueError):
        return None
    if not os.path.isfile(path):  # noqa: PTH113 - a pipe or a folder cannot be read, which reading reports
        return _FOLDER
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


def _pictures_in(text: str) -> Iterator[str]:
    """Yield everything in a text that may be the path of a picture; too many do no harm."""
    for ending in _ENDING.finditer(text):
        yield unquote(_BEFORE.split(text[max(0, ending.start() - _LONGEST) : ending.end()])[-1].strip())


def _tables_in(text: str) -> Iterator[TableFile]:
    for table in tables_in(text):
        name, sheet, media = (table.get(key, "") for key in ("file", "sheet", "media"))
        if isinstance(name, str) and is_below(name):
            yield TableFile(
                name, sheet if isinstance(sheet, str) else "", media if isinstance(media, str) else ""
            )


def _known(folders: list[Path]) -> Iterator[tuple[Path, int]]:
    for folder in folders:
        try:
            status = folder.stat()
        except OSError:
            continue
        if folder.is_dir():
            yield folder, status.st_ino


def _is_below(name: str) -> bool:
    """Return whether a path stays in the project."""
    return not name.startswith(("/", "~")) and ".." not in PurePosixPath(name).parts and "://" not in name
