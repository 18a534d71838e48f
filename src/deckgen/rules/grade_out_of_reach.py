"""A sheet has too few points for a grade.

Nobody could get the grade. A sheet that draws has at most the points of the questions worth most. Grades in per cent
fit every sheet.

Bad:
    ```toml
    [[sheet]]
    id     = "sums"
    title  = "Sums"
    from   = ["arithmetic"]
    grades = { A = 90, B = 50, F = 0 }
    ```

Good:
    ```toml
    [[sheet]]
    id     = "sums"
    title  = "Sums"
    from   = ["arithmetic"]
    grades = { A = "90 %", B = "50 %", F = "0 %" }
    ```
"""

from __future__ import annotations

from deckgen.diagnostics import Diagnostic, Place
from deckgen.rules._rule import Rule

RULE = Rule(__name__)


def found(grade: str, sheet: str, most: float, place: Place) -> Diagnostic:
    """Return the diagnostic for a grade that wants more points than the `most` that a sheet can have."""
    return RULE.error(
        f"nobody can get the grade `{grade}`", place, f"the sheet `{sheet}` has only {most:g} points"
    )
