"""A file or folder of the project cannot be read.

It is reported, never skipped, because a course without one of its files would retire every card in it.

Bad:
    ```text
    cards/arithmetic.toml without the right to read it, a loop of links, or a folder of that name
    ```

Good:
    ```text
    cards/arithmetic.toml, a regular file that may be read
    ```
"""

from __future__ import annotations

from deckgen.diagnostics import Diagnostic, Place
from deckgen.rules._rule import Rule

RULE = Rule(__name__)


def found(file: str, reason: str) -> Diagnostic:
    """Return the diagnostic for a file that cannot be read."""
    return RULE.error(f"cannot read `{file}`: {reason}", Place(file))
