"""What a build keeps of a project once its notes are made."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from deckgen.anki.notes import Notes
from deckgen.compiler.compile import Compiled
from deckgen.contents import Contents
from deckgen.core import Course, new_card_places
from deckgen.engine.store import Store
from deckgen.pipeline.notes import make_notes
from deckgen.pipeline.stamp_report import Places
from deckgen.templating import Templates

#: Lets other processes begin to make what shows a course with these pictures.
Begin = Callable[[Course, Contents], None]


class Written(msgspec.Struct, frozen=True):
    """What a build needs of a project once its notes are made."""

    #: With those of its items that pages show.
    course: Course
    notes: Notes
    media: Contents
    places: Places
    #: Places of the new cards of each note, by the id of its item; empty if they come in the source's order.
    new_cards: dict[str, tuple[int, ...]]


def write_down(
    compiled: Compiled,
    templates: Templates,
    store: Store,
    begin: Begin = lambda _course, _media: None,
) -> Written:
    """Make the notes of a project, and return only what later steps need.

    `begin` is called before notes are made if this process will make them alone.
    """
    lowering, manuscript = compiled.lowering, compiled.manuscript
    if lowering is None or manuscript is None:
        raise ValueError("a course with mistakes has no notes")
    frame, pictures = lowering.frame, compiled.pictures

    def meanwhile(alone: bool) -> None:
        shown = lowering.shown
        if alone:
            begin(shown, pictures)

    notes = make_notes(lowering, manuscript.files, pictures, templates, store, meanwhile)
    course, places = lowering.shown, Places(manuscript)
    new_cards = new_card_places(frame, lowering.items()) if _is_ordered(frame) else {}
    return Written(notes=notes, course=course, media=pictures, places=places, new_cards=new_cards)


def _is_ordered(course: Course) -> bool:
    """Return whether new cards come in another order than the source's."""
    return bool(course.project.new_order) or any(deck.new == "mixed" for deck in course.decks)
