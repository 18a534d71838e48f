"""One fact is asked again and again.

Three cards with one answer teach no more than one, and each takes time at every review. `[advice] repeats` says
how often a fact may be asked (2); what a table makes is not counted. Two items of one deck are alike if their
questions and answers share most of their words. For texts in English.
Haladyna, Downing & Rodriguez 2002 (doi:10.1207/S15324818AME1503_5), guideline 6; Wozniak 1999, "Effective
learning: Twenty rules of formulating knowledge".

Bad:
    ```toml
    [deck]
    name = "Numbers"

    [[question]]
    id     = "even-prime"
    type   = "short"
    prompt = "Which prime number is the only even number?"
    answer = "two"

    [[question]]
    id     = "only-even-prime"
    type   = "short"
    prompt = "Which number is the only even prime number?"
    answer = "two"

    [[question]]
    id     = "prime-and-even"
    type   = "true-false"
    prompt = "Two is the only even prime number."
    answer = true
    ```

Good:
    ```toml
    [deck]
    name = "Numbers"

    [[question]]
    id     = "even-prime"
    type   = "short"
    prompt = "Which prime number is the only even number?"
    answer = "two"
    ```
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator

from deckgen.advice._context import Context
from deckgen.advice._rule import AdviceRule
from deckgen.advice._words import content
from deckgen.core import Choice, Item, Numeric, Open, Short, TrueFalse
from deckgen.diagnostics import Diagnostic, Related

RULE = AdviceRule(__name__)
LANGUAGES = ("en",)
#: Share of the words of both items that they have in common, from which on they are taken for one fact.
_ALIKE = 0.6
#: Fewer words with meaning are alike by chance.
_SHORT = 3


def check_course(context: Context) -> Iterator[Diagnostic]:
    """Compare the items of each deck with each other."""
    by_deck: dict[str, list[tuple[Item, frozenset[str]]]] = {}
    for item in context.course.items:
        fact = _fact(item)
        if item.in_deck and len(fact) >= _SHORT:
            by_deck.setdefault(item.deck, []).append((item, fact))
    for facts in by_deck.values():
        yield from _repeated(facts, context)


def _repeated(facts: list[tuple[Item, frozenset[str]]], context: Context) -> Iterator[Diagnostic]:
    told: set[int] = set()
    near = _near([fact for _, fact in facts])
    for number, (item, _) in enumerate(facts):
        alike = [other for other in near.get(number, ()) if other not in told]
        if number not in told and len(alike) + 1 > context.settings.repeats:
            told |= {number, *alike}
            yield RULE.advice(
                f"one fact is asked {len(alike) + 1} times",
                context.place(item),
                "keep the best of them",
                related=tuple(Related(context.place(facts[other][0]), "asked again") for other in alike),
            )


def _near(facts: list[frozenset[str]]) -> dict[int, list[int]]:
    """Return for each fact those after it that are alike.

    Two sets of words that are alike share one of their rarest words, so that few have to be compared: the prefix
    filter of Chaudhuri, Ganti & Kaushik 2006 (doi:10.1109/ICDE.2006.9).
    """
    count = Counter(word for fact in facts for word in fact)
    by_word: dict[str, list[int]] = {}
    near: dict[int, list[int]] = {}
    for number, fact in enumerate(facts):
        rarest = sorted(fact, key=lambda word: (count[word], word))
        rarest = rarest[: len(fact) - math.ceil(_ALIKE * len(fact)) + 1]
        for other in sorted({other for word in rarest for other in by_word.get(word, ())}):
            if len(fact & facts[other]) >= _ALIKE * len(fact | facts[other]):
                near.setdefault(other, []).append(number)
        for word in rarest:
            by_word.setdefault(word, []).append(number)
    return near


def _fact(item: Item) -> frozenset[str]:
    """Return the words of what an item asks and of its answer; nothing where it is made from a table."""
    if "/" in item.id:
        return frozenset()
    if isinstance(item, TrueFalse):
        return content(item.prompt if item.answer else item.correction)
    if isinstance(item, Choice):
        right = [content(option.text) for option in item.options if option.right]
        return content(item.prompt).union(*right)
    if isinstance(item, Short | Numeric):
        return content(item.prompt) | content(item.answer)
    if isinstance(item, Open):
        return content(item.prompt) | content(item.model)
    return frozenset()
