r"""A cell shows an error in place of a value, such as `#N/A` or `#REF!`.

A formula in the spreadsheet has no value there, and the error would stand on a card. Where it is meant as a text, write
`\#N/A`.

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
    peru,What is the capital of Peru?,#N/A
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

from deckgen.diagnostics import Diagnostic, Place
from deckgen.rules._rule import Rule

RULE = Rule(__name__)


def found(text: str, place: Place) -> Diagnostic:
    """Return the diagnostic for a cell that shows an error."""
    return RULE.error(
        f"the cell shows the error `{text}`", place, help="mend its formula, or put the value in its place"
    )
