"""An option says that all of the others are right.

A learner who sees that two options are right knows the answer without the third, and one who sees that an option is
wrong can rule out two. A question of the type `multiple` asks for the same fairly. For texts in English.
Haladyna, Downing & Rodriguez 2002 (doi:10.1207/S15324818AME1503_5), guideline 26;
doi:10.1186/s12909-016-0559-7.

Bad:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id          = "sums"
    type        = "choice"
    prompt      = "Which numbers are even?"
    answer      = "All of these"
    distractors = ["The number 2", "The number 4", "The number 6"]
    ```

Good:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id          = "even"
    type        = "multiple"
    prompt      = "Which numbers are even?"
    answers     = ["Two", "Four", "Six"]
    distractors = ["Seven"]
    ```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from deckgen.advice._options import all_options
from deckgen.advice._rule import AdviceRule
from deckgen.diagnostics import Diagnostic, Place
from deckgen.language.advice import Advice
from deckgen.language.question import Choice, Multiple
from deckgen.text import plain

RULE = AdviceRule(__name__)
KINDS = (Choice, Multiple)
LANGUAGES = ("en",)
_ALL = re.compile(
    r"(all|both|each|every one) of (the )?(above|these|them|others?)|all (the )?(above|these)", re.IGNORECASE
)


def check(question: Choice | Multiple, at: Place, _settings: Advice) -> Iterator[Diagnostic]:
    """Look for an option that means the others."""
    for text, place in all_options(question, at):
        if _ALL.match(plain(text)):
            yield RULE.advice("an option means all the others", place, 'ask with `type = "multiple"` instead')
