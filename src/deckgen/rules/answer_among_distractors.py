"""The right answer is also one of the distractors.

A learner who chooses it is told that it is right and wrong.

Bad:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id          = "six-times-seven"
    type        = "choice"
    prompt      = "What is six times seven?"
    answer      = "42"
    distractors = ["36", "42", "48"]
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

from deckgen.diagnostics import Diagnostic, Place, Related
from deckgen.language.question import Choice, Multiple
from deckgen.rules._options import folded, option_text
from deckgen.rules._rule import Rule

RULE = Rule(__name__)
KINDS = (Choice, Multiple)


def check(question: Choice | Multiple, at: Place) -> Iterator[Diagnostic]:
    """Compare each distractor with each right answer, leaving spaces aside."""
    answers = (question.answer,) if isinstance(question, Choice) else question.answers
    said = [folded(option_text(distractor)) for distractor in question.distractors]
    rights = [folded(answer) for answer in answers]
    for index, distractor in enumerate(said):
        if distractor in rights:
            there = ("answer",) if isinstance(question, Choice) else ("answers", rights.index(distractor))
            yield RULE.error(
                "a distractor is the right answer",
                at.child("distractors", index),
                related=(Related(at.child(*there), "the right answer"),),
            )
