"""A deck that is to be imported cannot be read.

It is damaged, is something else, or holds what no version of Anki writes: a table that computes, a file that unpacks
to a thousand times its size. Nothing of it is taken over then. What can be repaired or left out is no error: the plan
of the import names it.

Bad:
    ```text
    deckgen import geography.apkg, where geography.apkg was downloaded by half
    ```

Good:
    ```text
    deckgen import geography.apkg
    ```
"""

from __future__ import annotations

from deckgen.diagnostics import Diagnostic, Place, Span
from deckgen.rules._rule import Rule

RULE = Rule(__name__)


def found(file: str, why: str, help_: str = "", *, line: int = 0) -> Diagnostic:
    """Return the diagnostic for a file; `why` follows on its name, `line` is that of a text, 0 if it is not known."""
    span = Span(line, 1, line, 1) if line else None
    return RULE.error(f"`{file}` {why}", Place(file, span=span), help=help_)
