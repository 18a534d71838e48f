"""A question contains a negation that is not emphasised.

Readers overlook a "not" and answer the opposite. Ask without a negation, or write `**not**`. For texts in English.
Haladyna, Downing & Rodriguez 2002 (doi:10.1207/S15324818AME1503_5), guideline 17; NBME 2024.

Bad:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id          = "sums"
    type        = "choice"
    prompt      = "Which number is not even?"
    answer      = "Three"
    distractors = ["Two", "Four", "Six"]
    ```

Good:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id          = "sums"
    type        = "choice"
    prompt      = "Which number is **not** even?"
    answer      = "Three"
    distractors = ["Two", "Four", "Six"]
    ```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from deckgen.advice._rule import AdviceRule
from deckgen.advice._words import without_code
from deckgen.diagnostics import Diagnostic, Place
from deckgen.language.advice import Advice
from deckgen.language.question import Choice, Multiple

RULE = AdviceRule(__name__)
KINDS = (Choice, Multiple)
LANGUAGES = ("en",)
_NEGATIVE = re.compile(r"\b(not|except|never|least|neither)\b|n[’']t\b")
_ASKS = re.compile(r"[^.!?]*\?")


def check(question: Choice | Multiple, at: Place, _settings: Advice) -> Iterator[Diagnostic]:
    """Look for a negative word in the sentence that asks; in capitals or in asterisks it is emphasised."""
    if not isinstance(question.prompt, str):
        return
    asks = _ASKS.findall(without_code(question.prompt))
    sentence = asks[-1] if asks else ""
    found = _NEGATIVE.search(sentence)
    if found and sentence[found.start() - 1 : found.start()] not in ("*", "_"):
        yield RULE.advice(
            f"the question has a `{found[0]}` that is easily overlooked",
            at.child("prompt"),
            "ask without it, or emphasise the word",
        )
