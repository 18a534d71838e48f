"""The order in which new cards come: files as the project states it, and mixed decks interleaved."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Sequence

import msgspec

from deckgen.core.cloze import Cloze
from deckgen.core.course import Course, top_level
from deckgen.core.item import Item
from deckgen.core.word import Word

#: Cards between two cards of one note, and between two cards about one row of a table or one word, where that can be
#: had.
SIBLINGS_APART = 10
TOPICS_APART = 4
#: How many cards with one answer may come in a row, where that can be had.
LONGEST_RUN = 2
#: How many waiting cards are checked to find one that fits. A limit keeps the time linear.
_LOOKED_AT = 40
#: More than all that can speak against a card.
_WORST = 8


class _Card(msgspec.Struct, frozen=True, gc=False):
    """A new card, and what it has in common with others."""

    item: str
    #: Which of the note's cards it is, from 0.
    number: int
    kind: str
    topic: str
    answer: str


def new_card_places(course: Course, items: Iterable[Item]) -> dict[str, tuple[int, ...]]:
    """Return the places, from 1, of the new cards of each item by its id: one place for each of its cards.

    The places of a package (a top-level deck) are its own. Files come as `course.project.new_order` says, the
    others after them as they are given. The cards of an item have one place, as siblings have in Anki, but for
    those in a mixed deck. There, what introduces something comes first; then all else interleaved, each kind of
    question in its own order, so that neither siblings, nor rows of one table, nor equal answers come in blocks.
    Nothing is drawn by lot, so an item that is added moves the others by a few places at most.

    The items of `course` itself are not used.
    """
    ranks = {file: rank for rank, file in enumerate(course.project.new_order)}
    mixed = {deck.name for deck in course.decks if deck.new == "mixed"}
    there = sorted(
        (item for item in items if item.in_deck), key=lambda item: ranks.get(item.file, len(ranks))
    )
    waiting = {name: deque(_mixed(own)) for name, own in _by_deck(there, mixed).items()}
    last: Counter[str] = Counter()
    places: dict[str, dict[int, int]] = {}
    for item in there:
        package = top_level(item.deck)
        own = places.setdefault(item.id, {})
        if item.deck not in mixed:
            last[package] += 1
            own.update(dict.fromkeys(range(item.cards), last[package]))
            continue
        for _ in range(item.cards):
            last[package] += 1
            card = waiting[item.deck].popleft()
            places.setdefault(card.item, {})[card.number] = last[package]
    return {id_: tuple(own[number] for number in sorted(own)) for id_, own in places.items()}


def _by_deck(items: Iterable[Item], decks: set[str]) -> dict[str, list[Item]]:
    found: dict[str, list[Item]] = {}
    for item in items:
        if item.deck in decks:
            found.setdefault(item.deck, []).append(item)
    return found


def _mixed(items: Sequence[Item]) -> list[_Card]:
    """Return the cards of a deck: first what introduces something, then the rest interleaved."""
    first = [_card(item, 0) for item in items if item.introduces]
    rest = [
        _card(item, number) for item in items for number in range(1 if item.introduces else 0, item.cards)
    ]
    made = list(first)
    waiting = _spread(rest)[::-1]
    while waiting:
        # From the end, where taking one away costs nothing.
        made.append(waiting.pop(-_fitting(waiting, made)))
    return made


def _fitting(waiting: Sequence[_Card], made: Sequence[_Card]) -> int:
    """Return how far from the end the waiting card is that fits best after those already placed."""
    siblings = {card.item for card in made[-SIBLINGS_APART:]}
    topics = {card.topic for card in made[-TOPICS_APART:]} - {""}
    run = {card.answer for card in made[-LONGEST_RUN:]}
    answer = run.pop() if len(run) == 1 and len(made) >= LONGEST_RUN else ""
    best, fewest = 1, _WORST
    for place in range(1, min(_LOOKED_AT, len(waiting)) + 1):
        card = waiting[-place]
        clashes = 0 if card.item not in siblings else 4
        clashes += 2 if answer and card.answer == answer else 0
        clashes += 1 if card.topic in topics else 0
        if clashes < fewest:
            best, fewest = place, clashes
        if not clashes:
            break
    return best


def _spread(cards: Iterable[_Card]) -> list[_Card]:
    """Spread the cards of each kind and answer evenly; those of one kind and answer keep their order.

    The second cards of notes come when all first ones of their kind have come, and so on: so siblings are far apart.
    """
    streams: dict[tuple[str, str], list[_Card]] = {}
    for card in sorted(cards, key=lambda card: card.number):
        # Only answers that a kind has often, such as "false", are separate streams.
        answer = card.answer if card.kind == "true-false" else ""
        streams.setdefault((card.kind, answer), []).append(card)
    timed = [
        ((2 * place + 1) / (2 * len(own)), rank, card)
        for rank, own in enumerate(streams.values())
        for place, card in enumerate(own)
    ]
    return [card for _, _, card in sorted(timed, key=lambda entry: entry[:2])]


def _card(item: Item, number: int) -> _Card:
    topic = "/".join(item.cell.split("/")[:2]) if "/" in item.cell else ""
    if isinstance(item, Word) or (isinstance(item, Cloze) and "/" in item.id):
        # The examples of a word are separate notes, and give the word away.
        topic = item.id.partition("/")[0]
    return _Card(item.id, number, item.kind, topic, item.key)
