"""The project accepts advice that is no longer given.

`[advice] accepted` of `deckgen.toml` names the advice that is not followed, by a code or by a code and an id. An entry
without effect could hide advice that is given later.

Bad:
    ```toml file=deckgen.toml
    id    = "example"
    title = "Example"

    [advice]
    accepted = ["long-answer no-such-question"]
    ```

Good:
    ```toml file=deckgen.toml
    id    = "example"
    title = "Example"
    ```
"""

from __future__ import annotations

from deckgen.advice._rule import AdviceRule
from deckgen.diagnostics import Diagnostic, Place
from deckgen.root import PROJECT_FILE

RULE = AdviceRule(__name__)


def found(entry: str, index: int) -> Diagnostic:
    """Return the advice on an entry of `accepted` that meets nothing."""
    place = Place(PROJECT_FILE, ("advice", "accepted", index))
    return RULE.advice(f"no advice is given that `{entry}` accepts", place, "remove it")
