"""A picture or sound is outside the project, or on the web.

Decks and sheets work without a network, and a path that leaves the project would read files of the author's
machine into the deck: no `..`, no absolute path, no link out of the project, no address.

Bad:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id     = "six-times-seven"
    type   = "short"
    prompt = "![A square](../square.png) How many corners?"
    answer = "42"
    ```

Good:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id     = "six-times-seven"
    type   = "short"
    prompt = "![A square](media/square.png) How many corners?"
    answer = "42"
    ```
"""

from __future__ import annotations

from deckgen.diagnostics import Diagnostic, Place
from deckgen.media import called
from deckgen.rules._rule import Rule, quoted

RULE = Rule(__name__)


def found(path: str, reason: str, place: Place) -> Diagnostic:
    """Return the diagnostic for a path that leads out."""
    return RULE.error(f"the {called(path)} `{path}` {reason}", place.part(path), "copy it into the project")


def remote(message: str, place: Place) -> Diagnostic:
    """Return the diagnostic for a picture on the web, which `message` names."""
    return RULE.error(message, place.part(quoted(message)), "copy it into the project")
