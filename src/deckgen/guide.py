"""What a study guide says: the content of a top-level deck as one reads it, for page and paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from deckgen.core import Citation, Concept, Deck, Item, Source, Table, TrueFalse, Word, top_level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deckgen.core import Course

#: Misconceptions that make a guide by themselves; a quiz deck with one of them needs none.
_WORTH_A_GUIDE = 3


class Group(msgspec.Struct, frozen=True):
    """The concepts of one deck."""

    #: Full name of the deck.
    deck: str
    concepts: tuple[Concept, ...]

    @property
    def title(self) -> str:
        """Return the last part of the deck's name."""
        return self.deck.rpartition("::")[2]


class WordList(msgspec.Struct, frozen=True):
    """The words of one deck."""

    #: Full name of the deck.
    deck: str
    words: tuple[Word, ...]

    @property
    def title(self) -> str:
        """Return the last part of the deck's name."""
        return self.deck.rpartition("::")[2]


class Guide(msgspec.Struct, frozen=True, kw_only=True):
    """A study guide of a top-level deck with all its subdecks, in the source's order."""

    #: Name of the top-level deck.
    name: str
    description: str
    #: Of these two, as `Item.language`.
    language: str = ""
    groups: tuple[Group, ...]
    lists: tuple[WordList, ...]
    tables: tuple[Table, ...]
    misconceptions: tuple[TrueFalse, ...]
    #: What the guide cites, each once, in the order of the first citation.
    sources: tuple[Source, ...]
    #: Ids of the quizzes that ask about it.
    sheets: tuple[str, ...]

    @property
    def concepts(self) -> tuple[Concept, ...]:
        """Return the concepts of all groups."""
        return tuple(concept for group in self.groups for concept in group.concepts)

    @property
    def words(self) -> tuple[Word, ...]:
        """Return the words of all lists."""
        return tuple(word for each in self.lists for word in each.words)


def guides(course: Course) -> tuple[Guide, ...]:
    """Return a guide for each top-level deck that has anything to read; what is in a bank is in none."""
    everything: tuple[Item | Table, ...] = (*course.items, *course.tables)
    decks = (each.deck for each in everything if each.in_deck)
    names = dict.fromkeys(map(top_level, decks))
    made = (_guide(course, name) for name in names)
    return tuple(
        guide
        for guide in made
        if guide.groups or guide.lists or guide.tables or len(guide.misconceptions) >= _WORTH_A_GUIDE
    )


def _guide(course: Course, name: str) -> Guide:
    items = [item for item in course.items if item.in_deck and top_level(item.deck) == name]
    concepts = [item for item in items if isinstance(item, Concept)]
    words = [item for item in items if isinstance(item, Word)]
    tables = tuple(table for table in course.tables if table.in_deck and top_level(table.deck) == name)
    misconceptions = tuple(item for item in items if isinstance(item, TrueFalse) and item.verdict)
    order = dict.fromkeys(
        citation.key for citation in _citations([*concepts, *words], tables, misconceptions)
    )
    sources = {source.key: source for source in course.sources if source.key in order}
    deck = next((deck for deck in course.decks if deck.name == name), Deck(name=name))
    return Guide(
        name=name,
        description=deck.description,
        language=deck.language,
        groups=tuple(
            Group(deck, tuple(concept for concept in concepts if concept.deck == deck))
            for deck in dict.fromkeys(concept.deck for concept in concepts)
        ),
        lists=tuple(
            WordList(deck, tuple(word for word in words if word.deck == deck))
            for deck in dict.fromkeys(word.deck for word in words)
        ),
        tables=tables,
        misconceptions=misconceptions,
        sources=tuple(sources[key] for key in order if key in sources),
        sheets=_sheets(course, items),
    )


def _citations(
    items: list[Concept | Word], tables: tuple[Table, ...], misconceptions: tuple[TrueFalse, ...]
) -> Iterator[Citation]:
    for item in items:
        yield from item.citations
    for table in tables:
        yield from table.citations
        for row in table.rows:
            for cell in row.cells:
                yield from cell.citations
    for claim in misconceptions:
        yield from claim.seen
        yield from claim.citations


def _sheets(course: Course, items: list[Item]) -> tuple[str, ...]:
    mine = {item.id for item in items}
    return tuple(
        sheet.id
        for sheet in course.sheets
        if "quiz" in sheet.outputs and any(not mine.isdisjoint(section.items) for section in sheet.sections)
    )
