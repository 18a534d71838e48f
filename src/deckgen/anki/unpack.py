"""Read a package back: what learners were given before."""

from __future__ import annotations

import json
import sqlite3
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

import msgspec

from deckgen.anki.note_text import SEPARATOR
from deckgen.core import top_level

#: Id of the deck "Default".
_DEFAULT_DECK = 1


class GivenNote(msgspec.Struct, frozen=True, kw_only=True):
    """A note as a package has it."""

    guid: str
    id: int
    mod: int
    #: Id of its note type.
    note_type: int
    fields: tuple[str, ...]
    tags: tuple[str, ...]
    #: Full name of its first card's deck; that of the package's topmost deck where it has no card.
    deck: str

    def field(self, given: GivenType, name: str) -> str:
        """Return the value of a field by its name, empty where there is none."""
        return dict(zip(given.fields, self.fields, strict=False)).get(name, "")


class GivenType(msgspec.Struct, frozen=True, kw_only=True):
    """A note type as a package has it."""

    id: int
    name: str
    mod: int
    fields: tuple[str, ...]
    #: (name, front, back) of each template.
    templates: tuple[tuple[str, str, str], ...]
    style: str


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """What a package holds."""

    notes: tuple[GivenNote, ...]
    types: dict[int, GivenType]
    #: Names of its media, sorted.
    media: tuple[str, ...]


class PackageError(ValueError):
    """A file that is no package of the layout that deckgen writes; the message says why."""


def unpack(path: Path) -> Given:
    """Read a package.

    Raises:
        OSError: if it cannot be read.
        PackageError: if it is no package, or one of a layout that only newer versions of Anki write.
    """
    try:
        with ZipFile(path) as package:
            if "collection.anki2" not in package.namelist() or "collection.anki21b" in package.namelist():
                raise PackageError("not a package that deckgen wrote")
            media = _media(package)
            with tempfile.TemporaryDirectory(prefix="deckgen-") as folder:
                package.extract("collection.anki2", folder)
                return _collection(Path(folder) / "collection.anki2", media)
    except (BadZipFile, KeyError, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise PackageError("it is damaged, or no package") from error
    except (sqlite3.Error, msgspec.MsgspecError, json.JSONDecodeError, AttributeError, TypeError) as error:
        raise PackageError("its collection is damaged") from error


def _media(package: ZipFile) -> tuple[str, ...]:
    try:
        return tuple(sorted(msgspec.json.decode(package.read("media"), type=dict[str, str]).values()))
    except KeyError:
        return ()


def _collection(path: Path, media: tuple[str, ...]) -> Given:
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        models, decks = connection.execute("SELECT models, decks FROM col").fetchone()
        names = {int(id_): str(deck["name"]) for id_, deck in json.loads(decks).items()}
        types = {int(id_): _type(int(id_), model) for id_, model in json.loads(models).items()}
        return Given(notes=tuple(_notes(connection, names)), types=types, media=media)


def _notes(connection: sqlite3.Connection, decks: dict[int, str]) -> Iterator[GivenNote]:
    home = dict(connection.execute("SELECT nid, did FROM cards ORDER BY nid, ord DESC"))
    # A package holds one top-level deck, beside the one that every collection has.
    top = next((top_level(name) for id_, name in sorted(decks.items()) if id_ != _DEFAULT_DECK), "")
    for id_, guid, type_id, mod, tags, fields in connection.execute(
        "SELECT id, guid, mid, mod, tags, flds FROM notes ORDER BY id"
    ):
        yield GivenNote(
            guid=guid,
            id=id_,
            mod=mod,
            note_type=type_id,
            fields=tuple(fields.split(SEPARATOR)),
            tags=tuple(tags.split()),
            deck=decks.get(home.get(id_, 0), top),
        )


def _type(id_: int, model: dict[str, Any]) -> GivenType:
    return GivenType(
        id=id_,
        name=str(model["name"]),
        mod=int(model["mod"]),
        fields=tuple(field["name"] for field in model["flds"]),
        templates=tuple((each["name"], each["qfmt"], each["afmt"]) for each in model["tmpls"]),
        style=str(model["css"]),
    )
