"""Find the places of the fields and cards of note types in packages, if the lock that kept them is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deckgen.anki.own import own_kinds, places_in
from deckgen.anki.previous import PreviousPackages, packages_in
from deckgen.compiler.note_types import note_types
from deckgen.compiler.parse import parse, parse_project
from deckgen.engine.state import OUTPUT_FOLDER
from deckgen.identity import Frozen
from deckgen.pipeline.releasing import RELEASES_FOLDER
from deckgen.root import PROJECT_FILE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from deckgen.reading.project import Snapshot


def lost_schemas(root: Path, snapshot: Snapshot, named: Sequence[Path]) -> Frozen | None:
    """Return the schemas of the note types of a project as learners have them; None if its lock says so.

    They are those of the packages that were `named`, or of those in the output folder.
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
    for kind, given in PreviousPackages(project.id, paths, own_kinds(tuple(made.values()))).types.items():
        schema = places_in(kinds[kind], given.fields, [name for name, _, _ in given.templates])
        if schema is not None:
            found[kind] = schema
    return Frozen(schemas=found)
