"""The copy of a schema in the project is of another version of deckgen.

Editors that complete and check by it call right files wrong, or pass over keys that there are now.

Bad:
    ```json file=schema/cards.json
    {"title": "deckgen cards"}
    ```

Good:
    ```console
    $ deckgen schema --out schema
    ```
"""

from __future__ import annotations

from deckgen.diagnostics import Diagnostic, Place, Severity
from deckgen.rules._rule import Rule

RULE = Rule(__name__)
SEVERITY = Severity.WARNING

FOLDER = "schema"


def found(file: str) -> Diagnostic:
    """Return the diagnostic for a schema that is not this deckgen's."""
    return RULE.warning(
        f"`{file}` is of another version of deckgen",
        Place(file),
        help="write it anew: `deckgen schema --out schema`",
    )
