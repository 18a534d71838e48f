"""Link the files of a project: an index of names, and what each sheet draws from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, get_args

from deckgen import core
from deckgen.compiler.candidates import candidates, matching
from deckgen.compiler.draw import Pool, Selected
from deckgen.compiler.note_types import note_types
from deckgen.diagnostics import Diagnostic, Place
from deckgen.identity import Frozen
from deckgen.language import sheet as language
from deckgen.language.comparison import Comparison
from deckgen.language.manuscript import Entry, File, Manuscript, sheet_of
from deckgen.language.printing import lowered
from deckgen.language.project import Project
from deckgen.language.question import Question
from deckgen.language.scoring import grades
from deckgen.language.scoring import lowered as scoring
from deckgen.language.sheet import Section, Sheet
from deckgen.language.word import shown
from deckgen.rules import (
    bank_made_public,
    draw_tears_stem,
    draws_too_many,
    grade_out_of_reach,
    unknown_selector,
    words_cannot_be_asked,
)


def link(
    project: Project,
    files: Iterable[File],
    unread: frozenset[str],
    frozen: Frozen | None = None,
) -> Manuscript:
    """Index everything that has a name; `frozen` is what the lock says of note types."""
    frozen, files = frozen or Frozen(), tuple(files)
    items = [entry for file in files for entry in file.entries]
    by_id: dict[str, Entry] = {}
    by_class: dict[type[Any], list[Entry]] = {}
    rows: dict[str, Place] = {}
    sources = {}
    for file in reversed(files):
        sources.update(file.sources)
    for entry in items:
        by_id.setdefault(entry.item.id, entry)
        by_class.setdefault(type(entry.item), []).append(entry)
    for entry in by_class.get(Comparison, ()):
        for index, row in enumerate(entry.item.row):
            rows.setdefault(f"{entry.item.id}/{row.id}", entry.place.child("row", index))
    broken = frozenset[str]().union(*(file.broken for file in files))
    unnamed = frozenset[str]().union(*(file.unnamed for file in files))
    return Manuscript(
        project=project,
        files=files,
        items=tuple(items),
        by_class=by_class,
        by_id=by_id,
        rows=rows,
        sources=sources,
        note_types=note_types(files, frozen, project.id),
        frozen=frozen,
        broken=broken | unnamed,
        unnamed=unnamed - broken,
        partial=bool(unread) or any(file.partial for file in files),
    )


#: What a selector may mean, in the order in which a word without a prefix is tried.
_MEANINGS = ("id", "deck", "tag", "file")
#: What it means only with a prefix.
_SAID = ("difficulty", "type")
#: Separates conditions that must all be true.
_AND = " & "


class Selection:
    """Finds what the selectors of sheets mean."""

    def __init__(self, manuscript: Manuscript) -> None:
        self._manuscript = manuscript
        self._candidates = tuple(candidates(manuscript))
        self._private = frozenset(candidate.id for candidate in self._candidates if candidate.private)
        words = [candidate for candidate in self._candidates if candidate.asked_as is not None]
        #: Ids of words by the ways in which they cannot be asked.
        self._cannot_be_asked = {
            ask: frozenset(word.id for word in words if ask not in (word.asked_as or ()))
            for ask in get_args(core.Ask)
        }
        #: The stems of questions that have one, by the ids of the questions.
        self._stems = {id_: item.stem for id_, item in manuscript.of(Question).items() if item.stem}
        self._points = {candidate.id: candidate.points for candidate in self._candidates}
        self._cache: dict[tuple[str, str], tuple[str, ...]] = {}

    def sheet(self, entry: Entry) -> tuple[Selected | None, list[Diagnostic]]:
        """Lower a sheet but for its items; None where it draws from nothing, or a selector is wrong."""
        sheet = sheet_of(entry)
        project = self._manuscript.project
        found: list[Diagnostic] = []
        drawers: list[tuple[Sheet | Section, Place]]
        if sheet.section:
            drawers = [(part, entry.place.child("section", i)) for i, part in enumerate(sheet.section)]
        else:
            drawers = [(sheet, entry.place)]
        earlier: list[Pool] = []
        sections: list[core.Section] = []
        selected: list[tuple[Pool, ...]] = []
        for drawer, at in drawers:
            ask = drawer.ask or sheet.ask or "recognise"
            pools = tuple(self._pool(pool, place, ask, earlier, found) for pool, place in _pools(drawer, at))
            selected.append(pools)
            if self._private and "quiz" in sheet.outputs:
                found += self._made_public(drawer, at)
            if isinstance(drawer, Section):
                sections.append(
                    core.Section(
                        (),
                        drawer.title,
                        drawer.instructions,
                        drawer.whole_tables,
                        drawer.blank,
                        drawer.paper_instructions,
                        ask,
                        scoring(drawer, drawer.partial),
                    )
                )
            else:
                sections.append(core.Section((), ask=ask))
        if not found and not self._manuscript.partial:
            found += self._out_of_reach(sheet, selected, entry.place)
        if found or not any(pool.items for pools in selected for pool in pools):
            return None, found
        lowered_sheet = core.Sheet(
            id=sheet.id,
            title=sheet.title,
            subtitle=sheet.subtitle,
            instructions=sheet.instructions,
            paper_instructions=sheet.paper_instructions,
            outputs=sheet.outputs,
            profile=None if sheet.profile is None else lowered(sheet.profile),
            also=None if sheet.also is None else tuple(map(lowered, sheet.also)),
            sections=tuple(sections),
            versions=sheet.versions,
            seed=sheet.seed,
            time=sheet.time,
            order=sheet.order,
            feedback=sheet.feedback,
            student_number=sheet.student_number,
            written_answers=sheet.written_answers,
            head=project.sheet.head if sheet.head is None else sheet.head,
            logo=shown(project.sheet.logo if sheet.logo is None else sheet.logo, ""),
            scoring=scoring(sheet, sheet.partial),
            grades=grades(project.grades if sheet.grades is None else sheet.grades),
            section_points=_first(sheet.section_points, project.sheet.section_points),
            grading_table=_first(sheet.grading_table, project.sheet.grading_table),
        )
        return Selected(lowered_sheet, tuple(selected)), found

    def _out_of_reach(
        self, sheet: Sheet, selected: Iterable[tuple[Pool, ...]], at: Place
    ) -> Iterator[Diagnostic]:
        """Yield a diagnostic for each grade that wants more points than the sheet can have."""
        place = Place("deckgen.toml") if sheet.grades is None else at
        said = self._manuscript.project.grades if sheet.grades is None else sheet.grades
        if not said:
            return
        most = 0.0
        for pool in (pool for pools in selected for pool in pools):
            worth = sorted((self._points[id_] for id_ in pool.items), reverse=True)
            most += sum(worth if pool.draw is None else worth[: pool.draw])
        for name, least in said.items():
            # Where it is no number, or per cent, other rules see to it.
            if isinstance(least, int | float) and least > most > 0:
                yield grade_out_of_reach.found(name, sheet.id, most, place.child("grades", name))

    def _pool(
        self,
        pool: language.Pool | Sheet | Section,
        at: Place,
        ask: core.Ask,
        earlier: list[Pool],
        found: list[Diagnostic],
    ) -> Pool:
        items: dict[str, None] = {}
        complete = True
        for index, selector in enumerate(pool.from_):
            place = at.child("from", index)
            named = self._meant(selector, place, found)
            cannot = self._cannot_be_asked[ask]
            meant = tuple(id_ for id_ in named if id_ not in cannot) if cannot else named
            if named and not meant:
                found.append(words_cannot_be_asked.found(selector, ask, place))
            complete = complete and bool(meant)
            items.update(dict.fromkeys(meant))
        result = Pool(tuple(items), pool.draw)
        if pool.draw is not None and pool.draw > 0 and complete and not self._manuscript.partial:
            taken = _taken(result, earlier)
            if pool.draw > len(items) - taken:
                found.append(draws_too_many.found(pool.draw, len(items), at.child("draw"), taken=taken))
            elif not taken:
                found += self._torn(pool.draw, result, at.child("draw"))
        earlier.append(result)
        return result

    def _torn(self, draw: int, pool: Pool, at: Place) -> Iterator[Diagnostic]:
        """Yield a diagnostic where no whole stems and single questions add up to what is drawn."""
        if self._stems.keys().isdisjoint(pool.items):
            return
        sizes = Counter(self._stems[id_] for id_ in pool.items if id_ in self._stems)
        single = len(pool.items) - sizes.total()
        whole = {0}
        for size in sizes.values():
            whole |= {size + each for each in whole}
        if not any(each <= draw <= each + single for each in whole):
            possible = {each + more for each in whole for more in (0, single)} - {0}
            yield draw_tears_stem.found(draw, possible, at)

    def _made_public(self, drawer: Sheet | Section, at: Place) -> Iterator[Diagnostic]:
        """Yield a diagnostic for each selector that finds a bank's items among others, which would become public."""
        for pool, place in _pools(drawer, at):
            for index, selector in enumerate(pool.from_):
                meant = frozenset(self._meant(selector, place, []))
                private = meant & self._private
                if private and private != meant:
                    yield bank_made_public.drawn(selector, len(private), place.child("from", index))

    def _meant(self, selector: str, place: Place, found: list[Diagnostic]) -> tuple[str, ...]:
        first, *others = (self._condition(part.strip(), place, found) for part in selector.split(_AND))
        if not others:
            return first
        kept = frozenset(first).intersection(*others)
        return tuple(id_ for id_ in first if id_ in kept)

    def _condition(self, selector: str, place: Place, found: list[Diagnostic]) -> tuple[str, ...]:
        meaning, colon, word = selector.partition(":")
        if colon and meaning in (*_MEANINGS, *_SAID) and not word.startswith(":"):
            meant = self._find(meaning, word.strip())
        else:
            hits = {meaning: self._find(meaning, selector) for meaning in _MEANINGS}
            hits = {meaning: ids for meaning, ids in hits.items() if ids}
            if len(set(hits.values())) > 1 and "id" not in hits:
                found.append(unknown_selector.ambiguous(selector, list(hits), place))
                return ()
            meant = next(iter(hits.values()), ())
        if not meant and not self._manuscript.knows(selector):
            found.append(unknown_selector.found(selector, self.known(), place))
        return meant

    def _find(self, meaning: str, word: str) -> tuple[str, ...]:
        key = (meaning, word)
        if key not in self._cache:
            self._cache[key] = matching(self._candidates, meaning, word)
        return self._cache[key]

    def known(self) -> list[str]:
        """List every word that a selector can be."""
        words: dict[str, None] = {}
        for candidate in self._candidates:
            words.update(dict.fromkeys((candidate.written, candidate.deck, candidate.file, *candidate.tags)))
        return list(words)


def _first(said: bool | None, around: bool) -> bool:
    """Return what is said, or what is said around it."""
    return around if said is None else said


def _pools(drawer: Sheet | Section, at: Place) -> Iterator[tuple[language.Pool | Sheet | Section, Place]]:
    if drawer.pool:
        yield from ((pool, at.child("pool", index)) for index, pool in enumerate(drawer.pool))
    elif drawer.from_:
        yield drawer, at


def _taken(pool: Pool, earlier: list[Pool]) -> int:
    """Count how many of a pool's items earlier pools may take at most."""
    items = set(pool.items)
    taken = 0
    for other in earlier:
        shared = len(items & set(other.items))
        taken += shared if other.draw is None else min(other.draw, shared)
    return min(taken, len(items))
