"""`was` came too late: both ids have been given to learners.

The item was built under its present id before it said what it was called, so learners have two notes.
The history of the old id can no longer be carried over; its note is retired.
This is a warning, given once.

Bad:
    ```text
    an id is changed, the deck is built and published, and `was` is written afterwards
    ```

Good:
    ```text
    `was` is written together with the new id
    ```
"""

from __future__ import annotations

from deckgen.diagnostics import Diagnostic, Place, Severity
from deckgen.rules._rule import Rule

RULE = Rule(__name__)
SEVERITY = Severity.WARNING


def found(former: str, item_id: str, place: Place) -> Diagnostic:
    """Return the diagnostic for an item that names a former id too late."""
    return RULE.warning(
        f"`{item_id}` cannot carry on the history of `{former}`: both have notes", place.child("was")
    )
