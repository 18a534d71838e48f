"""The project has a copy of a schema from another version of deckgen.

Editors that complete and check with it report mistakes in correct files, or do not know new keys.

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
        f"`{file}` is from another version of deckgen",
        Place(file),
        help="write it again: `deckgen schema --out schema`",
    )
