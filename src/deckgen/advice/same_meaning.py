"""Two options differ only in spelling.

They differ in capitals, punctuation or an article only, so neither can be right alone, and both can be left
out.
Haladyna, Downing & Rodriguez 2002 (doi:10.1207/S15324818AME1503_5), guideline 19.

Bad:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id          = "sums"
    type        = "choice"
    prompt      = "What is multiplied?"
    answer      = "A factor"
    distractors = ["A sum", "the sum", "A rest"]
    ```

Good:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id          = "sums"
    type        = "choice"
    prompt      = "What is multiplied?"
    answer      = "A factor"
    distractors = ["A sum", "A quotient", "A rest"]
    ```
"""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.advice._options import all_options
from deckgen.advice._rule import AdviceRule
from deckgen.advice._words import words
from deckgen.diagnostics import Diagnostic, Place
from deckgen.language.advice import Advice
from deckgen.language.question import Choice, Multiple

RULE = AdviceRule(__name__)
KINDS = (Choice, Multiple)
_ARTICLES = {"a", "an", "the"}


def check(question: Choice | Multiple, at: Place, _settings: Advice) -> Iterator[Diagnostic]:
    """Compare the words of the options; options with code or formulas are compared by their characters."""
    seen: set[tuple[str, ...]] = set()
    for text, place in all_options(question, at):
        if not isinstance(text, str) or "`" in text or "$" in text:
            continue
        said = tuple(word for word in words(text) if word not in _ARTICLES)
        if said and said in seen:
            yield RULE.advice(
                "the option says the same as another one", place, "write another one, or leave it out"
            )
        seen.add(said)
