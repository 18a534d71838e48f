"""A removed note cannot be marked as retired: its last content is not known.

Its last content is read from the packages of the build before, in `dist/anki/`, and they are not there.
Learners keep the note as it is, and are not told that it is out of date.
This is a warning, given once.

Bad:
    ```text
    an item is removed in a fresh clone that was never built
    ```

Good:
    ```text
    `deckgen build`, then the removal, then `deckgen build`; or `--former` with the package published last
    ```
"""

from __future__ import annotations

from deckgen.diagnostics import Diagnostic, Place, Severity
from deckgen.rules._rule import Rule

RULE = Rule(__name__)
SEVERITY = Severity.WARNING


def found(file: str, item_id: str) -> Diagnostic:
    """Return the diagnostic for a removed item whose note cannot be had."""
    return RULE.warning(
        f"`{item_id}` is gone and cannot be marked as retired: no package of an earlier build has it",
        Place(file),
        help="restore `deckgen.lock` from git and build with `--former` and the package published last",
    )
