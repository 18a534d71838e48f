"""Collections inside of packages: SQLite files whose bytes hang on their rows alone.

Each is made in one transaction: cards before notes, each table in the order of its ids, its indexes once its rows are
there. So what notes say changes nothing of what stands before them.
"""

from __future__ import annotations

import errno
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from deckgen.anki.zip import PIECE

#: Up to so many bytes a copy is made in memory.
_IN_MEMORY = 64_000_000
#: What SQLite says when the system lets it down, without the details (https://sqlite.org/rescode.html).
_OF_THE_DISK = (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)
#: Counters of the header that tell how a file came about: changes, the last change that SQLite's version is told of,
#: and that version (https://sqlite.org/fileformat.html#file_change_counter).
_COUNTERS = ((24, 4), (92, 8))


@contextmanager
def new_collection(path: Path) -> Iterator[sqlite3.Connection]:
    """Make a collection at `path`; it is committed where nothing fails.

    Raises:
        OSError: if the disk is full, or cannot be written for another reason.
    """
    try:
        with closing(_opened(str(path))) as connection:
            connection.execute("BEGIN")
            yield connection
            connection.execute("COMMIT")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF not in _OF_THE_DISK:
            raise
        raise OSError(errno.EIO, str(error), str(path)) from error


def pieces(path: Path) -> Iterator[bytes]:
    """Give the bytes of a collection in pieces."""
    with path.open("rb") as stream:
        yield _without_counters(stream.read(PIECE))
        while piece := stream.read(PIECE):
            yield piece


def in_order(statements: Iterable[str]) -> tuple[list[str], list[str], list[str]]:
    """Return what makes the tables, the indexes of notes, and all other indexes."""
    tables: list[str] = []
    of_notes: list[str] = []
    others: list[str] = []
    for statement in statements:
        words = statement.split(None, 5)
        if words[:2] == ["CREATE", "INDEX"]:
            (of_notes if words[4] == "notes" else others).append(statement)
        else:
            tables.append(statement)
    return tables, of_notes, others


class Copy:
    """A collection that is being copied, as it would come about from the start.

    Raises:
        sqlite3.Error: if the old one is damaged.
    """

    def __init__(self, content: bytes) -> None:
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        new, old = ":memory:", ":memory:"
        in_memory = len(content) <= _IN_MEMORY and hasattr(sqlite3.Connection, "deserialize")
        if not in_memory:
            self._folder = tempfile.TemporaryDirectory(prefix="deckgen-")
            new, old = (str(Path(self._folder.name) / name) for name in ("new", "old"))
        self._file = Path(new)
        #: The copy is `main`; what it is made of is `old`, and may be changed before it is copied.
        self.connection = _opened(new)
        try:
            if not in_memory:
                Path(old).write_bytes(content)
            self.connection.execute("ATTACH ? AS old", (old,))
            if in_memory:
                self.connection.deserialize(content, name="old")
            self.connection.execute("PRAGMA old.journal_mode = OFF")
            self.connection.execute("PRAGMA old.synchronous = OFF")
        except BaseException:
            self.close()
            raise

    def pieces(self) -> Iterator[bytes | memoryview]:
        """Copy it, and give the bytes of the copy in pieces."""
        run = self.connection.execute
        run("BEGIN")
        made = run("SELECT sql FROM old.sqlite_master WHERE sql IS NOT NULL ORDER BY rowid").fetchall()
        tables, of_notes, others = in_order(statement for (statement,) in made)
        for statement in tables:
            run(statement)
        for table in ("col", "cards"):
            run(f"INSERT INTO main.{table} SELECT * FROM old.{table}")  # noqa: S608 -- names from here
        for statement in others:
            run(statement)
        run("INSERT INTO main.notes SELECT * FROM old.notes")
        for statement in of_notes:
            run(statement)
        run("COMMIT")
        if self._folder is not None:
            self.connection.close()
            yield from pieces(self._file)
            return
        content = memoryview(self.connection.serialize())
        yield _without_counters(content[:PIECE])
        for start in range(PIECE, len(content), PIECE):
            yield content[start : start + PIECE]

    def close(self) -> None:
        """Be done with it."""
        self.connection.close()
        if self._folder is not None:
            self._folder.cleanup()


def _opened(path: str) -> sqlite3.Connection:
    """Open a file that nobody else sees, and that is thrown away when anything fails."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = OFF")
    connection.execute("PRAGMA synchronous = OFF")
    return connection


def _without_counters(head: bytes | memoryview) -> bytes:
    made = bytearray(head)
    for start, length in _COUNTERS:
        made[start : start + length] = bytes(length)
    return bytes(made)
