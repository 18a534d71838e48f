"""A `[[table]]` names a column that its spreadsheet does not have.

Columns are known by their names in the header, in the spelling that stands there.

Bad:
    ```toml
    [deck]
    name = "Capitals"

    [[table]]
    file    = "data/capitals.csv"
    as      = "short"
    columns = { prompt = "Question", answer = "Capitol" }
    ```
    ```csv file=data/capitals.csv
    id,Question,Capital
    peru,What is the capital of Peru?,Lima
    ```

Good:
    ```toml
    [deck]
    name = "Capitals"

    [[table]]
    file    = "data/capitals.csv"
    as      = "short"
    columns = { prompt = "Question", answer = "Capital" }
    ```
    ```csv file=data/capitals.csv
    id,Question,Capital
    peru,What is the capital of Peru?,Lima
    ```
"""

from __future__ import annotations

from collections.abc import Sequence

from deckgen.diagnostics import Diagnostic, Place
from deckgen.nearest import did_you_mean, nearest
from deckgen.rules._rule import Rule

RULE = Rule(__name__)


def found(column: str, file: str, known: Sequence[str], place: Place) -> Diagnostic:
    """Return the diagnostic for a column that the header does not have."""
    near = nearest(column, known)
    return RULE.error(
        f"`{file}` has no column `{column}`",
        place,
        did_you_mean(near),
        help="" if near else _listed(known),
    )


def none(file: str, known: Sequence[str], place: Place) -> Diagnostic:
    """Return the diagnostic for a table that takes no column at all."""
    return RULE.error(
        f"nothing is taken from `{file}`",
        place,
        'say which column each key is taken from: `columns = { prompt = "…" }`',
        help=_listed(known),
    )


def _listed(known: Sequence[str]) -> str:
    return "its columns: " + ", ".join(f"`{name}`" for name in known)
