"""A required key is missing.

Each kind of item has a few keys without which it means nothing.

Bad:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id     = "six-times-seven"
    type   = "short"
    prompt = "What is six times seven?"
    ```

Good:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id     = "six-times-seven"
    type   = "short"
    prompt = "What is six times seven?"
    answer = "42"
    ```
"""

from __future__ import annotations

from deckgen.diagnostics import Diagnostic, Place
from deckgen.rules._rule import Rule

RULE = Rule(__name__)


def found(key: str, owner: str, place: Place) -> Diagnostic:
    """Return the diagnostic for `key` missing in `owner`, which stands at `place`."""
    if place.table:
        # The cell is empty, or no column was named.
        return RULE.error(
            f"missing key `{key}` in {owner}",
            place.child(key),
            f"`{key}` is missing here",
            help="fill the cell, or name the column that it is taken from in `columns`",
        )
    return RULE.error(f"missing key `{key}` in {owner}", place.header(), f"add `{key} = …`")
