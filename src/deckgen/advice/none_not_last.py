"""An option says that none of the others is right, and does not come last.

"None of these" refers to the options above it, and options are shuffled: name it in `last`. For texts in
English.
Haladyna, Downing & Rodriguez 2002 (doi:10.1207/S15324818AME1503_5), guideline 25.

Bad:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id          = "sums"
    type        = "choice"
    prompt      = "Which number is even?"
    answer      = "Two"
    distractors = ["Three", "Five", "None of these"]
    ```

Good:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id          = "sums"
    type        = "choice"
    prompt      = "Which number is even?"
    answer      = "Two"
    distractors = ["Three", "Five", "None of these"]
    last        = ["None of these"]
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
_NONE = re.compile(r"(none|neither) of (the )?(above|these|them|others?)", re.IGNORECASE)


def check(question: Choice | Multiple, at: Place, _settings: Advice) -> Iterator[Diagnostic]:
    """Look for an option that denies the others and may come before them."""
    for text, place in all_options(question, at):
        if _NONE.match(plain(text)) and text not in question.last:
            yield RULE.advice(
                "an option denies the others and may be shuffled before them", place, "name it in `last`"
            )
