"""New cards come in blocks of one answer.

After some cards with the answer "false" a learner stops reading. `new = "mixed"` in `[deck]` interleaves them,
and where one answer is far too frequent, add items with other answers. `[advice] run` says how many new cards in
a row may have the same answer (5).
Haladyna, Downing & Rodriguez 2002 (doi:10.1207/S15324818AME1503_5), guideline 20; Rohrer 2012
(doi:10.1007/s10648-012-9201-3), on interleaving.

Bad:
    ```toml
    [deck]
    name = "Numbers"

    [[question]]
    id     = "two-is-even"
    type   = "true-false"
    prompt = "Two is even."
    answer = true

    [[question]]
    id     = "three-is-odd"
    type   = "true-false"
    prompt = "Three is odd."
    answer = true

    [[question]]
    id     = "four-is-even"
    type   = "true-false"
    prompt = "Four is even."
    answer = true

    [[question]]
    id     = "five-is-odd"
    type   = "true-false"
    prompt = "Five is odd."
    answer = true

    [[question]]
    id     = "six-is-even"
    type   = "true-false"
    prompt = "Six is even."
    answer = true

    [[question]]
    id     = "seven-is-odd"
    type   = "true-false"
    prompt = "Seven is odd."
    answer = true
    ```

Good:
    ```toml
    [deck]
    name = "Numbers"
    new  = "mixed"

    [[question]]
    id     = "two-is-even"
    type   = "true-false"
    prompt = "Two is even."
    answer = true

    [[question]]
    id         = "three-is-even"
    type       = "true-false"
    prompt     = "Three is even."
    answer     = false
    correction = "One is left over."
    ```
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from deckgen.advice._context import Context
from deckgen.advice._rule import AdviceRule
from deckgen.core import new_card_places
from deckgen.diagnostics import Diagnostic

RULE = AdviceRule(__name__)


def check_course(context: Context) -> Iterator[Diagnostic]:
    """Look for runs of one answer in the order of each deck's new cards."""
    course = context.course
    items = course.by_id()
    cards: dict[str, list[tuple[int, str]]] = {}
    for id_, places in new_card_places(course, course.items).items():
        cards.setdefault(items[id_].deck, []).extend((place, items[id_].key) for place in places)
    for deck, placed in cards.items():
        keys = [key for _, key in sorted(placed)]
        length, key = max(((len([*run]), key) for key, run in groupby(keys) if key), default=(0, ""))
        if length > context.settings.run:
            yield RULE.advice(
                f"{length} new cards of this deck in a row have the answer `{key}`",
                context.deck_place(deck),
                'write `new = "mixed"`, or items with other answers',
            )
