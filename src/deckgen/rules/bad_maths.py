r"""A formula is no LaTeX that can be set.

`$…$` and `$$…$$` are set by MathJax in Anki and drawn for paper and screen.
A dollar sign that is no formula is written `\$`.

Bad:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id     = "six-times-seven"
    type   = "short"
    prompt = 'What is $\squareroot{42}$?'
    answer = "42"
    ```

Good:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id     = "six-times-seven"
    type   = "short"
    prompt = 'What is $\sqrt{42}$?'
    answer = "42"
    ```
"""

from __future__ import annotations

from deckgen.diagnostics import Diagnostic, Place
from deckgen.rules._rule import Rule, quoted

RULE = Rule(__name__)


def found(message: str, place: Place) -> Diagnostic:
    """Return the diagnostic for a formula that cannot be set."""
    return RULE.error(
        message, place.part(quoted(message)), help="a dollar sign that is no formula is written `\\$`"
    )
