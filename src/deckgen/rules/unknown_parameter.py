r"""A text or an expression names a parameter that the question does not have.

In a question with `params`, `@{…}` holds the name of a parameter, or an expression with such names. `\@{` is the text
`@{`.

Bad:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id     = "sum"
    type   = "numeric"
    params = { first = { min = 10, max = 90 }, second = { min = 10, max = 90 } }
    prompt = "What is @{first} + @{secnd}?"
    answer = { expr = "first + second" }
    ```

Good:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id     = "sum"
    type   = "numeric"
    params = { first = { min = 10, max = 90 }, second = { min = 10, max = 90 } }
    prompt = "What is @{first} + @{second}?"
    answer = { expr = "first + second" }
    ```
"""

from __future__ import annotations

from collections.abc import Sequence

from deckgen.diagnostics import Diagnostic, Place
from deckgen.nearest import did_you_mean, nearest
from deckgen.rules._rule import Rule

RULE = Rule(__name__)


def found(name: str, known: Sequence[str], place: Place) -> Diagnostic:
    """Return the diagnostic for a name that is none of the parameters."""
    # Any letter is near to any other.
    near = nearest(name, known) if len(name) > 1 else ""
    return RULE.error(
        f"the question has no parameter `{name}`",
        place,
        did_you_mean(near),
        help="" if near else _listed(known),
        proposal=near or "",
    )


def _listed(known: Sequence[str]) -> str:
    return (
        "its parameters: " + ", ".join(f"`{name}`" for name in known)
        if known
        else "it has none: give it `params`"
    )
