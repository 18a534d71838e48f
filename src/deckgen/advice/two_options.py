"""A question has only two options.

A guess is right half of the time, and does not show which mistake was made. Write a third option, or a statement
to judge. The questions `which` of a table that compares two concepts are of this kind; `contrast` and `match`
ask the same.
Haladyna, Downing & Rodriguez 2002 (doi:10.1207/S15324818AME1503_5), guideline 18; Rodriguez 2005
(doi:10.1111/j.1745-3992.2005.00006.x).

Bad:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id          = "sums"
    type        = "choice"
    prompt      = "What is six times seven?"
    answer      = "42"
    distractors = ["48"]
    ```

Good:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id          = "sums"
    type        = "choice"
    prompt      = "What is six times seven?"
    answer      = "42"
    distractors = ["36", "48"]
    ```
"""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.advice._rule import AdviceRule
from deckgen.diagnostics import Diagnostic, Place
from deckgen.language.advice import Advice
from deckgen.language.comparison import Comparison
from deckgen.language.question import Choice

RULE = AdviceRule(__name__)
KINDS = (Choice, Comparison)
_COIN = 2


def check(item: Choice | Comparison, at: Place, _settings: Advice) -> Iterator[Diagnostic]:
    """Count the options, or the columns of the table that make them."""
    if isinstance(item, Choice):
        if len(item.distractors) + 1 == _COIN:
            yield RULE.advice(
                "a choice between two", at.child("distractors"), "write one more, or ask true or false"
            )
    elif "which" in item.make and len(item.between) == _COIN:
        yield RULE.advice(
            "each question `which` of this table is a choice between two",
            at.child("make"),
            "leave `which` out",
        )
