"""A deck's pictures or sounds are very large.

A file of more than 100 MB does not sync with AnkiWeb.
This is a warning.

Bad:
    ```text
    a deck with a picture of 120 MB
    ```

Good:
    ```text
    the same picture with fewer pixels
    ```
"""

from __future__ import annotations

from deckgen.diagnostics import Diagnostic, Place, Severity
from deckgen.media import called
from deckgen.rules._rule import Rule

RULE = Rule(__name__)
SEVERITY = Severity.WARNING
#: What AnkiWeb takes, in bytes.
LIMIT = 100 * 1000 * 1000


def found(path: str, size: int, place: Place) -> Diagnostic:
    """Return the diagnostic for a file of `size` bytes."""
    return RULE.warning(
        f"the {called(path)} `{path}` has {size / 1e6:.0f} MB", place.part(path), "AnkiWeb syncs up to 100 MB"
    )


def of_package(file: str, size: int, place: Place) -> Diagnostic:
    """Return the diagnostic for a package `file` whose media have `size` bytes together."""
    return RULE.warning(
        f"the pictures and sounds of `{file}` have {size / 1e6:.0f} MB together",
        place,
        "AnkiWeb syncs up to 100 MB",
        help="smaller files, or some of them in another top-level deck, which becomes a separate package",
    )
