"""The right option is much longer than all the others.

Authors take care to make the right answer precise, so it grows; a learner who does not know the answer chooses the
longest option. `[advice] longest` says how many times as long as the longest distractor it may be (1.3). Short
options, below 12 characters, do not count.
Haladyna, Downing & Rodriguez 2002 (doi:10.1207/S15324818AME1503_5), guideline 24; NBME 2024;
doi:10.1186/s12909-016-0559-7.

Bad:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id          = "sums"
    type        = "choice"
    prompt      = "What does a sum tell?"
    answer      = "How much several numbers are when they are taken together"
    distractors = ["How many numbers there are", "Which number is the largest", "Which of them comes first"]
    ```

Good:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id          = "sums"
    type        = "choice"
    prompt      = "What does a sum tell?"
    answer      = "How much the numbers are together"
    distractors = ["How many numbers there are", "Which number is the largest", "Which of them comes first"]
    ```
"""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.advice._rule import AdviceRule
from deckgen.diagnostics import Diagnostic, Place
from deckgen.language.advice import Advice
from deckgen.language.question import Choice
from deckgen.rules._options import option_text
from deckgen.text import plain

RULE = AdviceRule(__name__)
KINDS = (Choice,)
#: Characters below which a difference in length says nothing.
_SHORT = 12


def check(question: Choice, at: Place, settings: Advice) -> Iterator[Diagnostic]:
    """Compare the length of the right option with that of the longest wrong one."""
    right = len(plain(question.answer))
    wrong = max((len(plain(option_text(option))) for option in question.distractors), default=0)
    if right >= _SHORT and wrong and right >= settings.longest * wrong:
        yield RULE.advice(
            f"the right option is {right / wrong:.1f} times as long as the longest wrong one",
            at.child("answer"),
            "shorten it, or say as much in a distractor",
        )
