"""A comparison compares a concept that does not exist.

`between` holds ids of concepts; their terms become the heads of the columns.

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
    between = ["sum", "produkt"]

    [[comparison.row]]
    id      = "sign"
    aspect  = "Sign"
    sum     = "+"
    produkt = "×"
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

from deckgen.diagnostics import Diagnostic
from deckgen.diagnostics.nearest import nearest
from deckgen.language.comparison import Comparison
from deckgen.language.concept import Concept
from deckgen.language.manuscript import Manuscript
from deckgen.rules._rule import Rule

RULE = Rule(__name__)


def check_all(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Look the concepts of every table up."""
    concepts = manuscript.of(Concept)
    for entry in manuscript.items:
        if not isinstance(entry.item, Comparison):
            continue
        for index, id_ in enumerate(entry.item.between):
            if id_ in concepts or id_ in manuscript.broken or manuscript.partial:
                continue
            near = nearest(id_, list(concepts))
            known = manuscript.by_id.get(id_)
            yield RULE.error(
                f"`{id_}` is no concept" if known else f"unknown concept `{id_}`",
                entry.place.child("between", index),
                f"did you mean `{near}`?" if near else "",
                help="" if near else f'add a `[[concept]]` with `id = "{id_}"`',
            )
