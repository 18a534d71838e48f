"""A row of a comparison table lacks the cell of a compared concept.

The table is printed whole, and each row becomes cards: a hole would become an empty answer.

Bad:
    ```toml
    [deck]
    name = "Arithmetic"

    [[concept]]
    id         = "sum"
    term       = "Sum"
    definition = "What addition gives."

    [[concept]]
    id         = "product"
    term       = "Product"
    definition = "What multiplication gives."

    [[comparison]]
    id      = "sum-and-product"
    title   = "Sum and product"
    between = ["sum", "product"]

    [[comparison.row]]
    id     = "sign"
    aspect = "Sign"
    sum    = "+"
    ```

Good:
    ```toml
    [deck]
    name = "Arithmetic"

    [[concept]]
    id         = "sum"
    term       = "Sum"
    definition = "What addition gives."

    [[concept]]
    id         = "product"
    term       = "Product"
    definition = "What multiplication gives."

    [[comparison]]
    id      = "sum-and-product"
    title   = "Sum and product"
    between = ["sum", "product"]

    [[comparison.row]]
    id      = "sign"
    aspect  = "Sign"
    sum     = "+"
    product = "×"
    ```
"""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.diagnostics import Diagnostic, Place
from deckgen.language.comparison import Comparison, Row
from deckgen.language.gathered import known_keys
from deckgen.rules import unknown_key
from deckgen.rules._rule import Rule

RULE = Rule(__name__)
KINDS = (Comparison,)


def check(table: Comparison, at: Place) -> Iterator[Diagnostic]:
    """Check each row against the concepts the table compares."""
    for index, row in enumerate(table.row):
        here = at.child("row", index)
        unknown = [key for key in row.cells if key not in table.between]
        # A misspelt cell is one mistake, not two.
        meant = {unknown_key.meant(key, table.between, row.cells) for key in unknown}
        for concept in dict.fromkeys(table.between):
            if concept not in row.cells and concept not in meant:
                yield RULE.error(
                    f"row `{row.id}` has no cell for `{concept}`", here.header(), f"add `{concept} = …`"
                )
        for key in unknown:
            known = [*table.between, *sorted(known_keys(Row))]
            yield unknown_key.found(key, "a row of this table", known, here.child(key), present=row.cells)
        for key in row.sources:
            if key not in table.between:
                place = here.child("sources", key)
                yield unknown_key.found(
                    key, "the sources of a row", table.between, place, present=row.sources
                )
