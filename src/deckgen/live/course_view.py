"""The view of a course: its notes, cards and pages, made when they are requested."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec

from deckgen.anki.cards import CardDecider
from deckgen.anki.field_writer import FieldWriter
from deckgen.anki.filters import strip_html
from deckgen.anki.media import MediaNames
from deckgen.anki.note import Note, note
from deckgen.anki.notetypes import NoteType, note_types
from deckgen.anki.render import Rendered, render, special_fields
from deckgen.core import Course, Item
from deckgen.engine.store import Store
from deckgen.targets import Context, targets
from deckgen.templating import Templates
from deckgen.templating.own import templates_of
from deckgen.text import Medium, Renderer

#: A cloze deletion, and its text.
_CLOZE = re.compile(r"\{\{c\d+::(.*?)(?:::.*?)?\}\}")
#: Letters of a note's first field that the list shows.
_TITLE = 140


class Page(msgspec.Struct, frozen=True):
    """A page that can be made: its path in the output folder, and its title."""

    path: str
    title: str
    #: The title of its sheet, or a word for pages of its kind.
    group: str
    make: Callable[[], bytes]


class CourseView:
    """The view of one state of a course without errors; it reuses what has not changed since the previous state."""

    def __init__(
        self,
        course: Course,
        items: tuple[Item, ...],
        pictures: Mapping[str, bytes],
        own_templates: Mapping[str, str],
        offered: tuple[str, ...],
        files: tuple[str, ...],
        before: CourseView | None = None,
    ) -> None:
        """Show a course; `items` are what it has, as Anki has them: a note is one.

        `pictures` are contents by path; `own_templates` the project's templates by file name; `offered` the outputs of
        the last build; `files` the names of all files of cards.

        Raises:
            jinja2.TemplateError: if a template is wrong.
        """
        self.course = course
        self.items = items
        self.pictures = pictures
        self.own_templates = own_templates
        self.offered = offered
        self.files = files
        same_templates = before is not None and before.own_templates == own_templates
        self.templates: Templates = (
            before.templates if before and same_templates else templates_of(own_templates)
        )
        same_types = before is not None and same_templates and before.course.project == course.project
        self.types: dict[str, NoteType] = (
            before.types
            if before and same_types
            else {made.kind: made for made in note_types(course.project, self.templates)}
        )
        self.media = MediaNames(pictures, course.project.adopted_media)
        #: Shared with the previous state, for results that are slow to make.
        self.store: Store = before.store if before else Store(Path(), "", lasting=False, empty=True)
        #: Rows of `index` by the ids of their notes, including those of the previous state.
        self.rows: dict[str, tuple[Note, dict[str, Any]]] = dict(before.rows) if before else {}
        reused = (
            before.note_of
            if before and same_types and before.pictures == pictures and before.course.tables == course.tables
            else {}
        )
        #: Notes by their items: equal items have the same note.
        self.note_of: dict[Item, Note] = {}
        writer = FieldWriter(course, Renderer(Medium.ANKI, self.media.source), self.templates)
        for item in items:
            if item.in_deck:
                self.note_of[item] = reused.get(item) or note(item, writer)

    @cached_property
    def notes(self) -> dict[str, Note]:
        """Every note by its id."""
        return {made.id: made for made in self.note_of.values()}

    @cached_property
    def index(self) -> list[dict[str, Any]]:
        """What the page's list and search need to know about each note."""
        deciders = {kind: CardDecider(made) for kind, made in self.types.items()}
        files = {name.removeprefix("cards/").removesuffix(".toml"): name for name in self.files}
        index = []
        for item, made in self.note_of.items():
            file = files.get(item.file, item.file)
            known = self.rows.get(made.id)
            if known is None or known[0] is not made or known[1]["file"] != file:
                known = self.rows[made.id] = (made, self._row(made, file, deciders[made.kind]))
            index.append(known[1])
        return index

    def _row(self, made: Note, file: str, decider: CardDecider) -> dict[str, Any]:
        kind = self.types[made.kind]
        title = " ".join(_CLOZE.sub(r"\1", strip_html(made.fields[0])).split())
        return {
            "id": made.id,
            "deck": made.deck,
            "kind": made.kind,
            "tags": made.tags,
            "file": file,
            "title": title[:_TITLE],
            "text": " ".join(strip_html(" ".join(made.fields)).split()).lower(),
            "cards": [
                [ordinal, kind.templates[0 if kind.cloze else ordinal].name]
                for ordinal in decider.ordinals(made.fields)
            ],
        }

    def card(self, id_: str, ordinal: int) -> tuple[Rendered, NoteType] | None:
        """Render a card as Anki does; None if there is no such card.

        Raises:
            deckgen.anki.template.TemplateError: Anki would refuse the template.
        """
        made = self.notes.get(id_)
        if made is None:
            return None
        kind = self.types[made.kind]
        at = 0 if kind.cloze else ordinal
        if not 0 <= at < len(kind.templates) or ordinal < 0:
            return None
        template = kind.templates[at]
        special = special_fields(deck=made.deck, tags=made.tags, note_type=kind.name, card=template.name)
        names = [field.name for field in kind.fields]
        fields = special | dict(zip(names, made.fields, strict=True))
        return render(template.front, template.back, fields, ordinal=ordinal, cloze=kind.cloze), kind

    @cached_property
    def pages(self) -> dict[str, Page]:
        """The pages of all targets by their paths, those of the site last."""
        context = Context(
            templates=self.templates,
            media=self.pictures,
            edition=None,
            store=self.store,
            offered=frozenset(self.offered),
        )
        outputs = [
            output for target in targets() for output in target.outputs(self.course, context) if output.title
        ]
        return {
            output.name: Page(output.name, output.title, output.group, output.in_memory) for output in outputs
        }
