"""A picture or sound does not exist.

The path is looked up in the project's folder, the one with `deckgen.toml`.

Bad:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id     = "six-times-seven"
    type   = "short"
    prompt = "![A square](media/sqare.png) How many corners?"
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
from deckgen.nearest import did_you_mean
from deckgen.rules._rule import Rule

RULE = Rule(__name__)


def found(path: str, near: str | None, place: Place) -> Diagnostic:
    """Return the diagnostic for a picture that is not there; `near` is one that is."""
    return RULE.error(
        f"no {called(path)} `{path}`",
        place.part(path),
        did_you_mean(near),
        help="a path is relative to the folder of `deckgen.toml`",
    )
