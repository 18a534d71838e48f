"""Words such as "always" and "never" are in wrong options only.

What is said without exception is seldom true, and learners who do not know the answer cross it out. For texts in
English.
Haladyna, Downing & Rodriguez 2002 (doi:10.1207/S15324818AME1503_5), guideline 28a; NBME 2024;
doi:10.1186/s12909-016-0559-7.

Bad:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id          = "sums"
    type        = "choice"
    prompt      = "What holds of the sum of two numbers?"
    answer      = "Their order makes no difference"
    distractors = ["It is always the larger number", "It is never an even number", "It tells which one comes first"]
    ```

Good:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id          = "sums"
    type        = "choice"
    prompt      = "What holds of the sum of two numbers?"
    answer      = "Their order makes no difference"
    distractors = ["It is the larger number", "It is odd if one of them is even", "It tells which one is first"]
    ```
"""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.advice._options import wrong_options
from deckgen.advice._rule import AdviceRule
from deckgen.advice._words import STRONG, words
from deckgen.diagnostics import Diagnostic, Place
from deckgen.language.advice import Advice
from deckgen.language.question import Choice

RULE = AdviceRule(__name__)
KINDS = (Choice,)
LANGUAGES = ("en",)


def check(question: Choice, at: Place, _settings: Advice) -> Iterator[Diagnostic]:
    """Look for absolute words in the distractors."""
    if STRONG & {*words(question.answer)}:
        return
    for text, place in wrong_options(question, at):
        absolute = [word for word in words(text) if word in STRONG]
        if absolute:
            yield RULE.advice(
                f"`{absolute[0]}` is in a wrong option and not in the right one",
                place,
                "leave the word out, or use it in the right option too",
            )
