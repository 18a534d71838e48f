"""A deck has the same word twice.

Learners would study it twice, with two schedules. Lists that come from several lessons or sheets have such words, often
with a capital or a space more: `boy` and `Boy `.

Bad:
    ```toml
    [deck]
    name     = "Spanish"
    language = "es"

    [[word]]
    id      = "chico"
    term    = "el chico"
    meaning = ["boy"]

    [[word]]
    id      = "chico-2"
    term    = "El chico "
    meaning = ["Boy", "guy"]
    ```

Good:
    ```toml
    [deck]
    name     = "Spanish"
    language = "es"

    [[word]]
    id      = "chico"
    term    = "el chico"
    meaning = ["boy", "guy"]
    ```
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from deckgen.diagnostics import Diagnostic, Related
from deckgen.language.manuscript import Manuscript
from deckgen.rules._rule import Rule
from deckgen.rules._words import WordInDeck, may_be_the_same_part, same, words_by_deck

RULE = Rule(__name__)


def check_all(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Compare the terms of each deck, and the meanings of those that are the same."""
    for words in words_by_deck(manuscript):
        first: defaultdict[str, list[WordInDeck]] = defaultdict(list)
        for each in words:
            known = first[same(each.word.term)]
            meanings = {*map(same, each.word.meaning)}
            there = next((one for one in known if _is_the_same(one, each, meanings)), None)
            if there:
                yield RULE.warning(
                    f"the word `{' '.join(each.word.term.split())}` twice",
                    each.place.child("term"),
                    "remove one of the two",
                    related=(Related(there.place.child("term"), "first here"),),
                )
            known.append(each)


def _is_the_same(one: WordInDeck, other: WordInDeck, meanings: set[str]) -> bool:
    return may_be_the_same_part(one.word, other.word) and not meanings.isdisjoint(map(same, one.word.meaning))
