"""Note types and decks as Anki's schema 18 has them: tables with protobuf.

The numbers of fields are those of `proto/anki/notetypes.proto` and `decks.proto` of Anki 26.9.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any
from unicodedata import normalize

import msgspec

from deckgen.adopted import AdoptedField
from deckgen.anki.open_package import PackageError
from deckgen.importing.collection import Deck, Template, Type
from deckgen.importing.protobuf import Message, message

#: JSON of add-ons in each config.
_OTHER = 255
#: What separates the levels of a deck's name.
_LEVEL = "\x1f"


class Config(msgspec.Struct, frozen=True):
    """A row of a table: its name, its stamp where it has one, and its decoded config."""

    name: str
    config: Message
    mod: int = 0


class TypeRows(msgspec.Struct, frozen=True):
    """The rows of a note type."""

    type: Config
    fields: list[Config]
    templates: list[Config]


def read(connection: sqlite3.Connection) -> tuple[dict[int, TypeRows], dict[int, Deck], frozenset[int]]:
    """Return the note types as rows, the decks, and which of these are filtered, by their ids.

    Raises:
        PackageError: if they are damaged.
    """
    types: dict[int, TypeRows] = {}
    for id_, name, mod, config in connection.execute("SELECT id, name, mtime_secs, config FROM notetypes"):
        types[id_] = TypeRows(_config(f"note type {id_}", name, config, mod), [], [])
    # Names have a collation that only Anki knows; these orders are by numbers.
    for id_, _, name, config in connection.execute(
        "SELECT ntid, ord, name, config FROM fields ORDER BY 1, 2"
    ):
        if id_ in types:
            types[id_].fields.append(_config(f"field of note type {id_}", name, config))
    for id_, _, name, config in connection.execute(
        "SELECT ntid, ord, name, config FROM templates ORDER BY 1, 2"
    ):
        if id_ in types:
            types[id_].templates.append(_config(f"template of note type {id_}", name, config))
    decks: dict[int, Deck] = {}
    filtered = set()
    for id_, name, kind in connection.execute("SELECT id, name, kind FROM decks"):
        row = _config(f"deck {id_}", name, kind)
        try:
            # One of: 1 normal, 2 filtered.
            normal = message(row.config.content(1))
            description, markdown = normal.text(4), bool(normal.number(5))
        except ValueError as error:
            raise PackageError(f"its deck {id_} is damaged") from error
        if 2 in row.config.fields:  # noqa: PLR2004 -- as said
            filtered.add(id_)
        full_name = row.name.replace(_LEVEL, "::")
        decks[id_] = Deck(name=full_name, description=description, markdown=markdown)
    return types, decks, frozenset(filtered)


def type_of(id_: int, rows: TypeRows, decks: Mapping[int, str]) -> Type:
    """Return a note type; `decks` are the full names of decks by their ids.

    Raises:
        PackageError: if it is damaged.
    """
    config = rows.type.config
    try:
        sort_field = config.number(2)
        return Type(
            id=id_,
            name=rows.type.name,
            mod=rows.type.mod,
            fields=tuple(map(_field, rows.fields)),
            templates=tuple(_template(each, decks) for each in rows.templates),
            css=config.text(3),
            cloze=config.number(1) == 1,
            sort_field=sort_field if 0 <= sort_field < len(rows.fields) else 0,
            latex_pre=config.text(5),
            latex_post=config.text(6),
            latex_svg=bool(config.number(7)),
            stock_kind=config.number(9) or None,
        )
    except ValueError as error:
        raise PackageError(f"its note type `{rows.type.name}` is damaged: {error}") from error


def unknown_of(rows: TypeRows) -> dict[str, Any]:
    """Return the JSON that add-ons wrote into a note type, its fields and its templates."""
    found: dict[str, Any] = dict(_other(rows.type))
    for part in (*rows.fields, *rows.templates):
        found |= {f"{part.name}: {key}": value for key, value in _other(part).items()}
    return found


def _other(row: Config) -> dict[str, Any]:
    try:
        content = row.config.content(_OTHER)
        return msgspec.json.decode(content, type=dict[str, Any]) if content else {}
    except (ValueError, RecursionError):
        return {"other": "is not JSON"}


def _field(row: Config) -> AdoptedField:
    config = row.config
    return AdoptedField(
        name=row.name,
        sticky=bool(config.number(1)),
        rtl=bool(config.number(2)),
        font=config.text(3),
        size=config.number(4),
        description=config.text(5),
        plain_text=bool(config.number(6)),
        collapsed=bool(config.number(7)),
        exclude_from_search=bool(config.number(8)),
        id=config.number(9) or None,
        tag=config.optional(10),
        prevent_deletion=bool(config.number(11)),
    )


def _template(row: Config, decks: Mapping[int, str]) -> Template:
    config = row.config
    return Template(
        name=row.name,
        front=config.text(1),
        back=config.text(2),
        browser_front=config.text(3),
        browser_back=config.text(4),
        deck=decks.get(config.number(5), ""),
        browser_font=config.text(6),
        browser_size=config.number(7),
        id=config.number(8) or None,
    )


def _config(what: str, name: object, config: object, mod: object = 0) -> Config:
    if not (isinstance(name, str) and isinstance(config, bytes) and isinstance(mod, int)):
        raise PackageError(f"its {what} is damaged")
    try:
        return Config(normalize("NFC", name), message(config), mod)
    except ValueError as error:
        raise PackageError(f"its {what} is damaged: {error}") from error
