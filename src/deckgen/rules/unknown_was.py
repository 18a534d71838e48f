"""`was` of a `[[table]]` names a row that its spreadsheet does not have.

Its keys are the ids of rows as they are now, and its values what these ids were before. A line for a row that is gone
has no use any more: take it out.

Bad:
    ```toml
    [deck]
    name = "Capitals"

    [[table]]
    file    = "data/capitals.csv"
    as      = "short"
    id      = "@{Country}"
    columns = { prompt = "Question", answer = "Answer" }
    was.cymr = "wales"
    ```
    ```csv file=data/capitals.csv
    Country,Question,Answer
    Cymru,What is the capital of Wales?,Cardiff
    ```

Good:
    ```toml
    [deck]
    name = "Capitals"

    [[table]]
    file    = "data/capitals.csv"
    as      = "short"
    id      = "@{Country}"
    columns = { prompt = "Question", answer = "Answer" }
    was.cymru = "wales"
    ```
    ```csv file=data/capitals.csv
    Country,Question,Answer
    Cymru,What is the capital of Wales?,Cardiff
    ```
"""

from __future__ import annotations

from collections.abc import Sequence

from deckgen.diagnostics import Diagnostic, Place
from deckgen.nearest import did_you_mean, nearest
from deckgen.rules._rule import Rule

RULE = Rule(__name__)


def found(id_: str, known: Sequence[str], place: Place) -> Diagnostic:
    """Return the diagnostic for an id that no row has; `known` are those that rows have."""
    near = nearest(id_, known)
    return RULE.error(
        f"no row has the id `{id_}`",
        place.key(),
        did_you_mean(near, "take the line out"),
    )
