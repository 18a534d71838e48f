"""The layout of a package: its tables, its decks and its note types. genanki gives it; the last one is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from hashlib import sha256
from typing import Any

import msgspec

from deckgen.anki.note_type import NoteType
from deckgen.engine.output import key
from deckgen.result_cache import keep, known


class StampedType(msgspec.Struct, frozen=True):
    """A note type and its stamp in seconds since 1970."""

    note_type: NoteType
    mod: int


class Layout(msgspec.Struct, frozen=True, kw_only=True):
    """What a collection has before notes and cards."""

    #: Statements in SQL that create the tables, and those that index them once their rows are there.
    tables: list[str]
    indexes: list[str]
    #: The one row of the table `col`.
    row: list[Any]
    #: Ids of the decks by their full names.
    decks: dict[str, int]


class _Kept(msgspec.Struct, frozen=True):
    """A layout with the digest of what it was made from."""

    key: bytes
    layout: Layout


def layout_of(types: Sequence[StampedType], decks: Mapping[str, str], name: str = "") -> Layout:
    """Return the layout for note types, and for decks with their descriptions by full name.

    One that was made before is kept in the user's cache folder under a `name`, if there is one: to load genanki takes
    longer than to write a small package.
    """
    id_ = key(types, list(decks.items()))
    with suppress(msgspec.MsgspecError):
        kept = msgspec.msgpack.decode((known(f"layout of {name}") if name else None) or b"", type=_Kept)
        if kept.key == id_:
            return kept.layout
    from deckgen.anki.genanki_layout import new_layout

    made = new_layout(types, decks)
    if name:
        keep(f"layout of {name}", msgspec.msgpack.encode(_Kept(id_, made)))
    return made


def deck_id(name: str) -> int:
    """Return the id of a deck in packages; Anki matches decks by name and discards it."""
    return (1 << 40) + int.from_bytes(sha256(name.encode()).digest()[:5], "big")
