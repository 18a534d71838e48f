"""Lower a project without mistakes to the core language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any

from msgspec.structs import replace

from deckgen import core
from deckgen.compiler.draw import Names, Selected, draw
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

    def __init__(self, manuscript: Manuscript, sheets: tuple[Selected, ...]) -> None:
        self._files = manuscript.files
        self._sheets = sheets
        self._settings = Settings(manuscript)
        decks: dict[str, core.Deck] = {}
        for file in manuscript.files:
            _add_deck(decks, file, manuscript.project.language)
        kinds = [kind for each in manuscript.note_types.values() for kind in each.together]
        types = (*kinds, *withdrawn(manuscript.frozen, [kind.name for kind in kinds]))
        #: The course without its items and sheets.
        self.frame = core.Course(
            project=replace(
                manuscript.project.lower(),
                note_types=types,
                adopted_media=tuple(sorted(manuscript.frozen.media.items())),
            ),
            decks=tuple(decks.values()),
            items=(),
            tables=tuple(self._tables()),
            sources=tuple(source.lower(key) for key, source in manuscript.sources.items()),
            refutations=tuple(
                core.Refutation(m.id, m.corrects) for m in manuscript.of(Misconception).values()
            ),
        )
        self.frame = replace(self.frame, private=self._private())

    @cached_property
    def course(self) -> core.Course:
        """The whole course, with each card of a note as an item."""
        return self._course(everything=True)

    @cached_property
    def shown(self) -> core.Course:
        """The course with those of its items that anything but their notes shows.

        Of questions those are the ones that a sheet drew; on flashcards every item is shown.
        """
        return self._course(everything=bool(self.frame.project.printing.flashcards))

    def _course(self, *, everything: bool) -> core.Course:
        """Return the course with all items, or with all but the questions that no sheet drew."""
        found: list[tuple[Question, Setting] | core.Item] = []
        for setting, file in self._settled():
            for entry in file.entries:
                if isinstance(entry.item, Question):
                    found.append((entry.item, setting))
                else:
                    found += [each for made in _lowered(entry.item, setting) for each in made.asked]
        sheets = self._drawn(found)
        drawn = {id_ for sheet in sheets for section in sheet.sections for id_ in section.items}
        items: list[core.Item] = []
        questions: dict[str, tuple[Question, Setting]] = {}
        for each in found:
            if isinstance(each, core.Item):
                items.append(each)
                continue
            question, setting = each
            is_asked = question.id in drawn
            if everything or is_asked:
                items += _lowered(question, setting)
            if is_asked and question.is_drawn:
                questions[question.id] = each
        return replace(self.frame, items=tuple(items), sheets=sheets, draws=_draws(questions, sheets))

    def _drawn(self, found: Iterable[tuple[Question, Setting] | core.Item]) -> tuple[core.Sheet, ...]:
        if not self._sheets:
            return ()
        names = Names({}, {})
        for each in found:
            item = each if isinstance(each, core.Item) else each[0]
            if item.was:
                names.oldest[item.id] = item.lasting_name
            if stem := item.stem:
                names.stems[item.id] = stem if isinstance(stem, str) else stem.id
        return tuple(draw(sheet, names) for sheet in self._sheets)

    def items(self, files: Iterable[File] | None = None) -> Iterator[core.Item]:
        """Yield the items of some files, of all if it is not said which, as Anki has them: a note is one."""
        for setting, file in self._settled(files):
            for entry in file.entries:
                yield from _lowered(entry.item, setting)

    def named(self) -> Iterator[Question | core.Item]:
        """Yield what is in decks, with its ids: questions as they were written, since their ids stay what they are."""
        for setting, file in self._settled():
            for entry in file.entries if not setting.bank else ():
                if isinstance(entry.item, Question):
                    yield entry.item
                else:
                    yield from _lowered(entry.item, setting)

    def _settled(self, files: Iterable[File] | None = None) -> Iterator[tuple[Setting, File]]:
        """Yield the files that have a deck, all if it is not said which, each with its setting."""
        for file in self._files if files is None else files:
            if file.deck is not None:
                yield self._settings.of(file, file.deck), file

    def _private(self) -> frozenset[str]:
        banks = [file for file in self._files if file.deck and file.deck.bank]
        return frozenset(id_ for item in self.items(banks) for id_ in (item.id, *item.was))

    def _tables(self) -> Iterator[core.Table]:
        for setting, file in self._settled():
            for entry in file.entries:
                if isinstance(entry.item, Comparison):
                    yield entry.item.table(setting)


def _lowered(item: Any, setting: Setting) -> tuple[core.Item, ...]:
    """Return an item as Anki has it: a note is one."""
    if isinstance(item, Question) and item.is_drawn:
        item = Drawing(item, setting.language).first()
    made: core.Item | tuple[core.Item, ...] = item.lower(setting)
    return made if isinstance(made, tuple) else (made,)


def _draws(
    questions: Mapping[str, tuple[Question, Setting]], sheets: Iterable[core.Sheet]
) -> dict[str, core.Draws]:
    """Return what the sheets ask of their questions with parameters."""
    found: dict[str, core.Draws] = {}
    asking: dict[str, list[core.Sheet]] = {}
    for sheet in sheets if questions else ():
        for id_ in (id_ for section in sheet.sections for id_ in section.items if id_ in questions):
            asking.setdefault(id_, []).append(sheet)
    for id_, (item, setting) in questions.items():
        drawing = Drawing(item, setting.language)
        found[id_] = core.Draws(
            attempts=tuple(made.lower(setting) for made in drawing.attempts()),
            versions={
                sheet.id: tuple(
                    made.lower(setting) for made in drawing.versions(sheet.id, sheet.seed, sheet.versions)
                )
                for sheet in asking[id_]
            },
        )
    return found


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
    for id_, table in manuscript.of(Comparison).items():
        if manuscript.by_id[id_].place.cards not in banks:
            yield table


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
