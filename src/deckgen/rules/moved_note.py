"""Notes have moved to another deck, or a deck has another name.

Anki moves no card that a learner has: those stay in the deck they are in, and only new cards go to the new one.
Learners who want them together move them in Anki's browser; say so where you announce the release.
This is a warning, given once.

Bad:
    ```text
    the deck `Networking` is renamed to `Networks`
    ```

Good:
    ```text
    decks keep their names
    ```
"""

from __future__ import annotations

from deckgen.counting import counted
from deckgen.diagnostics import Diagnostic, Place, Severity
from deckgen.rules._rule import Rule

RULE = Rule(__name__)
SEVERITY = Severity.WARNING


def found(former: str, deck: str, count: int, place: Place) -> Diagnostic:
    """Return the diagnostic for `count` notes that moved from one deck to another."""
    notes = counted(count, "note")
    return RULE.warning(
        f"{notes} moved from deck `{former}` to `{deck}`",
        place,
        help=f"cards that learners have stay in `{former}`; they can move them in Anki's browser",
    )


def renamed(former: str, deck: str, place: Place) -> Diagnostic:
    """Return the diagnostic for a deck that has another name."""
    return RULE.warning(
        f"the deck `{former}` is now called `{deck}`",
        place,
        help=f"learners keep `{former}` with the cards they have; they can rename it in Anki before they import",
    )
