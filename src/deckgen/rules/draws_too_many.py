"""A sheet draws more questions than there are.

A version would come out shorter than its title says, and what a later pool may still draw must not depend on luck.

Bad:
    ```toml
    [[sheet]]
    id    = "tables"
    title = "Times tables"
    from  = ["arithmetic"]
    draw  = 1000
    ```

Good:
    ```toml
    [[sheet]]
    id    = "tables"
    title = "Times tables"
    from  = ["arithmetic"]
    draw  = 2
    ```
"""

from __future__ import annotations

from deckgen.diagnostics import Diagnostic, Place
from deckgen.rules._rule import Rule

RULE = Rule(__name__)


def found(draw: int, there: int, place: Place, *, taken: int = 0) -> Diagnostic:
    """Return the diagnostic for a draw of `draw` from `there` items, `taken` of which other draws may take."""
    more = f" ({taken} more are drawn by the pools before)" if taken else ""
    return RULE.error(
        f"draws {draw} of {there}",
        place,
        f"there {'is' if there == 1 else 'are'} only {there}{more}",
    )
