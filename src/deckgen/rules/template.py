"""A template of the project has a mistake, in its syntax or when it is rendered.

A file in the project's `templates/` replaces the shipped one of the same name; see
<https://jinja.palletsprojects.com/en/stable/templates/> for the language. Templates run in Jinja's sandbox.

Bad:
    ```html file=templates/sheet/page.html
    <h1>{{ sheet.title }</h1>
    ```

Good:
    ```html file=templates/sheet/page.html
    <h1>{{ sheet.title }}</h1>
    ```
"""

from __future__ import annotations

import re

from deckgen.diagnostics import Diagnostic, Place, Span
from deckgen.rules._rule import Rule

RULE = Rule(__name__)


def found(file: str, message: str, line: int | None, text: str = "", help: str = "") -> Diagnostic:  # noqa: A002 -- as the field is called
    """Return the diagnostic for a mistake in line `line` (from 1) of the template `file` with this text."""
    return RULE.error(message, Place(file, span=_span(message, text, line) if line else None), help=help)


def _span(message: str, text: str, line: int) -> Span:
    """Return the span of the name that the message is about, or of the line's text if the name is not in it."""
    lines = text.split("\n")
    whole = lines[line - 1] if line <= len(lines) else ""
    for name in re.findall(r"`([^`]+)`", message):
        if at := re.search(rf"(?<!\w){re.escape(name)}(?!\w)", whole):
            return Span(line, at.start() + 1, line, at.end() + 1)
    start = len(whole) - len(whole.lstrip())
    return Span(line, start + 1, line, max(len(whole.rstrip()), start) + 1)
