"""What sheets can draw, as their selectors see it."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator
from operator import attrgetter
from typing import Any

import msgspec

from deckgen import core
from deckgen.language.comparison import Comparison
from deckgen.language.concept import Concept
from deckgen.language.deck import Deck
from deckgen.language.manuscript import Manuscript
from deckgen.language.misconception import Misconception
from deckgen.language.note import Note
from deckgen.language.word import Word


class Candidate(msgspec.Struct, frozen=True):
    """An item a sheet can draw, as selectors see it."""

    #: Id of the core item.
    id: str
    #: Id of what the author wrote; the same but for made questions.
    written: str
    deck: str
    file: str
    tags: tuple[str, ...]
    difficulty: str
    #: What `type:` calls it: its type, and `question` where it asks something itself.
    types: tuple[str, ...]
    #: Ways in which a sheet can ask a word; None for anything else.
    asked_as: frozenset[core.Ask] | None
    #: Whether it is in a bank.
    private: bool
    #: What it is worth on a sheet.
    points: float


def candidates(manuscript: Manuscript) -> Iterator[Candidate]:
    """Yield everything that a sheet can draw, in the order of the files."""
    for file in manuscript.files:
        deck = file.deck or Deck(name="")
        stem = file.stem
        for entry in file.entries:
            item = entry.item
            is_word = isinstance(item, Word)
            own = item.own_tags if is_word else item.tags
            tags = (*deck.tags, *own) if own else deck.tags
            for id_ in _made_ids(item, manuscript):
                yield Candidate(
                    id_,
                    item.id,
                    deck.name,
                    stem,
                    tags,
                    getattr(item, "difficulty", ""),
                    _types(item, id_, manuscript),
                    item.asked_as() if is_word else None,
                    deck.bank,
                    getattr(item, "points", 1),
                )


def _made_ids(item: Any, manuscript: Manuscript) -> Iterable[str]:
    """Return the ids of the core items that are made of what an author wrote."""
    if isinstance(item, Comparison):
        return item.made_ids()
    if isinstance(item, Note):
        return item.made_ids(manuscript.note_types.get(item.type))
    return (item.id,)


def _types(item: msgspec.Struct, id_: str, manuscript: Manuscript) -> tuple[str, ...]:
    """Return what `type:` calls an item: the word of its table or `type` in TOML, and `question`."""
    if isinstance(item, Concept):
        return ("concept",)
    if isinstance(item, Word):
        return ("word",)
    if isinstance(item, Misconception):
        return ("misconception", "true-false", "question")
    if isinstance(item, Comparison):
        # `table/row/contrast`, `table/row/which/concept`, `table/match/name`
        _, *within = id_.split("/")
        made = "choice" if len(within) > len(("row", "contrast")) else "matching"
        return ("contrast" if within[-1] == "contrast" else made, "question")
    if isinstance(item, Note):
        # The name of its type, that of its card in the type, and what the card is.
        kind, id_of_card = manuscript.note_types[item.type], id_.rpartition("/")[2]
        cards = (card for each in kind.together for card in each.cards)
        made = next(card.kind for card in cards if card and card.id == id_of_card)
        return (item.type, f"{item.type}/{id_of_card}", made, "question")
    return (str(type(item).__struct_config__.tag), "question")


def matching(among: Iterable[Candidate], meaning: str, word: str) -> tuple[str, ...]:
    """Return the ids of the candidates that a selector finds; `meaning` is what its word means: `id`, `deck`, …."""
    if meaning == "id":
        start = word + "/"
        return tuple(
            [each.id for each in among if word in (each.id, each.written) or each.id.startswith(start)]
        )
    value_of, fits = _MATCHERS[meaning]
    # Many have the same value.
    verdicts: dict[Any, bool] = {}
    ids = []
    for each in among:
        value = value_of(each)
        if value not in verdicts:
            verdicts[value] = fits(value, word)
        if verdicts[value]:
            ids.append(each.id)
    return tuple(ids)


def _is_within(name: str, whole: str) -> bool:
    return name == whole or name.startswith(whole + "::")


#: What the word of a selector is compared with, and how, by what it means.
_MATCHERS: dict[str, tuple[Callable[[Candidate], Any], Callable[[Any, str], bool]]] = {
    "deck": (attrgetter("deck"), _is_within),
    "tag": (attrgetter("tags"), lambda tags, word: any(_is_within(tag, word) for tag in tags)),
    "file": (attrgetter("file"), operator.eq),
    "type": (attrgetter("types"), operator.contains),
    "difficulty": (
        attrgetter("difficulty"),
        lambda difficulty, word: bool(word) and bool(difficulty == word),
    ),
}
