"""So many questions cannot be drawn, because the questions of a stem are drawn together.

A draw takes all questions of a stem that are in its pool, or none of them.

Bad:
    ```toml
    [deck]
    name = "Reading"

    [[stem]]
    id   = "the-well"
    text = "The well is 12 m deep. A snail climbs 3 m a day and slides back 2 m at night."

    [[question]]
    id     = "days-of-the-snail"
    type   = "numeric"
    stem   = "the-well"
    prompt = "On which day does the snail reach the top?"
    answer = 10

    [[question]]
    id     = "nights-of-the-snail"
    type   = "numeric"
    stem   = "the-well"
    prompt = "How many nights does it need?"
    answer = 9

    [[sheet]]
    id    = "snails"
    title = "Snails"
    from  = ["Reading"]
    draw  = 1
    ```

Good:
    ```toml
    [deck]
    name = "Reading"

    [[stem]]
    id   = "the-well"
    text = "The well is 12 m deep. A snail climbs 3 m a day and slides back 2 m at night."

    [[question]]
    id     = "days-of-the-snail"
    type   = "numeric"
    stem   = "the-well"
    prompt = "On which day does the snail reach the top?"
    answer = 10

    [[question]]
    id     = "nights-of-the-snail"
    type   = "numeric"
    stem   = "the-well"
    prompt = "How many nights does it need?"
    answer = 9

    [[sheet]]
    id    = "snails"
    title = "Snails"
    from  = ["Reading"]
    draw  = 2
    ```
"""

from __future__ import annotations

from collections.abc import Iterable

from deckgen.diagnostics import Diagnostic, Place
from deckgen.rules._rule import Rule

RULE = Rule(__name__)


def found(wanted: int, possible: Iterable[int], place: Place) -> Diagnostic:
    """Return the diagnostic for a number of questions that whole stems do not add up to."""
    near = sorted(possible, key=lambda count: (abs(count - wanted), count))[:2]
    questions = "question" if wanted == 1 else "questions"
    return RULE.error(
        f"{wanted} {questions} cannot be drawn: those of a stem are drawn together",
        place,
        " or ".join(map(str, sorted(near))) + " can" if near else "",
    )
