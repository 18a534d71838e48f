"""Give notes of a package another content, and leave all else as it is."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from deckgen.anki.pages import Pages, Row, Table, Unlike, Value, text
from deckgen.anki.shelf import SEPARATOR
from deckgen.anki.zip import COLLECTION, PIECE, PIECE_END, pack, put_together, zipped

if TYPE_CHECKING:
    import sqlite3
    from zipfile import ZipFile

#: Bytes of the local header of a zip's member, before its name.
_HEAD = 30
#: A collection of so many pieces is looked at as a whole, whether it is damaged: it takes some milliseconds.
_FEW = 4
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


def revised(package: Path, revisions: Sequence[Revision]) -> bytes | None:
    """Return a package with notes revised: the bytes that a build of all its notes would give.

    Of a large package, what stays as it is is taken as it stands there, unseen. Gives None where that cannot be
    done: the package is damaged, or lacks a note or a card.
    """
    from zipfile import BadZipFile, ZipFile

    try:
        collection = _Collection(package.read_bytes())
        if len(collection.packed) <= _FEW:
            collection.all_pieces()
        with ZipFile(package) as there:
            media = _media(there)
        return _in_pages(collection, revisions, media) or _copied(collection, revisions, media)
    except (*_DAMAGES, BadZipFile):
        return None


class _Collection:
    """The collection of a package in its pieces, each of which is inflated when it is first wanted.

    Raises:
        ValueError: if it is not as deckgen writes it.
    """

    def __init__(self, package: bytes) -> None:
        start = _HEAD + len(COLLECTION)
        length, self.size = (int.from_bytes(package[at : at + 4], "little") for at in (18, 22))
        self.crc = int.from_bytes(package[14:18], "little")
        if (
            package[:4] != b"PK\3\4"
            or package[_HEAD:start] != COLLECTION.encode()
            or package[28:30] != b"\0\0"
        ):
            raise ValueError
        view = memoryview(package)
        #: The pieces as they are deflated.
        self.packed: list[memoryview] = []
        end = start + length
        while (mark := package.find(PIECE_END, start, end)) >= 0:
            self.packed.append(view[start : mark + len(PIECE_END)])
            start = mark + len(PIECE_END)
        # Now and then, the mark stands by chance in what is deflated.
        if len(self.packed) != -(-self.size // PIECE):
            raise ValueError
        self._inflated: dict[int, bytes] = {}

    def piece(self, number: int) -> bytes:
        """Return a piece by its number, from 0."""
        piece = self._inflated.get(number)
        if piece is None:
            due = min(PIECE, self.size - number * PIECE)
            piece = self._inflated[number] = _inflated(self.packed[number], due)
        return piece

    def all_pieces(self) -> list[bytes]:
        """Return all pieces.

        Raises:
            ValueError: if they are not what they were.
        """
        from isal import isal_zlib

        pieces = [self.piece(number) for number in range(len(self.packed))]
        crc = 0
        for piece in pieces:
            crc = isal_zlib.crc32(piece, crc)
        if crc != self.crc:
            raise ValueError
        return pieces

    def after(self, number: int) -> int:
        """Return how many bytes are behind a piece."""
        return max(0, self.size - (number + 1) * PIECE)


def _inflated(deflated: memoryview, size: int) -> bytes:
    """Inflate a piece by ISA-L, which takes a third of zlib's time.

    Raises:
        ValueError: if it is no piece of that size.
    """
    from isal import isal_zlib

    try:
        inflated: bytes = isal_zlib.decompressobj(-isal_zlib.MAX_WBITS).decompress(deflated, size + 1)
    except isal_zlib.error as error:  # type: ignore[misc]  # its stubs take the class for an instance
        raise ValueError from error
    if len(inflated) != size:
        raise ValueError
    return inflated


def _media(package: ZipFile) -> dict[str, bytes]:
    return {name: package.read(number) for number, name in json.loads(package.read("media")).items()}


def _in_pages(
    collection: _Collection, revisions: Sequence[Revision], media: Mapping[str, bytes]
) -> bytes | None:
    """Change the pages that hold the notes, where all others stay as they are; otherwise return None."""
    from isal import isal_zlib

    try:
        pages = Pages(collection.piece, PIECE)
        tables = pages.tables()
        notes, cards = tables["notes"], tables["cards"]
        notes.replace({each.id: _note(notes, each) for each in revisions})
        cards.replace(dict(pair for each in revisions for pair in _cards(cards, each)))
        changed = pages.pieces()
    except (Unlike, LookupError, UnicodeError, RecursionError):
        return None
    pieces: list[bytes | memoryview] = [*collection.packed]
    crc = collection.crc
    for number, packed in zip(changed, pack(changed.values()), strict=True):
        # What a changed piece changes of the whole's checksum: both are linear.
        crc ^= isal_zlib.crc32_combine(
            isal_zlib.crc32(collection.piece(number)) ^ packed.crc, 0, collection.after(number)
        )
        pieces[number] = packed.deflated
    return put_together(pieces, collection.size, crc, media)


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


def _copied(
    collection: _Collection, revisions: Sequence[Revision], media: Mapping[str, bytes]
) -> bytes | None:
    """Copy the collection with the notes in it; return None where one lacks, or the collection is damaged."""
    import sqlite3

    from deckgen.anki.collection import Copy

    try:
        with closing(Copy(b"".join(collection.all_pieces()))) as copy:
            if not all(_revise(copy.connection, each) for each in revisions):
                return None
            return zipped(copy.pieces(), media)
    except sqlite3.Error:
        return None


def _revise(connection: sqlite3.Connection, note: Revision) -> bool:
    """Revise a note and its cards in the old collection, before it is copied; say whether they were there."""
    run = connection.execute
    found = run("SELECT guid, tags, mod FROM old.notes WHERE id = ?", (note.id,)).fetchone()
    if found is None or found[0] != note.guid or tuple(found[1].split()) != note.tags:
        return False
    cards = run("SELECT ord, mod FROM old.cards WHERE nid = ? ORDER BY ord", (note.id,)).fetchall()
    if tuple(ord_ for ord_, _ in cards) != note.cards:
        return False
    if any(_size(mod) != _size(note.mod) for _, mod in cards):
        return False
    fields = SEPARATOR.join(note.fields)
    run(
        "UPDATE old.notes SET mod = ?, flds = ?, sfld = ? WHERE id = ?",
        (note.mod, fields, note.fields[0], note.id),
    )
    run("UPDATE old.cards SET mod = ? WHERE nid = ?", (note.mod, note.id))
    return True


def _size(number: int) -> int:
    """Return a number that is the same for integers from 0 that take the same place in a row."""
    return sum(number >= step for step in _STEPS)
