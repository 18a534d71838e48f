"""`last` names an option that the question does not have.

`last` holds the texts of options that stay last, so each must be one of them, letter for letter.

Bad:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id          = "divisible-by-seven"
    type        = "choice"
    prompt      = "Which is divisible by seven?"
    answer      = "42"
    distractors = ["36", "48", "None of these"]
    last        = ["None of them"]
    ```

Good:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id          = "divisible-by-seven"
    type        = "choice"
    prompt      = "Which is divisible by seven?"
    answer      = "42"
    distractors = ["36", "48", "None of these"]
    last        = ["None of these"]
    ```
"""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.diagnostics import Diagnostic, Place
from deckgen.language.question import Choice, Multiple
from deckgen.nearest import did_you_mean, nearest
from deckgen.rules._options import option_text
from deckgen.rules._rule import Rule

RULE = Rule(__name__)
KINDS = (Choice, Multiple)


def check(question: Choice | Multiple, at: Place) -> Iterator[Diagnostic]:
    """Look each text of `last` up among the options."""
    if not question.last:
        return
    right = [question.answer] if isinstance(question, Choice) else list(question.answers)
    options = [text for text in [*right, *map(option_text, question.distractors)] if isinstance(text, str)]
    for index, text in enumerate(question.last):
        if text not in options:
            near = nearest(text, options)
            yield RULE.error(
                "`last` names no option of this question",
                at.child("last", index),
                did_you_mean(near),
            )
