"""A row of a CSV file has more cells than the header, or fewer.

Mostly a cell that holds a separator or a line break lacks its quotes, and what follows stands in the wrong column.
Fewer cells are a warning: the others count as empty.

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
    id,Question,Answer
    peru,What, in Peru, is the capital?,Lima
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
    peru,"What, in Peru, is the capital?",Lima
    ```
"""

from __future__ import annotations

from deckgen.counting import counted
from deckgen.diagnostics import Diagnostic, Place
from deckgen.rules._rule import Rule

RULE = Rule(__name__)


def longer(cells: int, columns: int, place: Place) -> Diagnostic:
    """Return the diagnostic for a row with more cells than there are columns."""
    return RULE.error(
        f"the row has {cells} cells, and the header {columns}",
        place,
        "this one has no column",
        help='a cell that holds the separator stands in quotes: `"…"`',
    )


def shorter(cells: int, columns: int, place: Place) -> Diagnostic:
    """Return the diagnostic for a row with fewer cells than there are columns."""
    return RULE.warning(
        f"the row has {counted(cells, 'cell')}, and the header {columns}",
        place,
        help='the others count as empty; a cell that holds a line break stands in quotes: `"…"`',
    )
