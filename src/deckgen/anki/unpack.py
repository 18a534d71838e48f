"""Read a package back: what learners got before."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import msgspec

from deckgen.adopted import AdoptedField, AdoptedTemplate, AdoptedType
from deckgen.anki.note_text import SEPARATOR
from deckgen.anki.open_package import PackageError, open_package
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

    def field(self, note_type: UnpackedType, name: str) -> str:
        """Return the value of a field by its name, empty if there is none."""
        return dict(zip(note_type.fields, self.fields, strict=False)).get(name, "")


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


class _Field(msgspec.Struct, rename="camel"):
    name: str
    id: int | None = None
    font: str = "Arial"
    size: int = 20
    rtl: bool = False
    sticky: bool = False
    description: str = ""
    plain_text: bool = False
    collapsed: bool = False
    exclude_from_search: bool = False
    tag: int | None = None
    prevent_deletion: bool = False


class _Template(msgspec.Struct):
    name: str
    qfmt: str
    afmt: str
    id: int | None = None
    bqfmt: str = ""
    bafmt: str = ""
    bfont: str = ""
    bsize: int = 0


class _Model(msgspec.Struct):
    name: str
    mod: int
    flds: tuple[_Field, ...]
    tmpls: tuple[_Template, ...]
    css: str
    type: int = 0
    sortf: int = 0
    latex_pre: str = msgspec.field(default="", name="latexPre")
    latex_post: str = msgspec.field(default="", name="latexPost")
    latex_svg: bool = msgspec.field(default=False, name="latexsvg")
    stock_kind: int | None = msgspec.field(default=None, name="originalStockKind")


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
    types = {int(id_): _type(int(id_), model) for id_, model in _decoded(models, dict[str, _Model]).items()}
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


def _type(id_: int, model: _Model) -> UnpackedType:
    return UnpackedType(
        id=id_,
        name=model.name,
        mod=model.mod,
        fields=tuple(field.name for field in model.flds),
        templates=tuple((each.name, each.qfmt, each.afmt) for each in model.tmpls),
        style=model.css,
        definition=_definition(id_, model),
    )


def _definition(id_: int, model: _Model) -> AdoptedType | None:
    try:
        return AdoptedType(
            id=id_,
            fields=tuple(
                AdoptedField(**{name: getattr(field, name) for name in AdoptedField.__struct_fields__})
                for field in model.flds
            ),
            templates=tuple(
                AdoptedTemplate(
                    name=each.name,
                    id=each.id,
                    browser_front=each.bqfmt,
                    browser_back=each.bafmt,
                    browser_font=each.bfont,
                    browser_size=each.bsize,
                )
                for each in model.tmpls
            ),
            sort_field=model.sortf,
            latex_pre=model.latex_pre,
            latex_post=model.latex_post,
            latex_svg=model.latex_svg,
            cloze=model.type == 1,
            stock_kind=model.stock_kind,
        )
    except ValueError:
        return None


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
