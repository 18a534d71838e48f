"""Collections inside of packages: their files, made whole in one transaction, so that rows alone decide the bytes."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

_PIECE = 1 << 20
#: What SQLite says when the system lets it down, without the details (https://sqlite.org/rescode.html).
_OF_THE_DISK = (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)


@contextmanager
def new_collection(path: Path) -> Iterator[sqlite3.Connection]:
    """Make a collection at `path`; it is committed where nothing fails.

    Raises:
        OSError: if the disk is full, or cannot be written for another reason.
    """
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            # Nobody else sees this file, and it is thrown away when anything fails.
            connection.execute("PRAGMA journal_mode = OFF")
            connection.execute("PRAGMA synchronous = OFF")
            connection.execute("BEGIN")
            yield connection
            connection.execute("COMMIT")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF not in _OF_THE_DISK:
            raise
        raise OSError(errno.EIO, str(error), str(path)) from error


def copy_collection(old: Path, new: Path) -> None:
    """Write the rows of a collection as `new_collection` would from the start: in order, into a new file.

    Raises:
        sqlite3.Error: if the old one is damaged.
    """
    with closing(sqlite3.connect(new, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("ATTACH ? AS old", (str(old),))
        connection.execute("BEGIN")
        made = connection.execute("SELECT sql FROM old.sqlite_master WHERE sql IS NOT NULL ORDER BY rowid")
        for (statement,) in made.fetchall():
            connection.execute(statement)
        # With an order SQLite inserts row by row, and does not copy pages as they lie.
        for table in ("col", "notes", "cards"):
            connection.execute(f"INSERT INTO main.{table} SELECT * FROM old.{table} ORDER BY id")  # noqa: S608
        connection.execute("COMMIT")


def pieces(path: Path) -> Iterator[bytes]:
    """Give the bytes of a file in pieces."""
    with path.open("rb") as stream:
        while piece := stream.read(_PIECE):
            yield piece
