r"""A text holds a control character.

One `U+001F` in a field makes Anki roll back the whole import; others vanish, or act on the terminal or printer
of whoever reads the text.
Line feeds and tabs are fine.

Bad:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id     = "six-times-seven"
    type   = "short"
    prompt = "What is six\u001ftimes seven?"
    answer = "42"
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

from deckgen.diagnostics import Diagnostic, Place
from deckgen.rules._rule import Rule

RULE = Rule(__name__)


def found(message: str, place: Place) -> Diagnostic:
    """Return the diagnostic for a text with the character that `message` names."""
    return RULE.error(message, place, "remove it, or write it as words")
