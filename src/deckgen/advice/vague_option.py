"""An option says "often", "rarely" or "usually".

People disagree on how often "often" is, and so on which option is right. For texts in English.
NBME 2024, Item-Writing Guide.

Bad:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id          = "sums"
    type        = "choice"
    prompt      = "How many even numbers are prime?"
    answer      = "One"
    distractors = ["Rarely one", "A number of them", "Half of them"]
    ```

Good:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id          = "sums"
    type        = "choice"
    prompt      = "How many even numbers are prime?"
    answer      = "One"
    distractors = ["None", "Two", "Half of them"]
    ```
"""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.advice._options import all_options
from deckgen.advice._rule import AdviceRule
from deckgen.advice._words import FREQUENCY, words
from deckgen.diagnostics import Diagnostic, Place
from deckgen.language.advice import Advice
from deckgen.language.question import Choice, Multiple

RULE = AdviceRule(__name__)
KINDS = (Choice, Multiple)
LANGUAGES = ("en",)


def check(question: Choice | Multiple, at: Place, _settings: Advice) -> Iterator[Diagnostic]:
    """Look for words of frequency in the options."""
    for text, place in all_options(question, at):
        vague = [word for word in words(text) if word in FREQUENCY]
        if vague:
            yield RULE.advice(
                f"`{vague[0]}` in an option means something different to everybody", place, "say how often"
            )
