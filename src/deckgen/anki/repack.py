"""Give notes of a package another content, and leave all else as it is."""

from __future__ import annotations

import json
import threading
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from deckgen.anki.pages import Pages, Row, Table, Unlike, Value, text
from deckgen.anki.shelf import SEPARATOR
from deckgen.anki.zip import PIECE, PIECE_END, zipped

if TYPE_CHECKING:
    import sqlite3
    from zipfile import ZipFile

#: The member that every package begins with, and its place: after the local header, which is as long as this.
_COLLECTION, _HEAD = b"collection.anki2", 30
#: From each of these on an integer is kept otherwise (https://sqlite.org/fileformat.html#record_format).
_STEPS = (1, 2, 1 << 7, 1 << 15, 1 << 23, 1 << 31, 1 << 47)
#: Columns of Anki's tables of notes and of cards.
_GUID, _MOD, _TAGS, _FIELDS, _FIRST = 1, 3, 5, 6, 7
_NOTE, _ORDINAL, _CARD_MOD = 1, 3, 4
#: A text that SQLite may take for a number has none but these.
_OF_NUMBERS = frozenset("0123456789+-.eE \t\n\v\f\r")
_DAMAGES = (OSError, KeyError, ValueError, EOFError, zlib.error)


class Revision(NamedTuple):
    """A note of a package as it is to be."""

    id: int
    guid: str
    mod: int
    fields: tuple[str, ...]
    #: As they have to be already; otherwise other cards would have to be made.
    tags: tuple[str, ...]
    #: Ordinals, as they have to be already.
    cards: tuple[int, ...]


class _Opened(NamedTuple):
    """What is in a package."""

    #: The collection in pieces, and each deflated.
    pieces: list[bytes]
    deflated: list[bytes]


class Opening:
    """A package that a thread unpacks, while the notes to be revised are still being written.

    All of that is C, which works beside Python.
    """

    def __init__(self, package: Path) -> None:
        self._package = package
        self._opened: _Opened | None = None
        self._thread = threading.Thread(target=self._open, daemon=True)
        self._thread.start()

    def _open(self) -> None:
        with suppress(*_DAMAGES):
            self._opened = _opened(self._package)

    def revised(self, revisions: Sequence[Revision]) -> bytes | None:
        """Return the package with notes revised: the bytes that a build of all its notes would give.

        Gives None where that cannot be done: the package is damaged, or lacks a note or a card.
        """
        from zipfile import BadZipFile, ZipFile

        self._thread.join()
        if self._opened is None:
            return None
        try:
            with ZipFile(self._package) as there:
                media = _media(there)
            return _in_pages(self._opened, revisions, media) or _copied(self._opened, revisions, media)
        except (*_DAMAGES, BadZipFile):
            return None

    def close(self) -> None:
        """Be done with it, whether or not it was revised."""
        self._thread.join()


def _opened(package: Path) -> _Opened:
    """Return what is in a package, inflated by ISA-L, which takes a third of zlib's time.

    Raises:
        ValueError: if it is not as deckgen writes it.
    """
    from isal import isal_zlib

    packed = package.read_bytes()
    start = _HEAD + len(_COLLECTION)
    length, size = (int.from_bytes(packed[at : at + 4], "little") for at in (18, 22))
    if packed[:4] != b"PK\3\4" or packed[_HEAD:start] != _COLLECTION or packed[28:30] != b"\0\0":
        raise ValueError(package)
    try:
        opened = _pieces(packed, start, start + length, size)
    except isal_zlib.error as error:  # type: ignore[misc]  # its stubs take the class for an instance
        raise ValueError(package) from error
    crc = 0
    for piece in opened.pieces:
        crc = isal_zlib.crc32(piece, crc)
    if crc.to_bytes(4, "little") != packed[14:18]:
        raise ValueError(package)
    return opened


def _pieces(packed: bytes, start: int, end: int, size: int) -> _Opened:
    """Inflate a content that was deflated in pieces, each of which ends with a mark that may be elsewhere too."""
    from isal import isal_zlib

    view = memoryview(packed)
    opened = _Opened([], [])
    rest = size
    while rest:
        inflate = isal_zlib.decompressobj(-isal_zlib.MAX_WBITS)
        piece, begin, due = b"", start, min(rest, PIECE)
        while len(piece) < due:
            mark = packed.find(PIECE_END, start, end)
            if mark < 0:
                raise ValueError(size)
            mark += len(PIECE_END)
            piece += inflate.decompress(view[start:mark], due - len(piece) + 1)
            start = mark
        if len(piece) > due:
            raise ValueError(size)
        opened.pieces.append(piece)
        opened.deflated.append(packed[begin:start])
        rest -= due
    return opened


def _media(package: ZipFile) -> dict[str, bytes]:
    return {name: package.read(number) for number, name in json.loads(package.read("media")).items()}


def _in_pages(opened: _Opened, revisions: Sequence[Revision], media: Mapping[str, bytes]) -> bytes | None:
    """Change the pages that hold the notes, where all others stay as they are; otherwise return None."""
    try:
        pages = Pages(opened.pieces, PIECE)
        tables = pages.tables()
        notes, cards = tables["notes"], tables["cards"]
        notes.replace({each.id: _note(notes, each) for each in revisions})
        cards.replace(dict(pair for each in revisions for pair in _cards(cards, each)))
        changed = pages.pieces()
    except (Unlike, LookupError, UnicodeError, RecursionError):
        return None
    pieces = [changed.get(number, piece) for number, piece in enumerate(opened.pieces)]
    known = {number: packed for number, packed in enumerate(opened.deflated) if number not in changed}
    return zipped(pieces, media, known)


def _note(notes: Table, revision: Revision) -> Row:
    """Return the row of a note as it is to be."""
    id_, row = next(notes.rows(revision.id), (-1, []))
    if (
        id_ != revision.id
        or row[_GUID].text() != revision.guid
        or tuple(row[_TAGS].text().split()) != revision.tags
        # The column takes a number for a number, even if it is a text.
        or _OF_NUMBERS.issuperset(revision.fields[0])
    ):
        raise Unlike
    row[_MOD] = _stamp(row[_MOD], revision.mod)
    row[_FIELDS], row[_FIRST] = text(SEPARATOR.join(revision.fields)), text(revision.fields[0])
    return row


def _cards(cards: Table, revision: Revision) -> Iterator[tuple[int, Row]]:
    """Give the rows of a note's cards as they are to be."""
    ordinals = []
    # A card's id is its note's or the next that is free; so cards go in the order of their notes.
    for id_, row in cards.rows(revision.id):
        note = row[_NOTE].integer()
        if note > revision.id:
            break
        if note == revision.id:
            ordinals.append(row[_ORDINAL].integer())
            row[_CARD_MOD] = _stamp(row[_CARD_MOD], revision.mod)
            yield id_, row
    if tuple(sorted(ordinals)) != revision.cards:
        raise Unlike


def _stamp(old: Value, mod: int) -> Value:
    """Return a stamp that takes as many bytes as the old one."""
    if _size(old.integer()) != _size(mod):
        raise Unlike
    return Value(old.serial, mod.to_bytes(len(old.content), "big"))


def _copied(opened: _Opened, revisions: Sequence[Revision], media: Mapping[str, bytes]) -> bytes | None:
    """Copy the collection with the notes in it; return None where one lacks, or the collection is damaged."""
    import sqlite3

    from deckgen.anki.collection import Copy

    try:
        with closing(Copy(b"".join(opened.pieces))) as copy:
            if not all(_revise(copy.connection, each) for each in revisions):
                return None
            return zipped(copy.pieces(), media)
    except sqlite3.Error:
        return None


def _revise(connection: sqlite3.Connection, note: Revision) -> bool:
    """Revise a note in the old collection, before it is copied, and its cards in the copy; say whether it was there."""
    run = connection.execute
    found = run("SELECT guid, tags, mod FROM old.notes WHERE id = ?", (note.id,)).fetchone()
    if found is None or found[0] != note.guid or tuple(found[1].split()) != note.tags:
        return False
    cards = run("SELECT ord, mod FROM main.cards WHERE nid = ? ORDER BY ord", (note.id,)).fetchall()
    if tuple(ord_ for ord_, _ in cards) != note.cards:
        return False
    # Of the same size it is written in place, and the bytes are those of a copy.
    if any(_size(mod) != _size(note.mod) for _, mod in cards):
        return False
    fields = SEPARATOR.join(note.fields)
    run(
        "UPDATE old.notes SET mod = ?, flds = ?, sfld = ? WHERE id = ?",
        (note.mod, fields, note.fields[0], note.id),
    )
    run("UPDATE main.cards SET mod = ? WHERE nid = ?", (note.mod, note.id))
    return True


def _size(number: int) -> int:
    """Return a number that is the same for integers from 0 that take the same place in a row."""
    return sum(number >= step for step in _STEPS)
