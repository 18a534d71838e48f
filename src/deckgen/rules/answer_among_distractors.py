"""The right answer stands among the distractors too.

Whoever chooses it is told right and wrong at once.

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
    if isinstance(question, Choice):
        right = {folded(question.answer): at.child("answer")}
    else:
        right = {folded(answer): at.child("answers", i) for i, answer in enumerate(question.answers)}
    for index, distractor in enumerate(question.distractors):
        there = right.get(folded(option_text(distractor)))
        if there is not None:
            yield RULE.error(
                "a distractor is the right answer",
                at.child("distractors", index),
                related=(Related(there, "the right answer"),),
            )
