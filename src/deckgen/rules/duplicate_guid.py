"""Two items carry on the history of one note.

A GUID is what Anki knows a note by. If two notes had it, Anki would import both notes and then update neither.
It happens where a lock was edited by hand, or where branches that renamed one item in two ways are merged.

Bad:
    ```text
    two lines of `deckgen.lock` with one GUID, both of items that are still there
    ```

Good:
    ```text
    one of the two items names the other in its `was`, and the other is removed
    ```
"""

from __future__ import annotations

from deckgen.diagnostics import Diagnostic, Place
from deckgen.rules._rule import Rule

RULE = Rule(__name__)


def found(message: str, help_: str, place: Place) -> Diagnostic:
    """Return the diagnostic for an item whose GUID another one has too."""
    return RULE.error(message, place.child("id"), help=help_)
