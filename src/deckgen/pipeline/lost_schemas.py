"""Find the places of the fields and cards of note types in packages, if the lock that kept them is lost.

So are note types that were taken over, and the names of their media.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from deckgen.anki.open_package import PackageError
from deckgen.anki.own import own_kinds, places_in
from deckgen.anki.previous import PreviousPackages, packages_in
from deckgen.anki.unpack import media_hashes
from deckgen.compiler.note_types import note_types
from deckgen.compiler.parse import parse, parse_project
from deckgen.core import own_kind
from deckgen.engine.state import OUTPUT_FOLDER
from deckgen.identity import Frozen, Schema, SchemaCard, note_type_id
from deckgen.pipeline.releasing import RELEASES_FOLDER
from deckgen.root import PROJECT_FILE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from deckgen import core
    from deckgen.anki.unpack import UnpackedType
    from deckgen.language.note_type import NoteType
    from deckgen.reading import Snapshot

#: The end of a name that deckgen gave a file.
_OURS = re.compile(r"-[0-9a-f]{16}\.[a-z0-9]*\Z")


def lost_schemas(root: Path, snapshot: Snapshot, named: Sequence[Path]) -> Frozen | None:
    """Return what learners have of the note types of a project; None if its lock says so.

    It is that of the packages that were `named`, or of those in the output folder.
    """
    if snapshot.lock is not None or snapshot.project is None:
        return None
    files = [parse(name, text)[0] for name, text in snapshot.cards.items() if "notetype" in text]
    project, _ = parse_project(PROJECT_FILE, snapshot.project)
    if project is None or not any(file.note_types for file in files):
        return None
    paths = named or [*packages_in(root), *packages_in(root, f"{OUTPUT_FOLDER}/{RELEASES_FOLDER}")]
    written = {own_kind(name): kind for file in files for name, kind in file.note_types.items()}
    found = _found(Frozen(), written, note_types(files, Frozen(), project.id).values(), project.id, paths)
    # Which cards belong to a companion is known once the places of its type are.
    made = note_types(files, found, project.id).values()
    companions = [each.companion for each in made if each.companion is not None]
    if companions:
        found = _found(found, written, companions, project.id, paths)
    return replace(found, media=_media(paths)) if found.types else found


def _found(
    known: Frozen,
    written: Mapping[str, NoteType],
    kinds: Iterable[core.NoteType],
    project_id: str,
    paths: Sequence[Path],
) -> Frozen:
    """Return what is known, and what packages say of some note types; `written` are the types of files by kind."""
    made = {each.kind: each for each in kinds}
    schemas, types = dict(known.schemas), dict(known.types)
    previous = PreviousPackages(project_id, paths, own_kinds(tuple(made.values())))
    for kind, given in previous.types.items():
        if made[kind].adopted is not None:
            continue
        schema = places_in(made[kind], given.fields, [name for name, _, _ in given.templates])
        if schema is not None:
            schemas[kind] = schema
    ours = {note_type_id(project_id, kind) for kind, each in made.items() if each.adopted is None}
    others = [
        each for _, package in previous.contents for each in package.types.values() if each.id not in ours
    ]
    for kind, each in made.items():
        for other in others:
            if each.adopted is not None and each.adopted.id != other.id:
                continue
            schema = _schema_of(each, written[own_kind(each.written)], other)
            if schema is not None and other.definition is not None:
                types[kind], schemas[kind] = other.definition, schema
    return Frozen(schemas=schemas, types=types)


def _schema_of(made: core.NoteType, kind: NoteType, other: UnpackedType) -> Schema | None:
    """Return the places of fields and cards in a type of a package that a type was taken over from; None if not.

    What was added since is not there; only a companion of one has spare places.
    """
    fields = {anki: key for key, anki in kind.names_in_anki.items()}
    cards = {card.name or card.id: card.id for card in kind.card}
    names = [template for template, _, _ in other.templates]
    is_known = {*fields} >= {*other.fields} and {*cards} >= {*names}
    if other.name != made.title or not (is_known or made.adopted is not None):
        return None
    try:
        return Schema(
            tuple(fields.get(field, "") for field in other.fields),
            tuple(SchemaCard(cards.get(template, "")) for template in names),
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
