"""The end of the question fits some of the options only.

After "is an" a reader leaves out what begins with a consonant, and after "are" what begins with "a". Say "is
a(n)", or let the options bring their articles. For texts in English.
Haladyna, Downing & Rodriguez 2002 (doi:10.1207/S15324818AME1503_5), guideline 28c; NBME 2024;
doi:10.1186/s12909-016-0559-7.

Bad:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id          = "sums"
    type        = "choice"
    prompt      = "A number that two divides is an"
    answer      = "even number"
    distractors = ["prime number", "odd number", "square number"]
    ```

Good:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id          = "sums"
    type        = "choice"
    prompt      = "What is a number that two divides?"
    answer      = "An even number"
    distractors = ["A prime number", "An odd number", "A square number"]
    ```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from deckgen.advice._rule import AdviceRule
from deckgen.diagnostics import Diagnostic, Place
from deckgen.language.advice import Advice
from deckgen.language.question import Choice
from deckgen.rules._options import option_text
from deckgen.text import plain

RULE = AdviceRule(__name__)
KINDS = (Choice,)
LANGUAGES = ("en",)
_END = re.compile(r"\b(a|an|are)\W*$", re.IGNORECASE)
_VOWELS = "aeiou"


def check(question: Choice, at: Place, _settings: Advice) -> Iterator[Diagnostic]:
    """Compare the last word of the question with the first of each option."""
    end = _END.search(plain(question.prompt))
    if end is None:
        return
    last = end[1].casefold()
    if not _fits(last, plain(question.answer)):
        return
    unfit = [plain(option_text(option)) for option in question.distractors]
    unfit = [text for text in unfit if not _fits(last, text)]
    if unfit:
        yield RULE.advice(
            f"`{unfit[0]}` does not fit after `{last}`",
            at.child("prompt"),
            "word it so that every option fits",
        )


def _fits(last: str, option: str) -> bool:
    first = option.casefold().partition(" ")[0]
    if last == "are":
        return first not in ("a", "an")
    return (first[:1] in _VOWELS) == (last == "an")
