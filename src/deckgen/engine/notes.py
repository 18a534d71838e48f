"""Write the notes of a course: what they say goes to a shelf, and only what is needed to stamp them is kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

import msgspec

from deckgen.anki.cards import CardDecider
from deckgen.anki.content import content_hash
from deckgen.anki.media import MediaNames, named_in
from deckgen.anki.note import note
from deckgen.anki.notetypes import note_types
from deckgen.anki.pen import Pen
from deckgen.anki.shelf import Shelf, Shelves, content, fields_and_tags
from deckgen.anki.template import TemplateError
from deckgen.core import Course, Item, Project
from deckgen.identity import FormerNote, html_hash
from deckgen.templating import Templates
from deckgen.text import Medium, Renderer

_AT_ONCE = 500


class Head(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """All of a note but what it says."""

    #: Id of its item.
    id: str
    #: Name of its note type's kind.
    kind: str
    #: Full deck name.
    deck: str
    #: Hash of what its author wrote.
    content_hash: str
    #: Hash of its HTML.
    html_hash: str
    #: Former ids of the item, the oldest first.
    was: tuple[str, ...]
    #: Ordinals of its cards.
    cards: tuple[int, ...]
    #: Names of the pictures it shows.
    pictures: tuple[str, ...]


class Notes:
    """The notes of a course in the source's order.

    Until all are written their heads stay encoded: small objects would lie between those of the manuscript, and
    memory is given back only where nothing is held.
    """

    def __init__(self) -> None:
        #: What they say.
        self.shelves: list[Shelf] = []
        self._heads: list[bytes] = []

    def add(self, heads: Iterable[bytes], shelf: Shelf) -> None:
        """Add the notes of a shelf, by their heads as `encoded`."""
        self._heads += heads
        self.shelves.append(shelf)

    def heads(self) -> Iterator[Head]:
        """Give the head of each note."""
        for some in self._heads:
            yield from msgspec.msgpack.decode(some, type=list[Head])

    def said(self, number: int) -> FormerNote:
        """Return what a note says."""
        return FormerNote(*fields_and_tags(Shelves(*self.shelves)[number]))


def encoded(heads: Iterable[Head]) -> Iterator[bytes]:
    """Encode heads, some at a time."""
    rest = iter(heads)
    while some := list(islice(rest, _AT_ONCE)):
        yield msgspec.msgpack.encode(some)


def write(
    course: Course, items: Iterable[Item], pictures: Mapping[str, bytes], templates: Templates, shelf: Shelf
) -> Iterator[Head]:
    """Write the notes of the items that go into a deck, in order, and put what they say on a shelf.

    The items of `course` itself do not count.

    Raises:
        jinja2.TemplateError: if a template is wrong.
        OSError: if the disk is full.
    """
    media = MediaNames(pictures)
    pen = Pen(course, Renderer(Medium.ANKI, media.source), templates)
    deciders: dict[str, CardDecider | None] = {}
    for item in items:
        if not item.in_deck:
            continue
        made = note(item, pen)
        if made.kind not in deciders:
            deciders[made.kind] = _decider(course.project, made.kind, templates)
        decider = deciders[made.kind]
        shelf.put(content(made.fields, made.tags))
        shown = tuple(named_in(made.fields))
        yield Head(
            made.id,
            made.kind,
            made.deck,
            content_hash(item, pen.tables, course.project.language, map(media.digest, shown)),
            html_hash(made.kind, made.fields, made.tags),
            made.was,
            decider.ordinals(made.fields) if decider else (),
            shown,
        )


def write_all(course: Course, pictures: Mapping[str, bytes], templates: Templates) -> Notes:
    """Write the notes of a whole course.

    Raises:
        jinja2.TemplateError: if a template is wrong.
        OSError: if the disk is full.
    """
    notes, shelf = Notes(), Shelf()
    notes.add(encoded(write(course, course.items, pictures, templates, shelf)), shelf)
    return notes


def _decider(project: Project, kind: str, templates: Templates) -> CardDecider | None:
    """Return who decides the cards of a kind; None where Anki would refuse them, which is told of the note type."""
    (made,) = note_types(project, templates, (kind,))
    try:
        return CardDecider(made)
    except TemplateError:
        return None
