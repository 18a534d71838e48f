"""Find the places of the fields and cards of note types in packages, if the lock that kept them is lost.

So are note types that were taken over, and the names of their media.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from deckgen.anki.note_type import note_type_id
from deckgen.anki.open_package import PackageError
from deckgen.anki.own import own_kinds, places_in
from deckgen.anki.previous import PreviousPackages, packages_in
from deckgen.anki.unpack import media_hashes
from deckgen.compiler.note_types import note_types
from deckgen.compiler.parse import parse, parse_project
from deckgen.core import own_kind
from deckgen.engine.state import OUTPUT_FOLDER
from deckgen.identity import Frozen, Schema, SchemaCard
from deckgen.pipeline.releasing import RELEASES_FOLDER
from deckgen.root import PROJECT_FILE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from deckgen.adopted import AdoptedType
    from deckgen.anki.unpack import UnpackedType
    from deckgen.language.note_type import NoteType
    from deckgen.reading.project import Snapshot

#: The end of a name that deckgen gave a file.
_OURS = re.compile(r"-[0-9a-f]{16}\.[a-z0-9]*\Z")


def lost_schemas(root: Path, snapshot: Snapshot, named: Sequence[Path]) -> Frozen | None:
    """Return what learners have of the note types of a project; None if its lock says so.

    It is that of the packages that were `named`, or of those in the output folder.
    """
    if snapshot.lock is not None or snapshot.project is None:
        return None
    files = [parse(name, text)[0] for name, text in snapshot.cards.items() if "notetype" in text]
    made = note_types(files, Frozen())
    project, _ = parse_project(PROJECT_FILE, snapshot.project)
    if not made or project is None:
        return None
    paths = named or [*packages_in(root), *packages_in(root, f"{OUTPUT_FOLDER}/{RELEASES_FOLDER}")]
    kinds = {each.kind: each for each in made.values()}
    found = {}
    previous = PreviousPackages(project.id, paths, own_kinds(tuple(made.values())))
    for kind, given in previous.types.items():
        schema = places_in(kinds[kind], given.fields, [name for name, _, _ in given.templates])
        if schema is not None:
            found[kind] = schema
    ours = {note_type_id(project.id, kind) for kind in kinds}
    others = [
        each for _, package in previous.contents for each in package.types.values() if each.id not in ours
    ]
    types: dict[str, AdoptedType] = {}
    for file in files:
        for name, each in file.note_types.items():
            for other in others:
                if (schema := _schema_of(name, each, other)) is not None and other.definition is not None:
                    types[own_kind(name)], found[own_kind(name)] = other.definition, schema
    return Frozen(schemas=found, types=types, media=_media(paths) if types else {})


def _schema_of(name: str, kind: NoteType, other: UnpackedType) -> Schema | None:
    """Return the places of fields and cards in a type of a package that a type was taken over from; None if not."""
    fields = {anki: key for key, anki in kind.names_in_anki.items()}
    cards = {card.name or card.id: card.id for card in kind.card}
    names = [template for template, _, _ in other.templates]
    if other.name != (kind.name or name) or {*fields} != {*other.fields} or {*cards} != {*names}:
        return None
    try:
        return Schema(
            tuple(fields[field] for field in other.fields),
            tuple(SchemaCard(cards[template]) for template in names),
            kind.cloze,
        )
    except ValueError:
        return None


def _media(paths: Iterable[Path]) -> dict[str, str]:
    """Return the hashes of media that deckgen did not name, by their names."""
    found: dict[str, str] = {}
    for path in paths:
        try:
            hashes = media_hashes(path)
        except (OSError, PackageError):
            continue
        found |= {name: hash_ for name, hash_ in hashes.items() if not _OURS.search(name)}
    return found
