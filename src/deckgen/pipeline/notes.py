"""Make the notes of a course, file by file of cards; what is as it was comes from the last build."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial

import msgspec

from deckgen.anki.cards import CardDecider
from deckgen.anki.content import content_hash
from deckgen.anki.field_writer import FieldWriter
from deckgen.anki.media import MediaNames, named_in
from deckgen.anki.note import note
from deckgen.anki.note_text import joined
from deckgen.anki.notes import Head, Heads, Notes, Piece, piece_name, read_piece, write_piece
from deckgen.anki.notetypes import note_types
from deckgen.anki.template import TemplateError
from deckgen.compiler.lower import Lowering
from deckgen.core import Course, Item, Project
from deckgen.engine.output import Key, key
from deckgen.engine.store import Store
from deckgen.engine.worker import Job, run
from deckgen.identity import html_hash
from deckgen.language.manuscript import File
from deckgen.language.question import Question
from deckgen.pipeline.checks import is_large
from deckgen.templating import Templates
from deckgen.text import Medium, Renderer

#: Milliseconds that a thousand letters of TOML take, roughly.
_COST = 0.3


def make_notes(
    lowering: Lowering,
    files: Sequence[File],
    pictures: Mapping[str, bytes],
    templates: Templates,
    store: Store,
) -> Notes:
    """Make the notes of all items that go into a deck.

    Raises:
        jinja2.TemplateError: if a template is wrong.
        OSError: if the disk is full.
    """
    maker = _Maker(lowering.frame, MediaNames(pictures), templates, store)
    # All that an item may refer to: whatever is written down, questions apart.
    shared = key(
        lowering.frame.project,
        [
            (file.sources, [entry.item for entry in file.entries if not isinstance(entry.item, Question)])
            for file in files
        ],
    )
    made: dict[str, Heads] = {}
    jobs = []
    for file in files:
        if not file.deck or not file.entries:
            continue
        whole = key(file.name, file.text, shared)
        known = maker.known(file.name, whole)
        made[file.name] = Heads.of(known or [])
        if known is None:
            make = partial(_make_file, maker, lowering, file, whole)
            jobs.append(Job(file.name, make, _COST * len(file.text) / 1000))
    for name, heads in run(jobs, alone=is_large(files)):
        made[name] = heads
        # Another process may have put it there.
        store.used(piece_name(name))
    return Notes(store, made)


def _make_file(maker: _Maker, lowering: Lowering, file: File, whole: Key) -> Heads:
    return Heads.of(maker.make(file.name, whole, lowering.items((file,))))


class _Maker:
    """Makes the notes of some items at a time; what is as it was comes from the store."""

    def __init__(self, course: Course, media: MediaNames, templates: Templates, store: Store) -> None:
        self._course = course
        self._media = media
        self._templates = templates
        self._store = store
        self._context = key(
            course.project.language, course.project.note_types, templates.digest("sheet", "web")
        )
        self._tables = {table.id: table for table in course.tables}
        self._writer: FieldWriter | None = None
        self._deciders: dict[str, CardDecider | None] = {}

    def known(self, name: str, whole: Key) -> list[Head] | None:
        """Return the notes that were made under a name, if all that they were made from is as it was."""
        piece = read_piece(self._store, name)
        if piece is None or piece.context != self._context or piece.whole != whole:
            return None
        return piece.heads if all(map(self._has_pictures, piece.heads)) else None

    def make(self, name: str, whole: Key, items: Iterable[Item]) -> list[Head]:
        """Make notes, keep them in the store under a name, and return their heads."""
        before = read_piece(self._store, name)
        known: dict[bytes, tuple[Head, str]] = {}
        if before is not None and before.context == self._context:
            known = {head.key: (head, text) for head, text in zip(before.heads, before.texts(), strict=True)}
        made = [self._note(item, known) for item in items if item.in_deck]
        heads = [head for head, _ in made]
        said = msgspec.msgpack.encode([text for _, text in made])
        write_piece(self._store, name, Piece(whole, self._context, heads, said))
        return heads

    def _note(self, item: Item, known: Mapping[bytes, tuple[Head, str]]) -> tuple[Head, str]:
        id_ = key(item, [self._tables[table] for table in getattr(item, "tables", ())])
        if (former := known.get(id_)) and self._has_pictures(former[0]):
            return former
        if self._writer is None:
            renderer = Renderer(Medium.ANKI, self._media.source)
            self._writer = FieldWriter(self._course, renderer, self._templates)
        made = note(item, self._writer)
        if made.kind not in self._deciders:
            self._deciders[made.kind] = _decider(self._course.project, made.kind, self._templates)
        decider = self._deciders[made.kind]
        shown = tuple(sorted(named_in(made.fields)))
        head = Head(
            made.id,
            made.kind,
            made.deck,
            content_hash(item, self._tables, self._course.project.language, map(self._media.digest, shown)),
            html_hash(made.kind, made.fields, made.tags),
            id_,
            made.was,
            decider.ordinals(made.fields) if decider else (),
            shown,
        )
        return head, joined(made.fields, made.tags)

    def _has_pictures(self, head: Head) -> bool:
        """Return whether the pictures that a note shows are still there; their names tell their contents."""
        return all(name in self._media.contents for name in head.pictures)


def _decider(project: Project, kind: str, templates: Templates) -> CardDecider | None:
    """Return who decides the cards of a kind; None where Anki would refuse them, which is told of the note type."""
    (made,) = note_types(project, templates, (kind,))
    try:
        return CardDecider(made)
    except TemplateError:
        return None
