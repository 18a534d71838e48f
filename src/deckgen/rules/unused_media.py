"""No text uses some files in `media/`.

They take up space in the project and are in no deck. A misspelt name would be another error, so either the text that
should use them is missing, or they can be deleted.

Bad:
    ```text file=media/old.png
    a picture that no text uses
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
    """Return the one diagnostic for all files that no text uses."""
    some = ", ".join(f"`{name}`" for name in names[:_SAID])
    more = f" and {len(names) - _SAID} more" if len(names) > _SAID else ""
    files = "a file is" if len(names) == 1 else f"{len(names)} files are"
    return RULE.warning(f"{files} not used by any text: {some}{more}", Place(FOLDER))
