"""Read a package back: what learners got before."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import msgspec

from deckgen.adopted import AdoptedType
from deckgen.anki.note_text import SEPARATOR
from deckgen.anki.open_package import PackageError, open_package
from deckgen.anki.type_json import TypeJson, adopted_of
from deckgen.core import top_level
from deckgen.identity import hash_bytes

_T = TypeVar("_T")
#: Id of the deck "Default".
_DEFAULT_DECK = 1


class UnpackedNote(msgspec.Struct, frozen=True, kw_only=True):
    """A note as a package has it."""

    guid: str
    id: int
    mod: int
    #: Id of its note type.
    note_type: int
    fields: tuple[str, ...]
    tags: tuple[str, ...]
    #: Full name of its first card's deck; the package's top-level deck if it has no card.
    deck: str
    #: Ordinals of its cards, ascending.
    cards: tuple[int, ...] = ()


class UnpackedType(msgspec.Struct, frozen=True, kw_only=True):
    """A note type as a package has it."""

    id: int
    name: str
    mod: int
    fields: tuple[str, ...]
    #: (name, front, back) of each template.
    templates: tuple[tuple[str, str, str], ...]
    style: str
    #: All that Anki has of it besides, None if that cannot be a note type's.
    definition: AdoptedType | None = None


class UnpackedPackage(msgspec.Struct, frozen=True, kw_only=True):
    """The contents of a package."""

    notes: tuple[UnpackedNote, ...]
    types: dict[int, UnpackedType]
    #: Names of its media, sorted.
    media: tuple[str, ...]


class _Deck(msgspec.Struct):
    name: str


def unpack(path: Path) -> UnpackedPackage:
    """Read a package.

    Raises:
        OSError: if it cannot be read.
        PackageError: if it is not a package, or has a layout that only newer versions of Anki write.
    """
    with open_package(path) as package:
        try:
            media = package.read("media")
            names = tuple(sorted(msgspec.json.decode(media, type=dict[str, str]).values())) if media else ()
            return _unpacked(package.collection, names)
        except (msgspec.MsgspecError, ValueError, TypeError, OverflowError, RecursionError) as error:
            if isinstance(error, PackageError):
                raise
            raise PackageError("its collection is damaged") from error


def _unpacked(connection: sqlite3.Connection, media: tuple[str, ...]) -> UnpackedPackage:
    models, decks = connection.execute("SELECT models, decks FROM col").fetchone()
    names = {int(id_): deck.name for id_, deck in _decoded(decks, dict[str, _Deck]).items()}
    types = {int(id_): _type(int(id_), model) for id_, model in _decoded(models, dict[str, TypeJson]).items()}
    return UnpackedPackage(notes=tuple(_notes(connection, names)), types=types, media=media)


def _decoded(text: object, kind: type[_T]) -> _T:
    if not isinstance(text, str):
        raise PackageError("its collection is damaged")
    return msgspec.json.decode(text, type=kind)


def _notes(connection: sqlite3.Connection, decks: dict[int, str]) -> Iterator[UnpackedNote]:
    home: dict[int, int] = {}
    cards: dict[int, list[int]] = {}
    for nid, did, ord_ in connection.execute("SELECT nid, did, ord FROM cards ORDER BY nid, ord"):
        if isinstance(nid, int) and isinstance(did, int) and isinstance(ord_, int):
            home.setdefault(nid, did)
            cards.setdefault(nid, []).append(ord_)
    # A package has one top-level deck, besides the default deck of every collection.
    top = next((top_level(name) for id_, name in sorted(decks.items()) if id_ != _DEFAULT_DECK), "")
    for id_, guid, type_id, mod, tags, fields in connection.execute(
        "SELECT id, guid, mid, mod, tags, flds FROM notes ORDER BY id"
    ):
        if not (_are(int, id_, type_id, mod) and _are(str, guid, tags, fields)):
            raise PackageError("its collection is damaged")
        yield UnpackedNote(
            guid=guid,
            id=id_,
            mod=mod,
            note_type=type_id,
            fields=tuple(fields.split(SEPARATOR)),
            tags=tuple(tags.split()),
            deck=decks.get(home.get(id_, 0), top),
            cards=tuple(cards.get(id_, ())),
        )


def _are(kind: type, *values: object) -> bool:
    """Return whether values have a type: a column of SQLite can hold any type."""
    return all(isinstance(value, kind) for value in values)


def _type(id_: int, found: TypeJson) -> UnpackedType:
    try:
        definition = adopted_of(id_, found)
    except ValueError:
        definition = None
    return UnpackedType(
        id=id_,
        name=found.name,
        mod=int(found.mod),
        fields=tuple(field.name for field in found.flds),
        templates=tuple((each.name, each.qfmt, each.afmt) for each in found.tmpls),
        style=found.css,
        definition=definition,
    )


def media_hashes(path: Path) -> dict[str, str]:
    """Return the hashes of the media of a package by their names.

    Raises:
        OSError: if it cannot be read.
        PackageError: if it is not a package, or damaged.
    """
    with open_package(path) as package:
        try:
            names = msgspec.json.decode(package.read("media") or b"{}", type=dict[str, str])
        except msgspec.MsgspecError as error:
            raise PackageError("its list of media is damaged") from error
        contents = ((name, package.read(number)) for number, name in names.items())
        return {name: hash_bytes(content) for name, content in contents if content is not None}
