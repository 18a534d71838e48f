"""Make the notes of a course, by file of cards; unchanged notes come from the last build."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from types import MappingProxyType

import msgspec

from deckgen.anki.cards import CardDecider
from deckgen.anki.content import content_hash, instead_of_fixed_words
from deckgen.anki.field_writer import FieldWriter
from deckgen.anki.media import MediaNames, named_in
from deckgen.anki.note import note
from deckgen.anki.note_text import join_content
from deckgen.anki.notes import NoteRecord, Notes, Records, StoredNotes, load_notes, save_notes, store_name
from deckgen.anki.notetypes import note_types
from deckgen.anki.template import TemplateError
from deckgen.compiler.lower import Lowering
from deckgen.core import Course, Item, Project
from deckgen.engine.output import Key, key
from deckgen.engine.store import Store
from deckgen.engine.worker import Job, Running
from deckgen.identity import html_hash
from deckgen.language.manuscript import File
from deckgen.language.question import Question
from deckgen.pipeline.checks import is_large
from deckgen.templating import Templates
from deckgen.text import Medium, Renderer

#: Estimated milliseconds for a thousand letters of TOML.
_COST = 0.3


def make_notes(
    lowering: Lowering,
    files: Sequence[File],
    pictures: Mapping[str, bytes],
    templates: Templates,
    store: Store,
    meanwhile: Callable[[bool], None] = lambda _alone: None,
) -> Notes:
    """Make the notes of all items that go into a deck.

    `meanwhile` is called when other processes have begun, with whether this one makes the notes alone.

    Raises:
        jinja2.TemplateError: if a template is wrong.
        OSError: if the disk is full.
    """
    maker = NoteMaker(lowering.frame, pictures, templates)
    # Everything that an item may refer to: all that is written, apart from questions.
    shared = key(
        lowering.frame.project,
        [
            (
                file.sources,
                [entry.item for entry in file.entries if not isinstance(entry.item, Question)],
                [entry.item for entry in file.stems],
            )
            for file in files
        ],
    )
    made: dict[str, Records] = {}
    jobs = []
    for file in files:
        if not file.deck or not file.entries:
            continue
        whole = key(file.key, file.digest, shared)
        known = _known(maker, store, file.key, whole)
        made[file.key] = known or Records.of([])
        if known is None:
            make = partial(_make_file, maker, store, lowering, file, whole)
            jobs.append(Job(file.key, make, _COST * len(file.text) / 1000))
    with Running(
        jobs, alone=is_large(file.text for file in files) or not store.is_shared, meanwhile=True
    ) as running:
        meanwhile(not running.is_divided)
        for name, records in running.results():
            made[name] = records
            # Another process may have stored it.
            store.used(store_name(name))
    return Notes(store, made)


def _known(maker: NoteMaker, store: Store, name: str, whole: Key) -> Records | None:
    """Return the records of the stored notes of a file, if nothing that they were made from has changed."""
    stored = load_notes(store, name)
    if stored is None or stored.context != maker.context or stored.whole != whole:
        return None
    return stored.records if maker.has_pictures(stored.pictures) else None


def _make_file(maker: NoteMaker, store: Store, lowering: Lowering, file: File, whole: Key) -> Records:
    """Make the notes of a file, store them, and return their records; unchanged notes come from the store."""
    before = load_notes(store, file.key)
    known: dict[bytes, tuple[NoteRecord, str]] = {}
    if before is not None and before.context == maker.context:
        known = {
            record.key: (record, text)
            for record, text in zip(before.records.decode(), before.texts(), strict=True)
        }
    made = [maker.make(item, known) for item in lowering.items((file,)) if item.in_deck]
    records = Records.of([record for record, _ in made])
    pictures = tuple(sorted({name for record, _ in made for name in record.pictures}))
    texts = msgspec.msgpack.encode([text for _, text in made])
    save_notes(store, file.key, StoredNotes(whole, maker.context, pictures, records, texts))
    return records


class NoteMaker:
    """Makes notes of the items of a course."""

    def __init__(self, course: Course, pictures: Mapping[str, bytes], templates: Templates) -> None:
        self._course = course
        self._media = MediaNames(pictures, course.project.adopted_media)
        self._templates = templates
        #: A digest of what all notes are made from.
        self.context = key(
            course.project.language,
            course.project.note_types,
            course.project.adopted_media,
            templates.digest("sheet", "web"),
        )
        self._tables = {table.id: table for table in course.tables}
        self._writer: FieldWriter | None = None
        self._deciders: dict[str, CardDecider | None] = {}

    def make(
        self, item: Item, known: Mapping[bytes, tuple[NoteRecord, str]] = MappingProxyType({})
    ) -> tuple[NoteRecord, str]:
        """Return the note of an item and its content, joined; `known` are notes by what they were made from."""
        tables = [self._tables[table] for table in getattr(item, "tables", ())]
        # With the context, all that the note and its hash are made of.
        id_ = key(item, tables, instead_of_fixed_words(item, self._tables, self._course.project.language))
        if (found := known.get(id_)) and self.has_pictures(found[0].pictures):
            return found
        if self._writer is None:
            renderer = Renderer(Medium.ANKI, self._media.source)
            self._writer = FieldWriter(self._course, renderer, self._templates)
        made = note(item, self._writer)
        if made.kind not in self._deciders:
            self._deciders[made.kind] = _decider(self._course.project, made.kind, self._templates)
        decider = self._deciders[made.kind]
        shown = tuple(sorted(named_in(made.fields, self._media)))
        without = getattr(item, "without", ())
        ordinals = decider.ordinals(made.fields) if decider else ()
        cards = tuple([ordinal for ordinal in ordinals if ordinal not in without]) if without else ordinals
        record = NoteRecord(
            made.id,
            made.kind,
            made.deck,
            content_hash(item, self._tables, self._course.project.language, map(self._media.digest, shown)),
            html_hash(made.kind, made.fields, made.tags),
            id_,
            made.was,
            cards,
            shown,
            tuple([each for each in getattr(item, "decks", ()) if each[0] in cards]),
        )
        return record, join_content(made.fields, made.tags)

    def has_pictures(self, names: Iterable[str]) -> bool:
        """Return whether pictures that notes show still exist; their names contain hashes of their contents."""
        return all(name in self._media.contents for name in names)


def _decider(project: Project, kind: str, templates: Templates) -> CardDecider | None:
    """Return the decider of the cards of a kind; None if Anki refuses the type, which is reported elsewhere."""
    (made,) = note_types(project, templates, (kind,))
    try:
        return CardDecider(made)
    except TemplateError:
        return None
