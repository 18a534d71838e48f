"""A choice has nothing to choose from.

A `choice` question needs at least one distractor and a `multiple` question at least one right answer
and two options in all.

Bad:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id          = "six-times-seven"
    type        = "choice"
    prompt      = "What is six times seven?"
    answer      = "42"
    distractors = []
    ```

Good:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id          = "six-times-seven"
    type        = "choice"
    prompt      = "What is six times seven?"
    answer      = "42"
    distractors = ["36", "48", "49"]
    ```
"""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.diagnostics import Diagnostic, Place
from deckgen.language.question import Choice, Multiple
from deckgen.rules._rule import Rule

RULE = Rule(__name__)
KINDS = (Choice, Multiple)


def check(question: Choice | Multiple, at: Place) -> Iterator[Diagnostic]:
    """Count the options."""
    if isinstance(question, Choice):
        if not question.distractors:
            yield RULE.error(
                "a choice question without distractors", at.child("distractors"), "add at least one"
            )
        return
    if not question.answers:
        yield RULE.error("a multiple question without right answers", at.child("answers"), "add at least one")
    elif len(question.answers) + len(question.distractors) < 2:  # noqa: PLR2004
        yield RULE.error("a multiple question with one option", at.child("answers"), "add distractors")
