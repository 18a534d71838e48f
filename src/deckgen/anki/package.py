"""Write packages (`.apkg`).

genanki's classes give the layout: schema, collection, decks and note types. What they would do row by row, slowly, or
by their own rules (stamps, cards, ids) is done here: notes and cards are inserted many rows at a time, and the
collection is compressed with fixed metadata, so that the same notes give the same bytes.
"""

from __future__ import annotations

import errno
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from itertools import chain
from pathlib import Path
from typing import Any, Protocol

import msgspec

from deckgen.anki.layout import Layout
from deckgen.anki.note_text import SEPARATOR
from deckgen.anki.zip import zipped
from deckgen.batches import batches
from deckgen.contents import contents as contents_of

#: Rows per statement; more gain nothing (SQLite's limit is 32,766 variables).
_NOTES_AT_ONCE = 40
_CARDS_AT_ONCE = 100
_NOTE_ROW = "(?, ?, ?, ?, -1, ?, ?, ?, 0, 0, '')"
_CARD_ROW = "(?, ?, ?, ?, ?, -1, 0, 0, ?, 0, 0, 0, 0, 0, 0, 0, 0, '')"
#: Bytes of a package from which on it is written to a file instead of memory, and about those of a note in it.
_LARGE, _NOTE = 8_000_000, 200
#: Bytes of a collection that are read at once.
_PIECE = 1 << 20
#: SQLite's primary result codes for errors of the system (https://sqlite.org/rescode.html).
_OF_THE_DISK = (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)
#: Offsets and lengths of header fields that depend on how the file was made: change counters and SQLite's version
#: (https://sqlite.org/fileformat.html#file_change_counter).
_COUNTERS = ((24, 4), (92, 8))


class StampedNote(msgspec.Struct, frozen=True, gc=False):
    """A note with everything that goes into a package."""

    #: Milliseconds since 1970, unique in the package.
    id: int
    guid: str
    #: Id of the note type.
    note_type: int
    #: Seconds since 1970: Anki takes the note if its own copy is older.
    mod: int
    deck: str
    #: Its number in the package, in the source's order, and that of its content (`deckgen.anki.note_text`).
    number: int
    #: Ordinals of its cards, ascending.
    cards: tuple[int, ...]
    #: Places of its cards among the new ones, from 1; if empty, the place of the note in the package.
    #: There are fewer than cards if the project's own templates make more cards: the last place counts for the rest.
    dues: tuple[int, ...] = ()
    #: (ordinal, full name of its deck) of each card that is in another deck.
    elsewhere: tuple[tuple[int, str], ...] = ()


class NoteContents(Protocol):
    """Contents of notes by number: each is read once, so that they need not be in memory."""

    def __len__(self) -> int: ...

    def __getitem__(self, number: int, /) -> str: ...


def write_package(
    notes: Iterable[StampedNote],
    contents: NoteContents,
    layout: Layout,
    media: Mapping[str, bytes],
    scratch: Path | None = None,
) -> bytes | Path:
    """Return a package of notes, which come in the order of their ids.

    A large one is a new file in the folder `scratch`, if there is one.

    `media` maps names of files to contents. Temporary files are in `scratch` too.
    """
    files = contents_of(media)
    size = _NOTE * len(contents) + sum(content.size for content in files.contents.values())
    return zipped(
        _Collection(notes, contents, layout).pieces(scratch), files, scratch if size >= _LARGE else None
    )


class _Collection:
    """A collection of notes in any decks, so that the time to write it grows with the notes and not with the decks."""

    def __init__(self, notes: Iterable[StampedNote], contents: NoteContents, layout: Layout) -> None:
        self._notes = notes
        self._contents = contents
        self._layout = layout

    def pieces(self, scratch: Path | None) -> Iterator[bytes]:
        """Yield its bytes, from a file in a folder."""
        # A process that is killed removes nothing: the next build does.
        with tempfile.TemporaryDirectory(prefix=".deckgen-", dir=scratch) as folder:
            path = Path(folder) / "collection.anki2"
            with _new_collection(path) as connection:
                self._write(connection.cursor())
            with path.open("rb") as stream:
                yield _without_counters(stream.read(_PIECE))
                while piece := stream.read(_PIECE):
                    yield piece

    def _write(self, cursor: sqlite3.Cursor) -> None:
        for statement in self._layout.tables:
            cursor.execute(statement)
        cursor.execute("INSERT INTO col VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", self._layout.row)
        self._write_rows(cursor)
        # Building an index once is faster than updating it with every row.
        for statement in self._layout.indexes:
            cursor.execute(statement)

    def _write_rows(self, cursor: sqlite3.Cursor) -> None:
        last_card = 0
        for some in batches(self._notes, _NOTES_AT_ONCE):
            notes: list[Any] = []
            cards: list[tuple[int, ...]] = []
            for note in some:
                tags, _, fields = self._contents[note.number].partition(SEPARATOR)
                first, _, _ = fields.partition(SEPARATOR)
                notes += (note.id, note.guid, note.note_type, note.mod, tags, fields, first)
                for number, ordinal in enumerate(note.cards):
                    # A card has its note's id, or the next free one.
                    last_card = max(last_card + 1, note.id)
                    cards.append(self._card(last_card, note, number, ordinal))
            _insert(cursor, "notes", _NOTE_ROW, len(some), notes)
            for several in batches(cards, _CARDS_AT_ONCE):
                _insert(cursor, "cards", _CARD_ROW, len(several), [*chain.from_iterable(several)])

    def _card(self, id_: int, note: StampedNote, number: int, ordinal: int) -> tuple[int, ...]:
        """Return a row of a card: id, note, deck, ordinal, stamp, place."""
        homes = self._layout.decks
        elsewhere = dict(note.elsewhere).get(ordinal) if note.elsewhere else None
        due = note.dues[min(number, len(note.dues) - 1)] if note.dues else note.number + 1
        return id_, note.id, homes[elsewhere or note.deck], ordinal, note.mod, due


def _insert(cursor: sqlite3.Cursor, table: str, row: str, count: int, values: list[Any]) -> None:
    cursor.execute(f"INSERT INTO {table} VALUES {', '.join([row] * count)}", values)  # noqa: S608 -- placeholders only


@contextmanager
def _new_collection(path: Path) -> Iterator[sqlite3.Connection]:
    """Create a collection at `path`; it is committed if nothing fails.

    Raises:
        OSError: if the disk is full, or cannot be written for another reason.
    """
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            # No other process sees the file, and it is deleted if anything fails.
            connection.execute("PRAGMA journal_mode = OFF")
            connection.execute("PRAGMA synchronous = OFF")
            connection.execute("BEGIN")
            yield connection
            connection.execute("COMMIT")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF not in _OF_THE_DISK:
            raise
        raise OSError(errno.EIO, str(error), str(path)) from error


def _without_counters(head: bytes) -> bytes:
    made = bytearray(head)
    for start, length in _COUNTERS:
        made[start : start + length] = bytes(length)
    return bytes(made)
