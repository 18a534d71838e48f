"""Read a package of Anki, `.apkg` or `.colpkg`, in any of its layouts, without Anki."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from deckgen.anki.open_package import (
    SCHEMA_WITH_TABLES,
    OpenPackage,
    PackageError,
    open_package,
    schema_of,
)
from deckgen.importing import schema11, schema18
from deckgen.importing.collection import Collection, Deck, Note, Type
from deckgen.importing.losses import Losses
from deckgen.importing.media import media_of
from deckgen.importing.notes import read_notes
from deckgen.importing.problem import UnreadableError


def read_package(path: Path) -> Collection:
    """Read a package: types in use, notes in the order in which they are learned, decks, and the list of media.

    Texts and names come in NFC, as Anki stores them. What is personal (reviews, the tags `leech` and `marked`, options
    of decks) is not read.

    Raises:
        OSError: if it cannot be read.
        UnreadableError: if it is damaged, is no package, or has what no Anki writes.
    """
    try:
        with open_package(path, any_layout=True) as package:
            try:
                return _collection(path, package, [])
            except (sqlite3.OperationalError, UnicodeDecodeError) as error:
                if "decode" not in str(error):
                    raise
                # Some text is not UTF-8. To know which takes a function for each text, so it is asked only now.
                damaged: list[str] = []
                package.collection.text_factory = partial(_repaired, damaged)
                return _collection(path, package, damaged)
    except PackageError as error:
        raise UnreadableError(path.name, f"cannot be read: {error}") from error


def _repaired(damaged: list[str], content: bytes) -> str:
    """Decode a text; what is not UTF-8 is replaced, and the text added to `damaged`."""
    try:
        return content.decode()
    except UnicodeDecodeError:
        damaged.append(content.decode(errors="replace"))
        return damaged[-1]


def _collection(path: Path, package: OpenPackage, damaged: list[str]) -> Collection:
    connection, losses = package.collection, Losses()
    types: dict[int, Type] = {}
    unknown: dict[str, Any] = {}
    schema: Any = schema18 if schema_of(connection) >= SCHEMA_WITH_TABLES else schema11
    rows, decks, filtered = schema.read(connection)
    names = {id_: deck.name for id_, deck in decks.items()}

    def type_of(id_: int) -> Type | None:
        if id_ not in types and id_ in rows:
            found = types[id_] = schema.type_of(id_, rows[id_], names)
            if left := schema.unknown_of(rows[id_]):
                unknown[f"note type {found.name}"] = left
        return types.get(id_)

    notes = read_notes(connection, type_of, names, filtered, losses, damaged)
    used = tuple(sorted(types.values(), key=lambda each: each.id))
    return Collection(
        title=path.stem,
        types=used,
        notes=notes,
        decks=decks_of(notes, used, decks.values()),
        filtered=frozenset(names[id_] for id_ in filtered),
        media=media_of(path, package, losses),
        losses=losses.all(),
        unknown=unknown,
    )


def decks_of(notes: Iterable[Note], types: Iterable[Type], known: Iterable[Deck]) -> tuple[Deck, ...]:
    """Return the decks that cards lie in or templates name, and those around them, sorted by name."""
    by_name: Mapping[str, Deck] = {deck.name: deck for deck in known}
    used = {deck for note in notes for _, deck in note.cards}
    used |= {template.deck for each in types for template in each.templates if template.deck}
    for name in tuple(used):
        parts = name.split("::")
        used |= {"::".join(parts[:end]) for end in range(1, len(parts))}
    return tuple(by_name.get(name) or Deck(name=name) for name in sorted(used))
