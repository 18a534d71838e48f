"""The header of a spreadsheet names two columns alike, or leaves a column that is filled without a name.

The first row that is not empty is the header; `header = 3` names another one. A column without a name cannot be taken,
and is a warning only.

Bad:
    ```toml
    [deck]
    name = "Capitals"

    [[table]]
    file    = "data/capitals.csv"
    as      = "short"
    columns = { prompt = "Question", answer = "Answer" }
    ```
    ```csv file=data/capitals.csv
    id,Question,Answer,Answer
    peru,What is the capital of Peru?,Lima,Lima
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
    id,Question,Answer,Notes
    peru,What is the capital of Peru?,Lima,Lima
    ```
"""

from __future__ import annotations

from deckgen.diagnostics import Diagnostic, Place, Related
from deckgen.rules._rule import Rule

RULE = Rule(__name__)


def twice(name: str, place: Place, first: Place) -> Diagnostic:
    """Return the diagnostic for a second column of one name."""
    return RULE.error(
        f"two columns are called `{name}`",
        place,
        related=(Related(first, "the first one"),),
        help="give one of them another name",
    )


def nameless(column: str, place: Place) -> Diagnostic:
    """Return the diagnostic for a column that is filled and has no name."""
    return RULE.warning(
        f"column {column} has no name", place, help="nothing is taken from it; name it, or leave it empty"
    )


def missing(row: int, file: str, place: Place) -> Diagnostic:
    """Return the diagnostic for a header that is said to be where nothing is."""
    where = f"row {row} of `{file}` is" if row else f"all rows of `{file}` are"
    return RULE.error(f"{where} empty: there is no header", place)
