"""Note types and decks as Anki's schema 11 has them: JSON, which CrowdAnki writes too."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any, TypeVar
from unicodedata import normalize

import msgspec
from msgspec.structs import asdict

from deckgen.anki.open_package import PackageError
from deckgen.anki.type_json import FieldJson, Number, TemplateJson, TypeJson, adopted_of
from deckgen.importing.collection import Deck, Template, Type

_T = TypeVar("_T")
#: Keys that Anki computes, or that say something of the collection and not of the type.
_IGNORED = frozenset(
    {"did", "media", "mod", "ord", "originalId", "req", "tags", "usn", "vers", "crowdanki_uuid", "__type__"}
)


class _Deck(msgspec.Struct):
    name: str
    desc: str = ""
    md: bool = False
    dyn: Number = 0


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
    what = f"note type `{name if isinstance(name, str) else id_}`"
    found = _converted(raw, TypeJson, what)
    try:
        adopted = adopted_of(id_, found)
    except ValueError as error:
        raise PackageError(f"its {what} is damaged: {error}") from error
    templates = tuple(
        Template(**asdict(kept), front=each.qfmt, back=each.afmt, deck=decks.get(each.did or 0, ""))
        for kept, each in zip(adopted.templates, found.tmpls, strict=True)
    )
    return Type(
        **asdict(adopted) | {"templates": templates},
        name=normalize("NFC", found.name),
        mod=int(found.mod),
        css=found.css,
    )


def unknown_of(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is in the JSON of a note type and nothing here understands: add-ons wrote it."""
    found = {key: value for key, value in raw.items() if key not in _known(TypeJson) | {"id"}}
    for key, kind in (("flds", FieldJson), ("tmpls", TemplateJson)):
        for part in raw[key]:
            found |= {
                f"{part['name']}: {name}": value for name, value in part.items() if name not in _known(kind)
            }
    return found


def _known(kind: type[msgspec.Struct]) -> frozenset[str]:
    return _IGNORED | frozenset(kind.__struct_encode_fields__)


def _converted(raw: object, kind: type[_T], what: str) -> _T:
    try:
        return msgspec.convert(raw, kind, strict=False)
    except msgspec.ValidationError as error:
        raise PackageError(f"its {what} is damaged: {error}") from error
