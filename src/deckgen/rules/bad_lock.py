"""`deckgen.lock` is damaged.

The lock holds which note is which and when it last changed.
After a merge with conflicts keep the lines of both sides and delete the markers: lines that are there twice
resolve themselves.
If it cannot be repaired, take it from an older commit, or delete it: ids then stay as they are, but every
note counts as changed once.

Bad:
    ```text file=deckgen.lock
    <<<<<<< HEAD
    note six-times-seven
    =======
    >>>>>>> branch
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

from deckgen.diagnostics import Diagnostic, Place, Span
from deckgen.rules._rule import Rule

RULE = Rule(__name__)


def found(file: str, message: str, span: Span | None, help_: str = "") -> Diagnostic:
    """Return the diagnostic for a line of the lock that cannot be understood."""
    return RULE.error(message, Place(file, span=span), help=help_)
