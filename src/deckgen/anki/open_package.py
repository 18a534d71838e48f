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
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO
from zipfile import BadZipFile, ZipFile

#: Limit for the bytes of an unpacked collection; 100,000 notes take a twentieth of it.
MOST_BYTES = 2_000_000_000
#: Limit for the bytes of the list of media.
_MOST_LISTED = 50_000_000
#: Limit for the bytes of a value, such as all fields of a note.
_MOST_IN_A_VALUE = 50_000_000
_TABLES = frozenset({"col", "notes", "cards"})
#: What older schemas keep as JSON in `col` has tables of its own since this one.
SCHEMA_WITH_TABLES = 15
_LATER_TABLES = frozenset({"notetypes", "fields", "templates", "decks"})
#: The latest schema that Anki exports.
_LATEST_SCHEMA = 18
#: Steps of SQLite's virtual machine allowed for an empty file, and for each byte: a row takes about twenty.
_STEPS, _STEPS_A_BYTE, _STEPS_AT_ONCE = 10_000_000, 2, 100_000
_PIECE = 1 << 20
_SQLITE = b"SQLite format 3\0"
#: The member that only the latest layout has, compressed like its list of media and its media.
_COMPRESSED = "collection.anki21b"
#: Where a collection may be. In the later layouts the last of them says in one note that Anki is too old.
_COLLECTIONS = (_COMPRESSED, "collection.anki21", "collection.anki2")
#: What a file that is damaged makes of the libraries that read it.
DAMAGE = (BadZipFile, KeyError, zlib.error, EOFError, NotImplementedError, RuntimeError)


class PackageError(ValueError):
    """A file that cannot be read as a package; the message says why, in a sentence that begins with `it` or `its`."""


class OpenPackage:
    """An open package: its collection, and its other files."""

    def __init__(self, package: ZipFile, connection: sqlite3.Connection, *, is_compressed: bool) -> None:
        self._package = package
        self.collection = connection
        #: Whether it has the latest layout: its list of media and its media are compressed with Zstandard.
        self.is_compressed = is_compressed

    def sizes(self) -> dict[str, int]:
        """Return the bytes of each file of the package by its name, as the ZIP declares them."""
        return {info.filename: info.file_size for info in self._package.infolist()}

    def read(self, name: str) -> bytes | None:
        """Return a small file of the package as it is stored, None if there is none."""
        try:
            info = self._package.getinfo(name)
        except KeyError:
            return None
        with self._package.open(info) as stream:
            return _limited(stream, name)

    def read_compressed(self, name: str) -> bytes | None:
        """Return a small file of the package, decompressed where the layout compresses; None if there is none."""
        if not self.is_compressed:
            return self.read(name)
        from deckgen.anki import zstd

        try:
            with self._package.open(name) as stream, zstd.unzstd(stream) as plain:
                return _limited(plain, name)
        except KeyError:
            return None
        except zstd.DAMAGE as error:
            raise PackageError(f"its `{name}` is damaged") from error


@contextmanager
def open_package(path: Path, *, any_layout: bool = False) -> Iterator[OpenPackage]:
    """Open a package to read it: as deckgen writes them, or with `any_layout` as any version of Anki does.

    Raises:
        OSError: if it cannot be read.
        PackageError: if it is not a package, is damaged, or contains code; also raised while it is read.
    """
    if not stat.S_ISREG(path.stat().st_mode):
        raise PackageError("it is not a regular file")
    try:
        with ZipFile(path) as package, tempfile.TemporaryDirectory(prefix="deckgen-") as folder:
            name = _collection(package, any_layout=any_layout)
            collection = Path(folder) / "collection"
            with package.open(name) as stream:
                _extract(stream, collection, is_compressed=name == _COMPRESSED)
            with closing(_connect(collection)) as connection:
                yield OpenPackage(package, connection, is_compressed=name == _COMPRESSED)
    except DAMAGE as error:
        raise PackageError("it is damaged, or not a package") from error
    except (sqlite3.Error, UnicodeDecodeError) as error:
        raise PackageError("its collection is damaged") from error


def _collection(package: ZipFile, *, any_layout: bool) -> str:
    """Return the name of the member that is the collection."""
    found = next((name for name in _COLLECTIONS if name in package.NameToInfo), None)
    if not any_layout and found != _COLLECTIONS[-1]:
        raise PackageError("not a package that deckgen wrote")
    if found is None:
        raise PackageError("it is a ZIP file, but not a package of Anki")
    if package.getinfo(found).flag_bits & 1:
        raise PackageError("it has a password")
    return found


def _extract(packed: IO[bytes], path: Path, *, is_compressed: bool) -> None:
    """Write a collection to the disk, with a limit on its size."""
    if is_compressed:
        from deckgen.anki import zstd

        try:
            with zstd.unzstd(packed) as stream:
                _copy(stream, path)
        except zstd.DAMAGE as error:
            raise PackageError("its collection is damaged") from error
    else:
        _copy(packed, path)


def _copy(stream: IO[bytes], path: Path) -> None:
    left = MOST_BYTES
    with path.open("wb") as out:
        while piece := stream.read(_PIECE):
            if left == MOST_BYTES and not piece.startswith(_SQLITE[: len(piece)]):
                raise PackageError("its collection is not a database")
            left -= len(piece)
            if left < 0:
                raise PackageError(f"its collection is larger than {MOST_BYTES // 1_000_000} MB")
            out.write(piece)


def _limited(stream: IO[bytes], name: str) -> bytes:
    content = bytearray()
    # In pieces: a stream makes room at once for as much as it is asked for.
    while piece := stream.read(_PIECE):
        content += piece
        if len(content) > _MOST_LISTED:
            raise PackageError(f"its `{name}` is too large")
    return bytes(content)


def _connect(path: Path) -> sqlite3.Connection:
    # Immutable, because a collection of the latest layout is in WAL mode and would need files beside it.
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        for pragma in ("trusted_schema = OFF", "cell_size_check = ON", "mmap_size = 0"):
            connection.execute(f"PRAGMA {pragma}")
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _MOST_IN_A_VALUE)
        left = _STEPS + _STEPS_A_BYTE * path.stat().st_size

        def step() -> int:
            nonlocal left
            left -= _STEPS_AT_ONCE
            return left < 0

        connection.set_progress_handler(step, _STEPS_AT_ONCE)
        plain = _plain_tables(connection)
        _check_columns(connection, plain, _TABLES)
        tables = _TABLES
        if schema_of(connection) >= SCHEMA_WITH_TABLES:
            # The collation of names; nothing here is ordered by it.
            connection.create_collation("unicase", lambda one, other: (one > other) - (one < other))
            _check_columns(connection, plain, _LATER_TABLES)
            tables |= _LATER_TABLES
        connection.set_authorizer(_authorizer(tables))
    except BaseException:
        connection.close()
        raise
    return connection


def schema_of(connection: sqlite3.Connection) -> int:
    """Return the version of a collection's schema.

    Raises:
        PackageError: if it is none, or later than any that is known here.
    """
    found = connection.execute("SELECT ver FROM col").fetchone()
    if found is None or not isinstance(found[0], int):
        raise PackageError("its collection is damaged")
    version: int = found[0]
    if version > _LATEST_SCHEMA:
        raise PackageError("it was written by a later Anki: export it with `Support older Anki versions`")
    return version


def _plain_tables(connection: sqlite3.Connection) -> set[str]:
    rows = connection.execute("SELECT name, type, rootpage FROM sqlite_master").fetchall()
    # A virtual table has no root page.
    return {name for name, kind, page in rows if kind == "table" and isinstance(page, int) and page > 0}


def _check_columns(connection: sqlite3.Connection, plain: set[str], tables: frozenset[str]) -> None:
    """Check that tables are there and plain: any read of a generated column would compute it."""
    if not plain >= tables or any(
        row[6] for name in sorted(tables) for row in connection.execute(f"PRAGMA table_xinfo({name})")
    ):
        raise PackageError("its collection is not as Anki writes it")


_Authorizer = Callable[[int, str | None, str | None, str | None, str | None], int]


def _authorizer(tables: frozenset[str]) -> _Authorizer:
    def authorize(
        action: int, table: str | None, _column: str | None, _base: str | None, by: str | None
    ) -> int:
        """Allow statements to read these tables and nothing else; `by` is the view or trigger that asks."""
        if action == sqlite3.SQLITE_SELECT or (
            action == sqlite3.SQLITE_READ and by is None and table in tables
        ):
            return sqlite3.SQLITE_OK
        return sqlite3.SQLITE_DENY

    return authorize
