"""A question has many options.

Three options are as good as five: the further ones are seldom chosen, and take time to write and to read.
`[advice] options` says how many there may be (4).
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
    distractors = ["36", "40", "48", "49", "54"]
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
    distractors = ["36", "48", "49"]
    ```
"""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.advice._rule import AdviceRule
from deckgen.diagnostics import Diagnostic, Place
from deckgen.language.advice import Advice
from deckgen.language.question import Choice

RULE = AdviceRule(__name__)
KINDS = (Choice,)


def check(question: Choice, at: Place, settings: Advice) -> Iterator[Diagnostic]:
    """Count the options."""
    count = len(question.distractors) + 1
    if count > settings.options:
        yield RULE.advice(
            f"{count} options, where {settings.options} are enough",
            at.child("distractors"),
            "leave out those that nobody would take",
        )
