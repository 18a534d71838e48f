"""A word of the question is in the right option and in no other.

A learner who does not know the answer chooses the option that sounds like the question. For texts in English; words
that every option needs, and short ones, do not count.
Haladyna, Downing & Rodriguez 2002 (doi:10.1207/S15324818AME1503_5), guideline 28b; NBME 2024;
doi:10.1186/s12909-016-0559-7.

Bad:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id          = "sums"
    type        = "choice"
    prompt      = "What do you call the numbers that are multiplied?"
    answer      = "Multiplied numbers, or factors"
    distractors = ["Added numbers, or summands", "Quotients", "Remainders"]
    ```

Good:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id          = "sums"
    type        = "choice"
    prompt      = "What do you call the numbers that are multiplied?"
    answer      = "Factors"
    distractors = ["Summands", "Quotients", "Remainders"]
    ```
"""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.advice._rule import AdviceRule
from deckgen.advice._words import content
from deckgen.diagnostics import Diagnostic, Place
from deckgen.language.advice import Advice
from deckgen.language.question import Choice
from deckgen.rules._options import option_text

RULE = AdviceRule(__name__)
KINDS = (Choice,)
LANGUAGES = ("en",)
#: Letters of a stem below which two words may be alike by chance.
_SHORT = 5


def check(question: Choice, at: Place, _settings: Advice) -> Iterator[Diagnostic]:
    """Look for words that question and right option share, and no distractor has."""
    shared = content(question.prompt) & content(question.answer)
    for option in question.distractors:
        shared -= content(option_text(option))
    echoed = sorted(word for word in shared if len(word) >= _SHORT)
    if echoed:
        yield RULE.advice(
            f"the right option alone repeats a word of the question: `{echoed[0]}…`",
            at.child("answer"),
            "use another word, or use it in a distractor too",
        )
