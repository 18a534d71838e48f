"""There is no `deckgen.toml`, in this folder or above.

It makes a folder a project and holds its permanent id. `deckgen new DIR` creates a small project to start from.

Bad:
    ```text
    a folder with cards/ but no deckgen.toml
    ```

Good:
    ```toml file=deckgen.toml
    id    = "arithmetic"
    title = "Arithmetic"
    ```
"""

from __future__ import annotations

from deckgen.diagnostics import Diagnostic, Place
from deckgen.rules._rule import Rule

RULE = Rule(__name__)


def found(folder: str) -> Diagnostic:
    """Return the diagnostic for a folder that is in no project, as it is named in a sentence."""
    return RULE.error(
        f"no `deckgen.toml` in {folder} or above",
        Place("deckgen.toml"),
        help="`deckgen new DIR` creates a small project to start from",
    )
