"""Give notes of a package another content, and leave all else as it is."""

from __future__ import annotations

import json
import sqlite3
import tempfile
import zlib
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from zipfile import BadZipFile, ZipFile

import msgspec

from deckgen.anki.collection import copy_collection, pieces
from deckgen.anki.zip import zipped


class Revision(msgspec.Struct, frozen=True):
    """A note of a package as it is to be."""

    guid: str
    mod: int
    fields: tuple[str, ...]
    #: As they have to be already; otherwise other cards would have to be made.
    tags: tuple[str, ...]
    cards: tuple[int, ...]


def repack(package: Path, revisions: Sequence[Revision]) -> bytes | None:
    """Return a package with notes revised: the bytes that a build of all its notes would give.

    Gives None where that cannot be done: the package is damaged, or lacks a note or a card.
    """
    try:
        with tempfile.TemporaryDirectory(prefix="deckgen-") as folder:
            old, new = Path(folder) / "old", Path(folder) / "new"
            with ZipFile(package) as there:
                old.write_bytes(_inflated(there, "collection.anki2"))
                names = json.loads(there.read("media"))
                media = {name: there.read(number) for number, name in names.items()}
            if not _revise(old, revisions):
                return None
            copy_collection(old, new)
            return zipped(pieces(new), media)
    except (OSError, BadZipFile, KeyError, ValueError, EOFError, zlib.error, sqlite3.Error):
        return None


def _inflated(package: ZipFile, name: str) -> bytes:
    """Return a member, inflated by ISA-L, which takes a third of zlib's time."""
    from isal import isal_zlib

    info = package.getinfo(name)
    stream = package.fp
    if stream is None:
        raise ValueError("the zip is closed")
    stream.seek(info.header_offset + 26)
    lengths = stream.read(4)
    stream.seek(int.from_bytes(lengths[:2], "little") + int.from_bytes(lengths[2:], "little"), 1)
    content = isal_zlib.decompress(stream.read(info.compress_size), -isal_zlib.MAX_WBITS)
    if isal_zlib.crc32(content) != info.CRC:
        raise BadZipFile(name)
    return content


def _revise(collection: Path, revisions: Sequence[Revision]) -> bool:
    with closing(sqlite3.connect(collection)) as connection, connection:
        for each in revisions:
            found = connection.execute(
                "SELECT id, tags FROM notes WHERE guid = ? LIMIT 2", (each.guid,)
            ).fetchall()
            if len(found) != 1 or tuple(found[0][1].split()) != each.tags:
                return False
            (id_,) = found[0][:1]
            cards = connection.execute("SELECT ord FROM cards WHERE nid = ? ORDER BY ord", (id_,))
            if tuple(ord_ for (ord_,) in cards) != each.cards:
                return False
            fields = "\x1f".join(each.fields)
            connection.execute(
                "UPDATE notes SET mod = ?, flds = ?, sfld = ? WHERE id = ?",
                (each.mod, fields, each.fields[0], id_),
            )
            connection.execute("UPDATE cards SET mod = ? WHERE nid = ?", (each.mod, id_))
    return True
