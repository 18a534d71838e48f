"""A card of a word has two right answers: another word of the deck has the same meaning, or the same term.

Who is asked for "bank" may say *el banco* or *la orilla*, and one of them is marked wrong. Say more in the meaning,
`bank (of a river)`: what is in brackets may be left out when it is typed. Where both are right, give each word the
other's term in `accept`. Two meanings of one term belong into one word. Parts of speech are shown, so words that differ
in `part` are told apart.

Bad:
    ```toml
    [deck]
    name     = "Spanish"
    language = "es"

    [[word]]
    id      = "banco"
    term    = "el banco"
    meaning = ["bank"]

    [[word]]
    id      = "orilla"
    term    = "la orilla"
    meaning = ["Bank "]
    ```

Good:
    ```toml
    [deck]
    name     = "Spanish"
    language = "es"

    [[word]]
    id      = "banco"
    term    = "el banco"
    meaning = ["bank (for money)"]

    [[word]]
    id      = "orilla"
    term    = "la orilla"
    meaning = ["bank (of a river)"]
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
    """Compare the words of each deck, direction by direction."""
    for words in words_by_deck(manuscript):
        yield from _by_meaning(words)
        yield from _by_term(words)


def _by_meaning(words: list[WordInDeck]) -> Iterator[Diagnostic]:
    """Find words whose meanings are all meanings of another one."""
    asked = [each for each in words if not {"produce", "spell"}.isdisjoint(each.directions)]
    meanings = [frozenset(map(same, each.word.meaning)) for each in asked]
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for number, own in enumerate(meanings):
        for meaning in own:
            holders[meaning].append(number)
    for number, each in enumerate(asked):
        for other in holders[same(each.word.meaning[0])] if each.word.meaning else ():
            # Of two with equal meanings the later one is reported.
            if other == number or (meanings[number] == meanings[other] and other > number):
                continue
            if meanings[number] <= meanings[other] and _differ(each, asked[other]):
                there = asked[other]
                meaning = " ".join(each.word.meaning[0].split())
                yield RULE.warning(
                    f"`{meaning}` asks for `{each.word.term}` and for `{there.word.term}`",
                    each.place.child("meaning", 0),
                    "the same meaning as another word",
                    help="say more in the meaning, or give each word the other's term in `accept`",
                    related=(Related(there.place.child("meaning"), "this word fits as well"),),
                )
                break


def _differ(one: WordInDeck, other: WordInDeck) -> bool:
    """Return whether two words that a meaning fits are two answers of which one would be marked wrong."""
    if same(one.word.term) == same(other.word.term) or not may_be_the_same_part(one.word, other.word):
        return False
    return same(other.word.term) not in map(same, one.word.accept) or same(one.word.term) not in map(
        same, other.word.accept
    )


def _by_term(words: list[WordInDeck]) -> Iterator[Diagnostic]:
    """Find words of one term whose meanings have nothing in common."""
    first: defaultdict[str, list[WordInDeck]] = defaultdict(list)
    for each in words:
        if {"recognise", "listen"}.isdisjoint(each.directions):
            continue
        # Capitals tell words apart in some languages: `sie` and `Sie`.
        term = " ".join(each.word.term.split())
        for there in first[term]:
            if may_be_the_same_part(each.word, there.word) and not _share(each, there):
                yield RULE.warning(
                    f"`{term}` is asked for `{each.word.meaning[0]}` and for `{there.word.meaning[0]}`",
                    each.place.child("term"),
                    "the same term as another word",
                    help="put both meanings into one word",
                    related=(Related(there.place.child("term"), "first here"),),
                )
                break
        first[term].append(each)


def _share(one: WordInDeck, other: WordInDeck) -> bool:
    if not one.word.meaning or not other.word.meaning:
        return True
    return not {*map(same, one.word.meaning)}.isdisjoint(map(same, other.word.meaning))
