"""Words of a deck, to be compared with each other."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from deckgen.core import Direction
from deckgen.diagnostics import Place
from deckgen.language.manuscript import Manuscript
from deckgen.language.word import USUAL_DIRECTIONS, Word
from deckgen.patterns import lazy_pattern

_END = lazy_pattern(r"[\s.,;:!?。、！？؟،]+$")


class WordInDeck(msgspec.Struct, frozen=True):
    """A word, where it stands, and its cards."""

    word: Word
    place: Place
    directions: tuple[Direction, ...]


def words_by_deck(manuscript: Manuscript) -> Iterator[list[WordInDeck]]:
    """Give the words of each deck, in the order of the files."""
    if not manuscript.entries(Word):
        return
    decks: dict[str, list[WordInDeck]] = {}
    for file in manuscript.files:
        if file.deck is None:
            continue
        usual = USUAL_DIRECTIONS if file.deck.directions is None else file.deck.directions
        for entry in file.entries:
            if isinstance(entry.item, Word):
                own = entry.item.directions
                directions = usual if own is None else own
                decks.setdefault(file.deck.name, []).append(WordInDeck(entry.item, entry.place, directions))
    yield from decks.values()


def same(text: str) -> str:
    """Return what two texts have in common that a learner takes for the same: `boy`, `Boy `, `boy.`."""
    return _END.sub("", " ".join(text.split())).casefold()


def may_be_the_same_part(one: Word, other: Word) -> bool:
    """Return whether the parts of speech of two words, which cards show, do not tell them apart."""
    return not one.part.strip() or not other.part.strip() or same(one.part) == same(other.part)
