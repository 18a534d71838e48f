"""A file in the project's `templates/` replaces no shipped template, and no template of the project uses it.

With a misspelt name, the shipped template would silently stay in use. `deckgen templates` lists the names.
This is a warning.

Bad:
    ```html file=templates/sheet/pages.html
    <h1>{{ sheet.title }}</h1>
    ```

Good:
    ```html file=templates/sheet/page.html
    <h1>{{ sheet.title }}</h1>
    ```
"""

from __future__ import annotations

from deckgen.diagnostics import Diagnostic, Place, Severity
from deckgen.rules._rule import Rule

SEVERITY = Severity.WARNING
RULE = Rule(__name__)


def found(file: str, near: str | None) -> Diagnostic:
    """Return the diagnostic for the template `file`; `near` is a shipped one that may be meant, by its file."""
    return RULE.warning(
        f"`{file}` does not replace any template",
        Place(file),
        help=f"did you mean `{near}`?" if near else "`deckgen templates` lists the names",
    )
