"""What advice on a whole course looks at."""

from __future__ import annotations

from functools import cached_property

from deckgen.compiler.parameters.drawing import Drawing
from deckgen.core import Course, Item
from deckgen.diagnostics import Place
from deckgen.language.advice import Advice
from deckgen.language.manuscript import Entry, Manuscript
from deckgen.language.question import Question
from deckgen.sheet.plan import plan
from deckgen.sheet.version import Version


def _as_asked(entry: Entry, language: str) -> Entry:
    if isinstance(entry.item, Question) and entry.item.is_drawn:
        return Entry(Drawing(entry.item, language).first(), entry.place)
    return entry


class Context:
    """A course without errors, and where its parts were written."""

    def __init__(self, course: Course, manuscript: Manuscript) -> None:
        self.course = course
        self._manuscript = manuscript
        self.settings: Advice = manuscript.project.advice
        language = manuscript.project.language
        #: Questions with parameters are as on their cards.
        self.entries: tuple[Entry, ...] = tuple(_as_asked(entry, language) for entry in manuscript.items)

    @cached_property
    def versions(self) -> dict[str, tuple[Version, ...]]:
        """The planned versions of each sheet, by its id."""
        return {sheet.id: plan(self.course, sheet) for sheet in self.course.sheets}

    def place(self, item: Item) -> Place:
        """Return where an item was written; for a made question that is its table."""
        written = self._manuscript.by_id.get(item.id) or self._manuscript.by_id[item.id.partition("/")[0]]
        return written.place.header()

    def sheet_place(self, id_: str) -> Place:
        """Return where a sheet was written."""
        return next(entry.place for entry in self._manuscript.sheets() if entry.item.id == id_).header()

    def deck_place(self, name: str) -> Place:
        """Return where a deck is named first."""
        files = (file for file in self._manuscript.files if file.deck is not None and file.deck.name == name)
        return next(files).deck_name

    def name_at(self, place: Place) -> str:
        """Return the id of the item or sheet that was written at a place, or the name of the deck; else nothing."""
        for entry in (*self.entries, *self._manuscript.sheets()):
            there = entry.place
            if (there.file, there.path, there.table) == (place.file, place.path, place.table):
                return str(entry.item.id)
        for file in self._manuscript.files:
            if file.deck is not None and file.name == place.file and place.path[:1] == ("deck",):
                return file.deck.name
        return ""
