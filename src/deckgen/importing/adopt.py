"""Make the lock of a project that was written of an existing deck: learners have its notes already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from deckgen.adopted import AdoptedType, is_media_name
from deckgen.anki.fingerprint import hash_of
from deckgen.anki.note_type import NoteType
from deckgen.anki.notes import NoteRecord
from deckgen.anki.notetypes import note_types
from deckgen.anki.own import schema_of
from deckgen.compiler.compile import compile_project
from deckgen.contents import content_of
from deckgen.core import own_kind
from deckgen.diagnostics import Diagnostic, errors_among
from deckgen.engine.store import Store
from deckgen.identity import (
    Frozen,
    Lock,
    LockedAdoption,
    LockedMedium,
    LockedNote,
    LockedType,
    Release,
    dumps,
    guid,
    note_id,
)
from deckgen.identity.lock import NUMBER_LIMIT
from deckgen.identity.schema import LockedSchema
from deckgen.importing.collection import Collection, Loss, Note, Type
from deckgen.pipeline.written import Written, write_down
from deckgen.reading import pictures_in, read_media, read_project
from deckgen.templating import Templates
from deckgen.templating.mistakes import mistake
from deckgen.templating.own import check, templates_of

#: The stamp of a note whose own is not known: older than every edit, and not 0, at which Anki panics.
_OLDEST = 1


class Adoption(msgspec.Struct, frozen=True, kw_only=True):
    """The lock of a project that took over a deck."""

    lock: Lock
    #: What of the deck's identity could not be taken over.
    losses: tuple[Loss, ...]
    #: What a build makes of the project, before it is stamped by this lock; and the project's templates.
    written: Written
    templates: Templates

    @property
    def text(self) -> str:
        """The text of `deckgen.lock`."""
        return dumps(self.lock)


def adopted_lock(
    root: Path, collection: Collection, ids: Mapping[int, str], types: Mapping[int, str], *, now: int
) -> Adoption | tuple[Diagnostic, ...]:
    """Return the lock of the project in `root`, which was written of a deck; nothing is written.

    The project is complete but for `deckgen.lock`: `deckgen.toml`, cards, tables, templates and media. A file that a
    text names by its path keeps the name of the medium that has its bytes, before others that of its own name; a file
    that only `[sound:…]` in HTML or a template names is `media/` and its very name.

    `ids` are the ids of the notes that are adopted as notes, by their index in `collection.notes`; `types` the names in
    TOML (`laender` of `[notetype.laender]`) of the types that are adopted as they are, by their ids. Other notes and
    types of the project are its own, and get their stamps from its first build. `now` is in seconds since 1970.

    Content hashes are those of what the project says now: what it renders otherwise than the deck was is not sent again
    to those who have it. Of several notes with one GUID the first keeps it; the others get one of the project's.
    If the project has errors, they are returned, with their places in it.

    Raises:
        ValueError: if a type of the project has not the fields and cards of the type that it adopts.
        KeyError: if the project has no item of an id.
    """
    frozen = Frozen(
        types={own_kind(types[each.id]): adopted_type(each) for each in collection.types if each.id in types},
        media={
            name: content_of(medium.open)[0].hash
            for name, medium in sorted(collection.media.items())
            if is_media_name(name)
        },
    )
    made = _made(root, frozen)
    if not isinstance(made, _Made):
        return made
    mods = {own_kind(types[each.id]): each.mod for each in collection.types if each.id in types}
    losses: list[Loss] = []
    lines = list(_lines(collection, ids, made, losses))
    lock = Lock(
        Release(1, made.version),
        tuple(note_id.allot(lines, now).values()),
        tuple(
            LockedType(each.kind, hash_of(each), mods[each.kind] if 0 < mods[each.kind] < NUMBER_LIMIT else 0)
            for each in made.types
        ),
        made.schemas,
        tuple(LockedAdoption(kind, each) for kind, each in sorted(frozen.types.items())),
        tuple(LockedMedium(name, hash_) for name, hash_ in frozen.media.items()),
    )
    return Adoption(lock=lock, losses=tuple(losses), written=made.written, templates=made.templates)


def adopted_type(kind: Type) -> AdoptedType:
    """Return what the lock keeps of a note type: all but what is text of the project's files."""
    return msgspec.convert(kind, AdoptedType, from_attributes=True)


class _Made(msgspec.Struct, frozen=True, kw_only=True):
    """What a build makes of a project."""

    project_id: str
    version: str
    written: Written
    templates: Templates
    #: Notes by the ids of their items.
    notes: dict[str, NoteRecord]
    #: The adopted note types, sorted by their kinds, and their schemas.
    types: tuple[NoteType, ...]
    schemas: tuple[LockedSchema, ...]


def _made(root: Path, frozen: Frozen) -> _Made | tuple[Diagnostic, ...]:
    snapshot, found = read_project(root)
    templates = templates_of(snapshot.templates)
    compiled = compile_project(
        snapshot, lambda path: read_media(root, path), lambda: pictures_in(root), frozen=frozen
    )
    errors = tuple(errors_among([*found, *compiled.diagnostics, *check(templates)]))
    if errors or compiled.lowering is None:
        return errors
    project = compiled.lowering.frame.project
    adopted = sorted((each for each in project.note_types if each.adopted), key=lambda each: each.kind)
    for each in adopted:
        if each.adopted is None or (len(each.adopted.fields), len(each.adopted.templates)) != (
            len(each.fields),
            len(each.cards),
        ):
            raise ValueError(f"`{each.name}` has not the fields and cards of the type that it adopts")
    try:
        written = write_down(compiled, templates, Store(root, "", lasting=False, empty=True))
        made = note_types(project, templates, [each.kind for each in adopted])
    except Exception as error:
        wrong = mistake(error, templates)
        if wrong is None:
            raise
        return (wrong,)
    return _Made(
        project_id=project.id,
        version=project.version,
        written=written,
        templates=templates,
        notes={record.id: record for record in written.notes.records()},
        types=tuple(sorted(made, key=lambda each: each.kind)),
        schemas=tuple(LockedSchema(each.kind, schema_of(each)) for each in adopted),
    )


def _lines(
    collection: Collection, ids: Mapping[int, str], made: _Made, losses: list[Loss]
) -> Iterable[LockedNote]:
    taken: set[str] = set()
    for index, id_ in sorted(ids.items()):
        note, record = collection.notes[index], made.notes[id_]
        own = guid(made.project_id, id_)
        known = note.guid or own
        if known in taken:
            losses.append(Loss(what="another note has its GUID, so it is a new note to learners", where=id_))
            known = own
        taken.add(known)
        yield LockedNote(
            id_,
            known,
            note.id if 0 < note.id < NUMBER_LIMIT else note_id.NO_ID,
            record.kind,
            record.content_hash,
            record.html_hash,
            _stamp(note),
            record.deck,
        )


def _stamp(note: Note) -> int:
    return note.mod if 0 < note.mod < NUMBER_LIMIT else _OLDEST
