"""A template of the project has a mistake, or one came to light when it was filled in.

A file in the project's `templates/` takes the place of the shipped one of the same name; see
<https://jinja.palletsprojects.com/en/stable/templates/> for the language.

Bad:
    ```html file=templates/sheet/page.html
    <h1>{{ sheet.title }</h1>
    ```

Good:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id     = "six-times-seven"
    type   = "short"
    prompt = "What is six times seven?"
    answer = "42"
    ```
"""

from __future__ import annotations

from deckgen.diagnostics import Diagnostic, Place, Span
from deckgen.rules._rule import Rule

RULE = Rule(__name__)


def found(file: str, message: str, line: int | None) -> Diagnostic:
    """Return the diagnostic for a mistake in line `line` (1-based) of the template `file`."""
    span = Span(line, 1, line, 1) if line else None
    return RULE.error(message, Place(file, span=span))
