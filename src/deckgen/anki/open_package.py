"""Open packages from unknown sources: nothing in them runs, and reading takes time proportional to their size.

A database can contain views, triggers, generated columns and virtual tables with any SQL (SQLite, "Defense
Against The Dark Arts"). Here only the plain tables of a collection can be read, and the steps of a statement
are limited by the size of the file.
"""

from __future__ import annotations

import sqlite3
import stat
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from zipfile import BadZipFile, ZipFile

#: Limit for the bytes of an unpacked collection; 100,000 notes take a twentieth of it.
MOST_BYTES = 2_000_000_000
#: Limit for the bytes of the list of media.
_MOST_LISTED = 50_000_000
_TABLES = frozenset({"col", "notes", "cards"})
#: Steps of SQLite's virtual machine allowed for an empty file, and for each byte: a row takes about twenty.
_STEPS, _STEPS_A_BYTE, _STEPS_AT_ONCE = 10_000_000, 2, 100_000
_PIECE = 1 << 20


class PackageError(ValueError):
    """A file that is not a package as deckgen writes them; the message says why."""


class OpenPackage:
    """An open package: its collection, and its other files."""

    def __init__(self, package: ZipFile, connection: sqlite3.Connection) -> None:
        self._package = package
        self.collection = connection

    def read(self, name: str) -> bytes | None:
        """Return a small file of the package, None if there is none."""
        try:
            info = self._package.getinfo(name)
        except KeyError:
            return None
        with self._package.open(info) as stream:
            content = stream.read(_MOST_LISTED + 1)
        if len(content) > _MOST_LISTED:
            raise PackageError(f"its `{name}` is too large")
        return content


@contextmanager
def open_package(path: Path) -> Iterator[OpenPackage]:
    """Open a package to read it.

    Raises:
        OSError: if it cannot be read.
        PackageError: if it is not a package, is damaged, or contains code; also raised while it is read.
    """
    if not stat.S_ISREG(path.stat().st_mode):
        raise PackageError("it is not a regular file")
    try:
        with ZipFile(path) as package, tempfile.TemporaryDirectory(prefix="deckgen-") as folder:
            names = package.namelist()
            if "collection.anki2" not in names or "collection.anki21b" in names:
                raise PackageError("not a package that deckgen wrote")
            collection = Path(folder) / "collection.anki2"
            _extract(package, "collection.anki2", collection)
            with closing(_connect(collection)) as connection:
                yield OpenPackage(package, connection)
    except (BadZipFile, KeyError, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise PackageError("it is damaged, or not a package") from error
    except sqlite3.Error as error:
        raise PackageError("its collection is damaged") from error


def _extract(package: ZipFile, name: str, path: Path) -> None:
    """Write a file of a package to the disk, with a limit on its size."""
    left = MOST_BYTES
    with package.open(name) as stream, path.open("wb") as out:
        while piece := stream.read(_PIECE):
            left -= len(piece)
            if left < 0:
                raise PackageError(f"its collection is larger than {MOST_BYTES // 1_000_000} MB")
            out.write(piece)


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        for pragma in ("trusted_schema = OFF", "cell_size_check = ON", "mmap_size = 0"):
            connection.execute(f"PRAGMA {pragma}")
        left = _STEPS + _STEPS_A_BYTE * path.stat().st_size

        def step() -> int:
            nonlocal left
            left -= _STEPS_AT_ONCE
            return left < 0

        connection.set_progress_handler(step, _STEPS_AT_ONCE)
        _check_tables(connection)
        connection.set_authorizer(_authorize)
    except BaseException:
        connection.close()
        raise
    return connection


def _check_tables(connection: sqlite3.Connection) -> None:
    rows = connection.execute("SELECT name, type, rootpage FROM sqlite_master").fetchall()
    # A virtual table has no root page.
    plain = {name for name, kind, page in rows if kind == "table" and isinstance(page, int) and page > 0}
    # Any read of a generated column would compute it.
    hidden = [row[6] for name in _TABLES for row in connection.execute(f"PRAGMA table_xinfo({name})")]
    if not plain >= _TABLES or any(hidden):
        raise PackageError("its collection is not as deckgen writes it")


def _authorize(action: int, table: str | None, _column: str | None, _base: str | None, by: str | None) -> int:
    """Allow statements to read the tables of a collection and nothing else; `by` is the view or trigger that asks."""
    if action == sqlite3.SQLITE_SELECT or (action == sqlite3.SQLITE_READ and by is None and table in _TABLES):
        return sqlite3.SQLITE_OK
    return sqlite3.SQLITE_DENY
