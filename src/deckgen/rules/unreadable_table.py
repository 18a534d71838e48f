"""A spreadsheet that a `[[table]]` names cannot be read.

It is reported, never skipped, because a course without one of its spreadsheets would retire every card of it. A file
that a spreadsheet program is just writing may be cut short for a moment: `watch` and `serve` read it again when it has
been written.

Bad:
    ```toml
    [deck]
    name = "Capitals"

    [[table]]
    file    = "data/captials.csv"
    as      = "short"
    columns = { prompt = "Question", answer = "Answer" }
    ```
    ```csv file=data/capitals.csv
    id,Question,Answer
    peru,What is the capital of Peru?,Lima
    ```

Good:
    ```toml
    [deck]
    name = "Capitals"

    [[table]]
    file    = "data/capitals.csv"
    as      = "short"
    columns = { prompt = "Question", answer = "Answer" }
    ```
    ```csv file=data/capitals.csv
    id,Question,Answer
    peru,What is the capital of Peru?,Lima
    ```
"""

from __future__ import annotations

from collections.abc import Sequence

from deckgen.diagnostics import Diagnostic, Place
from deckgen.nearest import did_you_mean, nearest
from deckgen.rules._rule import Rule

RULE = Rule(__name__)


def missing(file: str, there: Sequence[str], place: Place) -> Diagnostic:
    """Return the diagnostic for a file that is not there, while others are."""
    near = nearest(file, there)
    return RULE.error(f"there is no file `{file}`", place, did_you_mean(near))


def found(file: str, why: str, place: Place, help_: str = "") -> Diagnostic:
    """Return the diagnostic for a file that cannot be read; `why` follows on its name."""
    return RULE.error(f"`{file}` {why}", place, help=help_)


def no_sheet(file: str, sheet: str, names: Sequence[str], place: Place) -> Diagnostic:
    """Return the diagnostic for a sheet that a file does not have."""
    near = nearest(sheet, names)
    listed = ", ".join(f"`{name}`" for name in names)
    return RULE.error(
        f"`{file}` has no sheet `{sheet}`",
        place,
        did_you_mean(near),
        help=f"its sheets: {listed}" if names else "its sheet has no name: leave `sheet` out",
    )
