"""There are fewer than two entries to order, match or compare.

With one entry there is nothing to get wrong.

Bad:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id     = "by-size"
    type   = "ordering"
    prompt = "Put in order, the smallest first."
    order  = ["7"]
    ```

Good:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id     = "by-size"
    type   = "ordering"
    prompt = "Put in order, the smallest first."
    order  = ["7", "36", "42"]
    ```
"""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.diagnostics import Diagnostic, Place
from deckgen.language.comparison import Comparison
from deckgen.language.question import Matching, Ordering
from deckgen.language.word import Word
from deckgen.rules._rule import Rule

RULE = Rule(__name__)
KINDS = (Ordering, Matching, Comparison, Word)


def check(item: Ordering | Matching | Comparison | Word, at: Place) -> Iterator[Diagnostic]:
    """Count the entries."""
    if isinstance(item, Word):
        if not item.meaning:
            yield RULE.error("a word without a meaning", at.child("meaning"), 'such as ["to eat"]')
    elif isinstance(item, Ordering):
        yield from _few("ordering", "entries", item.order, at.child("order"))
    elif isinstance(item, Matching):
        yield from _few("matching", "pairs", item.pairs, at.child("pairs"))
    else:
        yield from _few("comparison", "concepts", item.between, at.child("between"))
        if not item.row:
            yield RULE.error("a comparison without rows", at.child("row"), "add a `[[comparison.row]]`")
        for index, match in enumerate(item.match):
            yield from _few("match", "rows", match.rows, at.child("match", index, "rows"))


def _few(what: str, entries: str, found: tuple[object, ...], place: Place) -> Iterator[Diagnostic]:
    article = "an" if what[0] in "aeiou" else "a"
    if len(found) < 2:  # noqa: PLR2004
        yield RULE.error(f"{article} {what} with fewer than two {entries}", place, f"has {len(found)}")
