"""A hint contains the answer.

A learner who asks for a hint wants to find the answer with its help, not to read it.
NBME 2024, Item-Writing Guide, on cues.

Bad:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id     = "factor"
    type   = "short"
    prompt = "What do you call a number that is multiplied?"
    answer = "factor"
    hint   = "A factor and a factor make a product."
    ```

Good:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id     = "factor"
    type   = "short"
    prompt = "What do you call a number that is multiplied?"
    answer = "factor"
    hint   = "The Latin for a maker."
    ```
"""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.advice._rule import AdviceRule
from deckgen.advice._words import words
from deckgen.diagnostics import Diagnostic, Place
from deckgen.language.advice import Advice
from deckgen.language.question import Choice, Numeric, Short

RULE = AdviceRule(__name__)
KINDS = (Choice, Short, Numeric)


def check(question: Choice | Short | Numeric, at: Place, _settings: Advice) -> Iterator[Diagnostic]:
    """Look for the answer's words, in their order, in the hint."""
    answer, hint = words(str(question.answer)), words(question.hint)
    if answer and any(hint[start : start + len(answer)] == answer for start in range(len(hint))):
        yield RULE.advice("the hint contains the answer", at.child("hint"), "lead to it instead")
