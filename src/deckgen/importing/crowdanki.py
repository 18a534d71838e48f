"""Read a deck that the add-on CrowdAnki exported: a folder with `deck.json` and `media/`.

Its keys are those of CrowdAnki's `representation/` (https://github.com/Stvad/CrowdAnki). It leaves out ids and stamps.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import IO, Any
from unicodedata import normalize

import msgspec

from deckgen.anki.open_package import PackageError
from deckgen.confined import is_file, place
from deckgen.importing.collection import Collection, Deck, Medium, Type
from deckgen.importing.media import is_name
from deckgen.importing.problem import UnreadableError
from deckgen.importing.schema11 import type_of, unknown_of
from deckgen.importing.source import Source, SourceNote, type_id
from deckgen.system_error import reason

_MEDIA = "media"


class _Note(msgspec.Struct):
    guid: str
    fields: tuple[str, ...]
    note_model_uuid: str
    tags: tuple[str, ...] = ()


class _Deck(msgspec.Struct):
    name: str
    children: tuple[_Deck, ...] = ()
    notes: tuple[_Note, ...] = ()
    note_models: tuple[dict[str, Any], ...] = ()
    media_files: tuple[str, ...] = ()
    deck_configurations: tuple[msgspec.Raw, ...] = ()
    desc: str = ""
    md: bool = False


def deck_file(folder: Path) -> Path | None:
    """Return the file of a folder's deck: `deck.json`, or as CrowdAnki once named it; None if there is none."""
    return next((file for name in ("deck", folder.name) if (file := folder / f"{name}.json").is_file()), None)


def read_crowdanki(file: Path, content: bytes, package: Collection | None) -> Collection:
    """Read a deck by its file and its content; ids and stamps come from `package`, a collection that learners have.

    Notes come as in the file, those of a deck before those of the decks in it.

    Raises:
        UnreadableError: if it is damaged, or its types are others than in the package.
    """
    try:
        deck = msgspec.json.decode(content, type=_Deck)
    except (ValueError, RecursionError) as error:
        raise UnreadableError(file.name, f"is not a deck of CrowdAnki: {error}") from error
    source = Source(file.name, normalize("NFC", deck.name), package)
    try:
        types = dict(_types(source, deck))
    except PackageError as error:
        raise UnreadableError(file.name, f"cannot be read: {error}") from error
    decks = dict(_decks(deck))
    if any(each.deck_configurations for each in decks.values()):
        source.losses.add("options of decks are each learner's own", file.name)
    names = {name for each in decks.values() for name in each.media_files}
    return source.collection(
        _notes(source, decks, types),
        [Deck(name=name, description=each.desc, markdown=each.md) for name, each in decks.items()],
        _media(source, file.parent, names),
    )


def _decks(deck: _Deck, around: str = "") -> Iterator[tuple[str, _Deck]]:
    """Yield the deck and those in it by their full names."""
    name = normalize("NFC", f"{around}{deck.name}")
    yield name, deck
    for child in deck.children:
        yield from _decks(child, f"{name}::")


def _types(source: Source, deck: _Deck) -> Iterator[tuple[str, Type]]:
    """Yield the note types by their UUIDs."""
    for raw in deck.note_models:
        uuid = raw.get("crowdanki_uuid")
        if not isinstance(uuid, str):
            raise PackageError("a note type has no `crowdanki_uuid`")
        found = type_of(type_id(uuid), raw, {})
        if left := unknown_of(raw):
            source.unknown[f"note type {found.name}"] = left
        yield uuid, source.same_type(found)
    for child in deck.children:
        yield from _types(source, child)


def _notes(source: Source, decks: Mapping[str, _Deck], types: Mapping[str, Type]) -> Iterator[SourceNote]:
    for name, deck in decks.items():
        for number, note in enumerate(deck.notes, 1):
            found = types.get(note.note_model_uuid)
            where = f"note {number} of {name}"
            if found is None:
                source.losses.add("a note of a note type that is not there is left out", where)
                continue
            yield SourceNote(where, note.guid, found, note.fields, note.tags, name)


def _media(source: Source, folder: Path, listed: set[str]) -> dict[str, Medium]:
    found: dict[str, Medium] = {}
    try:
        names = sorted(os.listdir(place(folder, _MEDIA)))  # noqa: PTH208 -- names are all that is asked for
    except OSError:
        names = []
    for name in names:
        path = f"{_MEDIA}/{name}"
        known = normalize("NFC", name)
        if name.startswith(".") or not is_name(name) or not is_file(folder, path):
            continue
        size = (folder / path).stat().st_size
        found.setdefault(known, Medium(name=known, size=size, open=partial(_open, folder, path)))
    for name in sorted(listed - found.keys()):
        if normalize("NFC", name) not in found:
            source.losses.add("a file that the deck lists and does not have", name)
    return found


def _open(folder: Path, name: str) -> IO[bytes]:
    try:
        return place(folder, name).open("rb")
    except OSError as error:
        raise UnreadableError(name, f"cannot be read: {reason(error)}") from error
