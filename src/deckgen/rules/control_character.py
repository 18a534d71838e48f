r"""A text contains a control character.

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

#: What TOML takes for a character where an author writes a formula: `\\beta`, `\\frac`, `\\rho`.
_ESCAPES = {"U+0008": "b", "U+000C": "f", "U+000D": "r", "U+001B": "e"}


def found(message: str, place: Place) -> Diagnostic:
    """Return the diagnostic for a text with the character that `message` names."""
    letter = next((letter for number, letter in _ESCAPES.items() if number in message), "")
    if not letter:
        return RULE.error(message, place, "remove it, or write it as words")
    return RULE.error(
        f'{message}, which is what `\\{letter}` means in `"…"`',
        place.part(f"\\{letter}"),
        help="a backslash is written `\\\\`, or put the text between `'` and `'`, or `'''` and `'''`",
    )
