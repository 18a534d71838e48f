"""Give notes of a package another content, and leave all else as it is."""

from __future__ import annotations

import json
import sqlite3
import threading
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from deckgen.anki.collection import Copy
from deckgen.anki.shelf import SEPARATOR

if TYPE_CHECKING:
    from zipfile import ZipFile

#: The member that every package begins with, and its place: after the local header, which is as long as this.
_COLLECTION, _HEAD = b"collection.anki2", 30
#: No deflated content is longer than so many times what it was deflated to (https://zlib.net/zlib_tech.html).
_MOST = 1032
#: From each of these on an integer is kept otherwise (https://sqlite.org/fileformat.html#record_format).
_STEPS = (1, 2, 1 << 7, 1 << 15, 1 << 23, 1 << 31, 1 << 47)
_DAMAGES = (OSError, KeyError, ValueError, EOFError, zlib.error, sqlite3.Error)


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


class Opening:
    """A package that a thread unpacks and half copies, while the notes to be revised are still being written.

    All of that is C, which works beside Python.
    """

    def __init__(self, package: Path) -> None:
        self._package = package
        self._copy: Copy | None = None
        self._thread = threading.Thread(target=self._open, daemon=True)
        self._thread.start()

    def _open(self) -> None:
        try:
            self._copy = Copy(_collection(self._package))
        except _DAMAGES:
            self._copy = None

    def revised(self, revisions: Sequence[Revision]) -> bytes | None:
        """Return the package with notes revised, once: the bytes that a build of all its notes would give.

        Gives None where that cannot be done: the package is damaged, or lacks a note or a card.
        """
        from zipfile import BadZipFile, ZipFile

        from deckgen.anki.zip import zipped

        self._thread.join()
        copy = self._copy
        if copy is None:
            return None
        try:
            if not all(_revise(copy.connection, each) for each in revisions):
                return None
            with ZipFile(self._package) as there:
                media = _media(there)
            return zipped(copy.pieces(), media)
        except (*_DAMAGES, BadZipFile):
            return None

    def close(self) -> None:
        """Be done with it, whether or not it was revised."""
        self._thread.join()
        if self._copy is not None:
            self._copy.close()
            self._copy = None


def _collection(package: Path) -> bytes:
    """Return the collection of a package, inflated by ISA-L, which takes a third of zlib's time.

    Raises:
        ValueError: if it is not as deckgen writes it.
    """
    from isal import isal_zlib

    packed = package.read_bytes()
    start = _HEAD + len(_COLLECTION)
    length, size = (int.from_bytes(packed[at : at + 4], "little") for at in (18, 22))
    if (
        packed[:4] != b"PK\3\4"
        or packed[_HEAD:start] != _COLLECTION
        or packed[28:30] != b"\0\0"
        or size > length * _MOST
    ):
        raise ValueError(package)
    try:
        content = isal_zlib.decompress(memoryview(packed)[start : start + length], -isal_zlib.MAX_WBITS, size)
    except isal_zlib.error as error:  # type: ignore[misc]  # its stubs take the class for an instance
        raise ValueError(package) from error
    if isal_zlib.crc32(content).to_bytes(4, "little") != packed[14:18]:
        raise ValueError(package)
    return content


def _media(package: ZipFile) -> dict[str, bytes]:
    return {name: package.read(number) for number, name in json.loads(package.read("media")).items()}


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
