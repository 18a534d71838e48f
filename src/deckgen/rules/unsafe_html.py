"""Raw HTML contains something that runs code, loads something, or changes the style of other text.

Anki runs scripts in fields, so `{ html = … }` is for markup only: no scripts, event handlers, frames, forms,
style sheets or `javascript:` addresses.

Bad:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id     = "six-times-seven"
    type   = "short"
    prompt = { html = "What is <b onclick='alert()'>six</b> times seven?" }
    answer = "42"
    ```

Good:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id     = "six-times-seven"
    type   = "short"
    prompt = { html = "What is <b>six</b> times seven?" }
    answer = "42"
    ```
"""

from __future__ import annotations

from deckgen.diagnostics import Diagnostic, Place
from deckgen.rules._rule import Rule, quoted

RULE = Rule(__name__)


def found(message: str, place: Place) -> Diagnostic:
    """Return the diagnostic for raw HTML with something active in it."""
    return RULE.error(message, place.part(quoted(message)), "remove it")
