"""The target of handouts: study guides and flashcards on paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import msgspec
from markupsafe import Markup

from deckgen.core import Course, Deck, Item, Project, top_level
from deckgen.engine.output import Output, key
from deckgen.filenames import file_names
from deckgen.guide import Guide, guides
from deckgen.sheet import flashcards, guide
from deckgen.sheet.profile import PageProfile
from deckgen.sheet.target import Maker

if TYPE_CHECKING:
    from deckgen.engine.store import Store
    from deckgen.targets import Context

#: Milliseconds for an entry of a guide, and for a flashcard.
_COST_OF_ENTRY, _COST_OF_CARD = 1, 2


class GuideView(msgspec.Struct, frozen=True, kw_only=True):
    """All that a study guide is made from, apart from templates and pictures."""

    project: Project
    guide: Guide
    profile: PageProfile


class CardsView(msgspec.Struct, frozen=True, kw_only=True):
    """All that the flashcards of a top-level deck are made from, apart from templates and pictures."""

    project: Project
    deck: Deck
    items: tuple[Item, ...]
    profile: PageProfile


class Handouts:
    """The target of handouts."""

    waits = False

    def prepare(self) -> None:
        """Nothing needs to be loaded."""

    def outputs(self, course: Course, context: Context) -> Iterable[Output]:
        """Name the study guides and flashcards of all top-level decks."""
        maker = Maker(context, course.project.language)
        if course.project.printing.study_guides:
            yield from _guides(maker, course)
        if course.project.printing.flashcards:
            yield from _flashcards(maker, course, context)


def _guides(maker: Maker, course: Course) -> Iterator[Output]:
    made = guides(course)
    names = file_names(each.name for each in made)

    def make(view: GuideView) -> bytes:
        return guide.page(view.project, view.guide, maker.environment(view.profile))

    for end, profile in guide.guide_profiles(course.project.printing).items():
        for each in made:
            name = f"guides/{names[each.name]}{end}.html"
            view = GuideView(project=course.project, guide=each, profile=profile)
            entries = len(each.concepts) + len(each.words) + len(each.misconceptions)
            yield maker.output(name, make, view, entries * _COST_OF_ENTRY, title=each.name, group="Handout")


def _flashcards(maker: Maker, course: Course, context: Context) -> Iterator[Output]:
    items = [item for item in course.items if item.in_deck]
    names = file_names(top_level(item.deck) for item in items)
    decks = {deck.name: deck for deck in course.decks}
    for deck, name in names.items():
        view = CardsView(
            project=course.project,
            deck=decks.get(deck, Deck(name=deck)),
            items=tuple(item for item in items if top_level(item.deck) == deck),
            profile=flashcards.cards_profile(course.project.printing),
        )
        kept = f"flashcards of {deck}"
        context.store.used(kept)
        known = _Known(context.store, kept, maker)
        cost = len(view.items) * _COST_OF_CARD
        path = f"flashcards/{name}.html"
        yield maker.output(path, known.page, view, cost, title=deck, group="Handout")


class _Known:
    """Makes flashcards; unchanged ones come from the last build, because fitting their texts is slow."""

    def __init__(self, store: Store, name: str, maker: Maker) -> None:
        self._store = store
        self._name = name
        self._maker = maker

    def page(self, view: CardsView) -> bytes:
        """Make the page of a deck, and keep its cards for the next build."""
        env = self._maker.environment(view.profile)
        count = view.project.printing.flashcards
        known = self._load()
        made: dict[bytes, _StoredCard] = {}
        cards = []
        for item in view.items:
            id_ = key(item, view.profile, count, view.project.language, *self._maker.shared)
            if id_ in known:
                made[id_] = known[id_]
                cards.append(made[id_].card())
            else:
                cards.append(flashcards.card(env, item, view.profile, count))
                made[id_] = _StoredCard.of(cards[-1])
        if made.keys() != known.keys():
            self._store.put(self._name, msgspec.msgpack.encode(made))
        return flashcards.page(view.project, view.deck, cards, env)

    def _load(self) -> dict[bytes, _StoredCard]:
        content = self._store.get(self._name)
        return msgspec.msgpack.decode(content, type=dict[bytes, _StoredCard]) if content else {}


class _StoredCard(msgspec.Struct, frozen=True, array_like=True):
    """A flashcard as the store keeps it; a side is its text, and the size of its type and its lines."""

    kind: str
    deck: str
    language: str
    front: tuple[str, float, float]
    back: tuple[str, float, float]
    rows: int

    @classmethod
    def of(cls, card: flashcards.Card) -> _StoredCard:
        front, back = ((str(side.text), side.size, side.line) for side in (card.front, card.back))
        return cls(card.kind, card.deck, card.language, front, back, card.rows)

    def card(self) -> flashcards.Card:
        # Texts that an escaping template made.
        front, back = (
            flashcards.Side(Markup(text), size, line)  # noqa: S704 -- see above
            for text, size, line in (self.front, self.back)
        )
        return flashcards.Card(
            kind=self.kind, deck=self.deck, language=self.language, front=front, back=back, rows=self.rows
        )


TARGET = Handouts()
