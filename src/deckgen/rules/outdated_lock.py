"""`deckgen.lock` would change, but `--locked` forbids it.

`deckgen build --locked` is for CI: it builds only what the committed lock already records, so that no learner is
given a note whose stamp was never written down.

Bad:
    ```text
    a new question in `cards/`, and a lock from before
    ```

Good:
    ```text
    the lock that `deckgen build` wrote, committed with the question
    ```
"""

from __future__ import annotations

from deckgen.diagnostics import Diagnostic, Place
from deckgen.rules._rule import Rule

RULE = Rule(__name__)


def found(file: str, what: str, *, is_draft: bool = False) -> Diagnostic:
    """Return the diagnostic for a lock that `--locked` would have to change; `what` says how."""
    command = "deckgen release" if is_draft else "deckgen lock"
    return RULE.error(
        f"`{file}` is out of date: {what}", Place(file), help=f"run `{command}` and commit `{file}`"
    )
