"""The right option differs from all others in its form.

A full stop, or a lower-case letter at the beginning, shows that it was written at another time, with more or less
care.
Haladyna, Downing & Rodriguez 2002 (doi:10.1207/S15324818AME1503_5), guideline 23; NBME 2024;
doi:10.1186/s12909-016-0559-7.

Bad:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id          = "sums"
    type        = "choice"
    prompt      = "What is a factor?"
    answer      = "A number that is multiplied."
    distractors = ["A number that is added", "A number that is left over", "A number that is shared out"]
    ```

Good:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id          = "sums"
    type        = "choice"
    prompt      = "What is a factor?"
    answer      = "A number that is multiplied"
    distractors = ["A number that is added", "A number that is left over", "A number that is shared out"]
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
#: Wrong options that make a form of their own.
_ENOUGH = 2
#: Code and formulas begin as they must.
_OTHER = ("`", "$")


def check(question: Choice, at: Place, _settings: Advice) -> Iterator[Diagnostic]:
    """Compare how options begin and end."""
    right = "" if str(question.answer).startswith(_OTHER) else plain(question.answer)
    wrong = [text for option in question.distractors if (text := plain(option_text(option)))]
    if len(wrong) < _ENOUGH or not right:
        return
    if right.endswith(".") and not any(text.endswith(".") for text in wrong):
        what = "a full stop at its end"
    elif right[0].islower() and all(text[0].isupper() for text in wrong):
        what = "a small letter at its beginning"
    elif right[0].isupper() and all(text[0].islower() for text in wrong):
        what = "a capital letter at its beginning"
    else:
        return
    yield RULE.advice(f"the right option alone has {what}", at.child("answer"), "write the options alike")
