"""Words as a section of a sheet asks them: in a direction, by options, by pairs, in sentences.

Only here do words meet their neighbours: wrong options are meanings of words of the same deck and part of speech.
"""

from __future__ import annotations

from functools import cached_property
from hashlib import blake2b
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec.structs import replace

from deckgen.core import Choice, Item, Matching, Option, Pair, Word, in_source_order
from deckgen.text.verbatim import verbatim
from deckgen.vocabulary import typed_meanings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from deckgen.core import Ask, Course, Example

#: Wrong options of a choice, pairs of a matching at most, and entries of a matching that match nothing.
_WRONG, _PAIRS, _EXTRA = 3, 8, 2


class _Known(msgspec.Struct, frozen=True):
    """A word with what it is compared by."""

    word: Word
    part: str
    term: str
    #: The first meaning, which it is asked for.
    meaning: str
    meanings: frozenset[str]

    @classmethod
    def of(cls, word: Word) -> _Known:
        meanings = frozenset(map(_folded, typed_meanings(word)))
        return cls(word, word.part, _folded(word.term), _folded(word.meanings[0]), meanings)


class Vocabulary:
    """The words of a course, to draw wrong meanings from."""

    def __init__(self, course: Course) -> None:
        self.language = course.project.language
        self._course = course

    @cached_property
    def _decks(self) -> dict[str, list[_Known]]:
        """Words by their decks."""
        decks: dict[str, list[_Known]] = {}
        for item in self._course.items:
            if isinstance(item, Word):
                decks.setdefault(item.deck, []).append(_Known.of(item))
        return decks

    def others(self, group: Sequence[Word], count: int, asked: Sequence[Word] = ()) -> list[Word]:
        """Return `count` other words of the deck, or fewer, that differ from those of a group in term and meanings.

        Words that are `asked` with them are left out. Those of the first one's part of speech come first; beyond
        that the order is as if by lot, and always the same.
        """
        first = group[0]
        beside = {word.id for word in asked}
        terms = {_folded(word.term) for word in group}
        meanings = {_folded(text) for word in group for text in typed_meanings(word)}
        found: dict[str, Word] = {}
        for is_same in (True, False):
            there = [each for each in self._decks.get(first.deck, ()) if (each.part == first.part) is is_same]
            there.sort(key=lambda each: _rank(first, each.word))
            for each in there:
                if len(found) == count:
                    break
                is_another = each.term not in terms and meanings.isdisjoint(each.meanings)
                if is_another and each.word.id not in beside:
                    found.setdefault(each.meaning, each.word)
            if len(found) == count:
                break
        return list(found.values())


def asked(items: Sequence[Item], ask: Ask, vocabulary: Vocabulary, name: str) -> list[Item]:
    """Return the items of a section with its words made into what asks for them; all others stay.

    `name` begins the ids of matchings. A word that cannot be asked so is asked for its meaning.
    """
    taken = [item for item in items if isinstance(item, Word)]
    if not taken:
        return list(items)
    if ask == "match":
        made = iter(_matchings(taken, vocabulary, name))
        places = {group[0].id for group in _groups(taken)}
        return [
            next(made) if item.id in places else item
            for item in items
            if not isinstance(item, Word) or item.id in places
        ]
    return [_asked(item, ask, vocabulary) if isinstance(item, Word) else item for item in items]


def _asked(word: Word, ask: Ask, vocabulary: Vocabulary) -> Item:
    if ask == "choose":
        return _choice(word, vocabulary) or replace(word, ask="recognise")
    if ask == "fill":
        example = next((each for each in word.examples if each.gaps), None)
        if example:
            return replace(word, ask="fill", examples=(_with_hint(example, word),))
    if ask == "produce" or (ask == "listen" and word.sound):
        return replace(word, ask=ask)
    return replace(word, ask="recognise")


def _with_hint(example: Example, word: Word) -> Example:
    """Hint at the word where neither the sentence's translation nor its author does."""
    if example.translation or any(gap.hint for gap in example.gaps):
        return example
    return replace(
        example, gaps=tuple(replace(gap, hint=gap.hint or word.meanings[0]) for gap in example.gaps)
    )


def _choice(word: Word, vocabulary: Vocabulary) -> Choice | None:
    wrong = [_meaning(other) for other in vocabulary.others((word,), _WRONG)]
    if not wrong:
        return None
    return Choice(
        **_head(word),
        language=word.term_language,
        answer_language=word.language or vocabulary.language,
        prompt=f"**{verbatim(word.term)}**",
        options=in_source_order(
            [Option(_meaning(word), right=True), *(Option(text, right=False) for text in wrong)]
        ),
        id=word.id,
        was=word.was,
    )


def _matchings(taken: Sequence[Word], vocabulary: Vocabulary, name: str) -> Iterator[Matching]:
    for number, group in enumerate(_groups(taken), start=1):
        others = vocabulary.others(group, _EXTRA, taken)
        yield Matching(
            **_head(group[0]),
            id=f"{name}/match/{number}",
            prompt="",
            language=group[0].term_language,
            answer_language=group[0].language or vocabulary.language,
            pairs=tuple(Pair(verbatim(word.term), _meaning(word)) for word in group),
            extra=tuple(_meaning(word) for word in others),
            points=sum(word.points for word in group),
        )


def _groups(taken: Sequence[Word]) -> list[Sequence[Word]]:
    """Divide words into groups of about the same size, as few as can be."""
    count = -(-len(taken) // _PAIRS)
    edges = [len(taken) * number // count for number in range(count + 1)]
    return [taken[start:end] for start, end in pairwise(edges)]


def _head(word: Word) -> dict[str, Any]:
    return {
        "deck": word.deck,
        "topic": word.topic,
        "file": word.file,
        "citations": word.citations,
        "in_deck": word.in_deck,
    }


def _meaning(word: Word) -> str:
    return verbatim(word.meanings[0])


def _rank(one: Word, other: Word) -> bytes:
    return blake2b(f"{one.id}\n{other.id}".encode(), digest_size=8).digest()


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
