"""Files in `media/` are named by no text.

They take room in the project and are in no deck. A misspelt name would be an error of its own, so either a text that
was to name them is missing, or they can go.

Bad:
    ```text file=media/old.png
    a picture that no text names
    ```

Good:
    ```toml
    [deck]
    name = "Squares"

    [[question]]
    id     = "square"
    type   = "short"
    prompt = "What is this? ![A square](media/square.png)"
    answer = "a square"
    ```
"""

from __future__ import annotations

from collections.abc import Sequence

from deckgen.diagnostics import Diagnostic, Place, Severity
from deckgen.rules._rule import Rule

RULE = Rule(__name__)
SEVERITY = Severity.WARNING

FOLDER = "media"
#: Names that are said.
_SAID = 5


def found(names: Sequence[str]) -> Diagnostic:
    """Return the one diagnostic for all files that no text names."""
    some = ", ".join(f"`{name}`" for name in names[:_SAID])
    more = f" and {len(names) - _SAID} more" if len(names) > _SAID else ""
    files = "a file is" if len(names) == 1 else f"{len(names)} files are"
    return RULE.warning(f"{files} named by no text: {some}{more}", Place(FOLDER))
