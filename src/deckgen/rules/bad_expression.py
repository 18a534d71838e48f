"""An expression cannot be read, or is not arithmetic.

An expression has numbers, the names of parameters, `+ - * / // % **`, brackets and functions: `abs`, `min`, `max`,
`round(x, 2)`, `floor`, `ceil`, `sqrt`, `exp`, `ln`, `log10`, `sin`, `cos`, `tan`, `asin`, `acos`, `atan` (angles in
radians), `radians`, `degrees`, `factorial`, `comb`, and the number `pi`. A power is `**`. Nothing else is calculated
with: not texts, and no code.

Bad:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id     = "area"
    type   = "numeric"
    params = { r = { min = 2, max = 9 } }
    prompt = "A square has sides of @{r} cm. What is its area?"
    answer = { expr = "r^2" }
    unit   = "cm²"
    ```

Good:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id     = "area"
    type   = "numeric"
    params = { r = { min = 2, max = 9 } }
    prompt = "A square has sides of @{r} cm. What is its area?"
    answer = { expr = "r**2" }
    unit   = "cm²"
    ```
"""

from __future__ import annotations

from deckgen.arithmetic import UnreadableError
from deckgen.diagnostics import Diagnostic, Place
from deckgen.nearest import did_you_mean
from deckgen.rules._rule import Rule

RULE = Rule(__name__)


def found(text: str, error: UnreadableError, place: Place) -> Diagnostic:
    """Return the diagnostic for an expression that cannot be read; `place` is that of the whole of it."""
    label = did_you_mean(error.proposal)
    return RULE.error(
        f"`{text}` cannot be calculated: {error}",
        place.part(error.piece) if error.piece else place,
        label,
        proposal=error.proposal,
    )


def of_text(name: str, text: str, place: Place) -> Diagnostic:
    """Return the diagnostic for a calculation with a parameter that is a text."""
    return RULE.error(f"`{text}` cannot be calculated: `{name}` is a text", place)


def of_digits(place: Place, most: int) -> Diagnostic:
    """Return the diagnostic for a number of digits that no number is rounded to."""
    return RULE.error("`digits` is out of range", place, f"must be from 0 to {most}")
