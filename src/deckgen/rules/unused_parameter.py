"""A parameter of a question is in none of its texts, nor in its answer.

It changes nothing, and makes versions that differ in it alike. Perhaps a text says its number itself.

Bad:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id     = "double"
    type   = "numeric"
    params = { a = { min = 10, max = 90 }, b = 2 }
    prompt = "What is @{a} + @{a}?"
    answer = { expr = "2 * a" }
    ```

Good:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id     = "double"
    type   = "numeric"
    params = { a = { min = 10, max = 90 } }
    prompt = "What is @{a} + @{a}?"
    answer = { expr = "2 * a" }
    ```
"""

from __future__ import annotations

from deckgen.diagnostics import Diagnostic, Place, Severity
from deckgen.rules._rule import Rule

RULE = Rule(__name__)
SEVERITY = Severity.WARNING


def found(name: str, place: Place) -> Diagnostic:
    """Return the diagnostic for a parameter that nothing names."""
    return RULE.warning(f"nothing names the parameter `{name}`", place.key())
