"""A match or a misconception refers to a row or a cell that its table does not have.

Without a valid reference, the cell that the misconception gets wrong would not be marked.

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
    id      = "sign"
    aspect  = "Sign"
    sum     = "+"
    product = "×"

    [[misconception]]
    id         = "product-is-plus"
    claim      = "A product is written with a plus sign."
    correction = "It is written with a times sign."
    corrects   = "sum-and-product/sing/product"
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

    [[misconception]]
    id         = "product-is-plus"
    claim      = "A product is written with a plus sign."
    correction = "It is written with a times sign."
    corrects   = "sum-and-product/sign/product"
    ```
"""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.diagnostics import Diagnostic, Place
from deckgen.language.comparison import Comparison
from deckgen.language.manuscript import Manuscript
from deckgen.language.misconception import Misconception
from deckgen.nearest import did_you_mean, nearest
from deckgen.rules import unknown_item
from deckgen.rules._rule import Rule

RULE = Rule(__name__)


def check_all(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Look up the rows of matches, and what misconceptions correct."""
    for entry in manuscript.entries(Comparison):
        rows = [row.id for row in entry.item.row]
        for index, match in enumerate(entry.item.match):
            for at, row in enumerate(match.rows):
                if row not in rows:
                    place = entry.place.child("match", index, "rows", at)
                    yield _unknown(row, entry.item.id, rows, place)
    for entry in manuscript.entries(Misconception):
        if "/" in entry.item.corrects:
            yield from _check_cell(entry.item.corrects, entry.place.child("corrects"), manuscript)


def _check_cell(reference: str, place: Place, manuscript: Manuscript) -> Iterator[Diagnostic]:
    table_id, _, rest = reference.partition("/")
    row, _, concept = rest.partition("/")
    entry = manuscript.by_id.get(table_id)
    if entry is None or not isinstance(entry.item, Comparison):
        yield from unknown_item.look_up(table_id, place, manuscript, kinds=(Comparison,), what="comparison")
        return
    rows = [row.id for row in entry.item.row]
    if row not in rows:
        if f"{table_id}/{row}" not in manuscript.broken:
            yield _unknown(row, table_id, rows, place)
    elif concept and concept not in entry.item.between:
        near = nearest(concept, list(entry.item.between))
        yield RULE.error(
            f"table `{table_id}` does not compare `{concept}`",
            place,
            did_you_mean(near and f"{table_id}/{row}/{near}"),
        )


def _unknown(row: str, table: str, rows: list[str], place: Place) -> Diagnostic:
    near = nearest(row, rows)
    return RULE.error(
        f"table `{table}` has no row `{row}`",
        place,
        did_you_mean(near),
        help="" if near else "rows: " + ", ".join(f"`{known}`" for known in rows),
    )
