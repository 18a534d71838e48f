"""A value is not one of the words that its key allows.

The key takes one of a few words; deckgen does not guess what another one means.

Bad:
    ```toml
    [deck]
    name = "Arithmetic"

    [[misconception]]
    id         = "zero-is-no-number"
    claim      = "Zero is not a number."
    verdict    = "wrong"
    correction = "It is an integer like any other."
    ```

Good:
    ```toml
    [deck]
    name = "Arithmetic"

    [[misconception]]
    id         = "zero-is-no-number"
    claim      = "Zero is not a number."
    verdict    = "false"
    correction = "It is an integer like any other."
    ```
"""

from __future__ import annotations

from deckgen.diagnostics import Diagnostic, Place
from deckgen.nearest import nearest
from deckgen.rules._rule import Rule

RULE = Rule(__name__)


def found(value: str, known: list[str], place: Place) -> Diagnostic:
    """Return the diagnostic for `value` where one of `known` is wanted."""
    key = next((part for part in reversed(place.path) if isinstance(part, str)), "value")
    near = nearest(value, known)
    return RULE.error(
        f'`{key}` cannot be "{value}"',
        place,
        f'did you mean "{near}"?' if near else "",
        help="it is one of " + ", ".join(f'"{word}"' for word in known),
    )
