"""A picture or sound has no alternative text.

It is what a screen reader says, and what is shown where the picture cannot be; on paper it is next to the mark for a
sound. Say what the learner is to see or hear, without giving the answer away.

Bad:
    ```toml
    [deck]
    name = "Geometry"

    [[question]]
    id     = "square"
    type   = "short"
    prompt = "What is this? ![](media/square.png)"
    answer = "A square"
    ```

Good:
    ```toml
    [deck]
    name = "Geometry"

    [[question]]
    id     = "square"
    type   = "short"
    prompt = "What is this? ![Four equal sides, four right angles](media/square.png)"
    answer = "A square"
    ```
"""

from __future__ import annotations

from deckgen.diagnostics import Diagnostic, Place
from deckgen.rules._rule import Rule, quoted
from deckgen.text import Problem

RULE = Rule(__name__)


def found(problem: Problem, place: Place) -> Diagnostic:
    """Return the diagnostic for a picture or sound that says nothing."""
    return RULE.warning(problem.message, place.part(quoted(problem.message)), "say what it is: `![…](…)`")
