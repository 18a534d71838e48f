"""A comparison compares a concept that does not exist, or a sheet leaves its cells empty.

`between` holds ids of concepts; their terms become the heads of the columns. `blank` of a sheet's section names
such columns.

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

from deckgen.diagnostics import Diagnostic, Place
from deckgen.language.comparison import Comparison
from deckgen.language.concept import Concept
from deckgen.language.manuscript import Manuscript
from deckgen.nearest import did_you_mean, nearest
from deckgen.rules._rule import Rule

RULE = Rule(__name__)


def check_all(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Look the concepts of every table up."""
    for id_, place in _named(manuscript):
        known = manuscript.by_id.get(id_)
        if (known and isinstance(known.item, Concept)) or id_ in manuscript.broken or manuscript.partial:
            continue
        near = nearest(id_, list(manuscript.of(Concept)))
        yield RULE.error(
            f"`{id_}` is not a concept" if known else f"unknown concept `{id_}`",
            place,
            did_you_mean(near),
            help="" if near else f'add a `[[concept]]` with `id = "{id_}"`',
        )


def _named(manuscript: Manuscript) -> Iterator[tuple[str, Place]]:
    """Yield every id that must be a concept's, and where it stands."""
    for entry in manuscript.entries(Comparison):
        for index, id_ in enumerate(entry.item.between):
            yield id_, entry.place.child("between", index)
    for entry in manuscript.sheets():
        for part, section in enumerate(entry.item.section):
            for index, id_ in enumerate(section.blank):
                yield id_, entry.place.child("section", part, "blank", index)
