"""Note types and decks as Anki's schema 11 has them: JSON, which CrowdAnki writes too."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Annotated, Any, TypeVar
from unicodedata import normalize

import msgspec

from deckgen.anki.open_package import PackageError
from deckgen.importing.collection import Deck, Field, Template, Type

_T = TypeVar("_T")
#: As SQLite and protobuf have them; JSON has any.
_Number = Annotated[int, msgspec.Meta(ge=-(2**63), le=2**63 - 1)]
#: Keys that Anki computes, or that say something of the collection and not of the type.
_IGNORED = frozenset(
    {"did", "media", "mod", "ord", "originalId", "req", "tags", "usn", "vers", "crowdanki_uuid", "__type__"}
)


class _Field(msgspec.Struct, rename="camel"):
    name: str
    id: _Number | None = None
    font: str = "Arial"
    size: _Number = 20
    rtl: bool = False
    sticky: bool = False
    description: str = ""
    plain_text: bool = False
    collapsed: bool = False
    exclude_from_search: bool = False
    tag: _Number | None = None
    prevent_deletion: bool = False


class _Template(msgspec.Struct):
    name: str
    qfmt: str
    afmt: str = ""
    id: _Number | None = None
    bqfmt: str = ""
    bafmt: str = ""
    bfont: str = ""
    bsize: _Number = 0
    did: _Number | None = None


class _Type(msgspec.Struct, rename="camel"):
    name: str
    flds: tuple[_Field, ...]
    tmpls: tuple[_Template, ...]
    type: _Number = 0
    #: Some programs write the clock as it is.
    mod: Annotated[float, msgspec.Meta(ge=0, lt=2**53)] = 0
    css: str = ""
    sortf: _Number = 0
    latex_pre: str = ""
    latex_post: str = ""
    latexsvg: bool = False
    original_stock_kind: _Number | None = None


class _Deck(msgspec.Struct):
    name: str
    desc: str = ""
    md: bool = False
    dyn: _Number = 0


def read(
    connection: sqlite3.Connection,
) -> tuple[dict[int, Mapping[str, Any]], dict[int, Deck], frozenset[int]]:
    """Return the note types as JSON, the decks, and which of these are filtered, by their ids.

    Raises:
        PackageError: if they are damaged.
    """
    models, decks = connection.execute("SELECT models, decks FROM col").fetchone()
    found = {id_: _converted(raw, _Deck, f"deck {id_}") for id_, raw in _objects(decks).items()}
    return (
        _objects(models),
        {
            id_: Deck(name=normalize("NFC", deck.name), description=deck.desc, markdown=deck.md)
            for id_, deck in found.items()
        },
        frozenset(id_ for id_, deck in found.items() if deck.dyn),
    )


def _objects(text: object) -> dict[int, Mapping[str, Any]]:
    """Decode an object of objects whose keys are ids."""
    if not isinstance(text, str):
        raise PackageError("its collection is damaged")
    try:
        found: dict[int, Mapping[str, Any]] = msgspec.json.decode(
            text, type=dict[int, dict[str, Any]], strict=False
        )
    except (msgspec.MsgspecError, RecursionError) as error:
        raise PackageError(f"its collection is damaged: {error}") from error
    return found


def type_of(id_: int, raw: Mapping[str, Any], decks: Mapping[int, str]) -> Type:
    """Return a note type; `decks` are the full names of decks by their ids.

    Raises:
        PackageError: if it is none.
    """
    name = raw.get("name")
    found = _converted(raw, _Type, f"note type `{name if isinstance(name, str) else id_}`")
    return Type(
        id=id_,
        name=normalize("NFC", found.name),
        mod=int(found.mod),
        fields=tuple(map(_field, found.flds)),
        templates=tuple(_template(each, decks) for each in found.tmpls),
        css=found.css,
        cloze=found.type == 1,
        sort_field=found.sortf if 0 <= found.sortf < len(found.flds) else 0,
        latex_pre=found.latex_pre,
        latex_post=found.latex_post,
        latex_svg=found.latexsvg,
        stock_kind=found.original_stock_kind or None,
    )


def unknown_of(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is in the JSON of a note type and nothing here understands: add-ons wrote it."""
    found = {key: value for key, value in raw.items() if key not in _known(_Type) | {"id"}}
    for key, kind in (("flds", _Field), ("tmpls", _Template)):
        for part in raw[key]:
            found |= {
                f"{part['name']}: {name}": value for name, value in part.items() if name not in _known(kind)
            }
    return found


def _known(kind: type[msgspec.Struct]) -> frozenset[str]:
    return _IGNORED | frozenset(kind.__struct_encode_fields__)


def _field(found: _Field) -> Field:
    values = msgspec.structs.asdict(found)
    return Field(**values | {"name": normalize("NFC", found.name), "id": found.id or None})


def _template(found: _Template, decks: Mapping[int, str]) -> Template:
    return Template(
        name=normalize("NFC", found.name),
        front=found.qfmt,
        back=found.afmt,
        id=found.id or None,
        browser_front=found.bqfmt,
        browser_back=found.bafmt,
        browser_font=found.bfont,
        browser_size=found.bsize,
        deck=decks.get(found.did or 0, ""),
    )


def _converted(raw: object, kind: type[_T], what: str) -> _T:
    try:
        return msgspec.convert(raw, kind, strict=False)
    except msgspec.ValidationError as error:
        raise PackageError(f"its {what} is damaged: {error}") from error
