"""Lower a project without mistakes to the core language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from msgspec.structs import replace

from deckgen import core
from deckgen.compiler.note_types import withdrawn
from deckgen.compiler.parameters.drawing import Drawing
from deckgen.language.comparison import Comparison
from deckgen.language.concept import Concept
from deckgen.language.deck import Deck
from deckgen.language.manuscript import File, Manuscript
from deckgen.language.misconception import Misconception
from deckgen.language.question import Question
from deckgen.language.setting import Setting
from deckgen.language.stem import Stem
from deckgen.language.word import USUAL_DIRECTIONS


class Lowering:
    """Lowers a project without mistakes. Everything that is referred to must exist.

    Items are available file by file: all of them at once take half as much memory as the authors' texts.
    """

    def __init__(self, manuscript: Manuscript, sheets: tuple[core.Sheet, ...]) -> None:
        self._files = manuscript.files
        self._settings = Settings(manuscript)
        decks: dict[str, core.Deck] = {}
        for file in manuscript.files:
            _add_deck(decks, file, manuscript.project.language)
        #: The course without its items.
        types = (*manuscript.note_types.values(), *withdrawn(manuscript.frozen, manuscript.note_types))
        self.frame = core.Course(
            project=replace(
                manuscript.project.lower(),
                note_types=types,
                adopted_media=tuple(sorted(manuscript.frozen.media.items())),
            ),
            decks=tuple(decks.values()),
            items=(),
            tables=tuple(self._tables()),
            sheets=sheets,
            sources=tuple(source.lower(key) for key, source in manuscript.sources.items()),
            refutations=tuple(
                core.Refutation(m.id, m.corrects) for m in manuscript.of(Misconception).values()
            ),
        )
        self.frame = replace(self.frame, private=self._private())

    @cached_property
    def course(self) -> core.Course:
        """The whole course, with each card of a note as an item."""
        return replace(self.frame, items=_asked(self.items()), draws=self._draws())

    def shown(self) -> core.Course:
        """Return the course with the items that anything but their notes may show, and perhaps some more.

        Those are the items of files that a sheet draws on, or that hold anything besides questions; on flashcards
        every item is shown.
        """
        drawn = {
            id_
            for sheet in self.frame.sheets
            for part in sheet.sections
            for pool in part.pools
            for id_ in pool.items
        }
        wanted = [
            file
            for file in self._files
            if self.frame.project.printing.flashcards
            or any(not isinstance(each.item, Question) or each.item.id in drawn for each in file.entries)
        ]
        return replace(self.frame, items=_asked(self.items(wanted)), draws=self._draws())

    def items(self, files: Iterable[File] | None = None) -> Iterator[core.Item]:
        """Yield the items of some files, of all if it is not said which, as Anki has them: a note is one."""
        for file in self._files if files is None else files:
            if file.deck is None:
                continue
            setting = self._settings.of(file, file.deck)
            for entry in file.entries:
                item = entry.item
                if isinstance(item, Question) and item.is_drawn:
                    item = Drawing(item, setting.language).first()
                made = item.lower(setting)
                if isinstance(made, tuple):
                    yield from made
                else:
                    yield made

    def _draws(self) -> dict[str, core.Draws]:
        """Return what the sheets ask of questions with parameters."""
        sheets: dict[str, list[core.Sheet]] = {}
        for sheet in self.frame.sheets:
            for id_ in dict.fromkeys(
                id_ for part in sheet.sections for pool in part.pools for id_ in pool.items
            ):
                sheets.setdefault(id_, []).append(sheet)
        found: dict[str, core.Draws] = {}
        for file in self._files:
            for entry in file.entries:
                item = entry.item
                if (
                    file.deck is None
                    or not isinstance(item, Question)
                    or not item.is_drawn
                    or item.id not in sheets
                ):
                    continue
                setting = self._settings.of(file, file.deck)
                drawing = Drawing(item, setting.language)
                found[item.id] = core.Draws(
                    attempts=tuple(made.lower(setting) for made in drawing.attempts()),
                    versions={
                        sheet.id: tuple(
                            made.lower(setting)
                            for made in drawing.versions(sheet.id, sheet.seed, sheet.versions)
                        )
                        for sheet in sheets[item.id]
                    },
                )
        return found

    def _private(self) -> frozenset[str]:
        banks = [file for file in self._files if file.deck and file.deck.bank]
        return frozenset(id_ for item in self.items(banks) for id_ in (item.id, *item.was))

    def _tables(self) -> Iterator[core.Table]:
        for file in self._files:
            if file.deck is None:
                continue
            setting = self._settings.of(file, file.deck)
            for entry in file.entries:
                if isinstance(entry.item, Comparison):
                    yield entry.item.table(setting)


def _asked(items: Iterable[core.Item]) -> tuple[core.Item, ...]:
    return tuple([each for item in items for each in item.asked])


class Settings:
    """Makes the setting of each file: what its items may refer to in the whole project."""

    def __init__(self, manuscript: Manuscript) -> None:
        self._manuscript = manuscript
        self._concepts = manuscript.of(Concept)
        self._misconceptions = manuscript.of(Misconception)
        self._tables: dict[str, tuple[str, ...]] = {}
        for table in _tables_on_cards(manuscript):
            for concept in table.between:
                self._tables[concept] = (*self._tables.get(concept, ()), table.id)
        self._known: dict[str, core.Citation] = {}
        self._stems = {
            entry.item.id: replace(entry.item, language=_language(entry.item, file, manuscript))
            for file in reversed(manuscript.files)
            for entry in reversed(file.stems)
        }

    def of(self, file: File, deck: Deck) -> Setting:
        """Return the setting of a file with this deck."""
        return Setting(
            deck=deck.name,
            topic=deck.topic,
            file=file.path,
            bank=deck.bank,
            language=self._manuscript.project.language,
            deck_language=deck.language,
            meanings_in=deck.meaning_language or self._manuscript.project.language,
            directions=USUAL_DIRECTIONS if deck.directions is None else deck.directions,
            tags=deck.tags,
            accents=deck.accents,
            sources=self._manuscript.sources,
            concepts=self._concepts,
            misconceptions=self._misconceptions,
            note_types=self._manuscript.note_types,
            stems=self._stems,
            tables=self._tables,
            known=self._known,
        )


def _language(stem: Stem, file: File, manuscript: Manuscript) -> str:
    """Return the language that a stem is in, empty where it is the project's."""
    language = stem.language or (file.deck.language if file.deck else "")
    return "" if language == manuscript.project.language else language


def _tables_on_cards(manuscript: Manuscript) -> Iterator[Comparison]:
    """Yield the tables that the cards of their concepts show: none of a bank's."""
    banks = {file.name for file in manuscript.files if file.deck and file.deck.bank}
    for entry in manuscript.by_id.values():
        if isinstance(entry.item, Comparison) and entry.place.cards not in banks:
            yield entry.item


def _add_deck(decks: dict[str, core.Deck], file: File, project_language: str) -> None:
    deck = file.deck
    if deck is None or deck.bank or not file.entries:
        return
    known = decks.get(deck.name)
    tags = tuple(dict.fromkeys((*(known.tags if known else ()), *deck.tags)))
    description = deck.description or (known.description if known else "")
    new = known.new if known and known.new == "mixed" else deck.new
    language = known.language if known else "" if deck.language == project_language else deck.language
    decks[deck.name] = core.Deck(
        name=deck.name, tags=tags, description=description, new=new, language=language
    )
