"""A question has become one of another type.

In Anki a note keeps the type it was made with: an update would leave cards that cannot be shown, and learners
would lose their history. What is now another question needs another id; the former note is retired.

Bad:
    ```text
    a choice question that was in the last build is now `type = "short"`, with the same id
    ```

Good:
    ```text
    the same, with an id that was never used
    ```
"""

from __future__ import annotations

from deckgen.diagnostics import Diagnostic, Place
from deckgen.rules._rule import Rule

RULE = Rule(__name__)


def found(message: str, help_: str, place: Place) -> Diagnostic:
    """Return the diagnostic for an item whose note has another type in the lock."""
    return RULE.error(message, place.child("type"), help=help_)
