"""A link leads to something other than a web page or a mail address.

`javascript:` and the like run in the learner's Anki; only `https:`, `http:`, `mailto:` and `#…` stay.

Bad:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id     = "six-times-seven"
    type   = "short"
    prompt = "What is [six](javascript:alert) times seven?"
    answer = "42"
    ```

Good:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id     = "six-times-seven"
    type   = "short"
    prompt = "What is [six](https://example.org/six) times seven?"
    answer = "42"
    ```
"""

from __future__ import annotations

from deckgen.diagnostics import Diagnostic, Place
from deckgen.media import kind_named
from deckgen.rules._rule import Rule, quoted

RULE = Rule(__name__)


def found(message: str, place: Place) -> Diagnostic:
    """Return the diagnostic for a text with such a link; a picture or a sound has a syntax of its own."""
    target = quoted(message)
    if ":" not in target and kind_named(target):
        return RULE.error(message, place.part(target), f"`![…]({target})` shows or plays it")
    return RULE.error(message, place.part(target), "use an `https://` address")
