"""Two entries to be ordered or matched are the same.

Equal entries can be swapped without a visible difference, so there is no single right answer.
On the right side of a matching, equal entries are fine: they are one choice.

Bad:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id     = "by-size"
    type   = "ordering"
    prompt = "Put in order, the smallest first."
    order  = ["7", "36", "7"]
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

from collections.abc import Iterable, Iterator

from deckgen.core.text import Text
from deckgen.diagnostics import Diagnostic, Place, Related
from deckgen.language.comparison import Comparison
from deckgen.language.question import Matching, Ordering
from deckgen.rules._options import folded
from deckgen.rules._rule import Rule

RULE = Rule(__name__)
KINDS = (Ordering, Matching, Comparison)


def check(item: Ordering | Matching | Comparison, at: Place) -> Iterator[Diagnostic]:
    """Compare the entries with each other."""
    if isinstance(item, Ordering):
        yield from _repeated("entry", ((text, at.child("order", i)) for i, text in enumerate(item.order)))
    elif isinstance(item, Comparison):
        yield from _repeated(
            "concept", ((text, at.child("between", i)) for i, text in enumerate(item.between))
        )
        for index, match in enumerate(item.match):
            here = at.child("match", index, "rows")
            yield from _repeated("row", ((row, here.child(i)) for i, row in enumerate(match.rows)))
    else:
        left = ((pair[0], at.child("pairs", i, 0)) for i, pair in enumerate(item.pairs))
        yield from _repeated("entry", left)
        right = {folded(pair[1]): at.child("pairs", i, 1) for i, pair in enumerate(item.pairs)}
        for index, text in enumerate(item.extra):
            there = right.get(folded(text))
            if there is not None:
                yield _same("entry", at.child("extra", index), there)


def _repeated(what: str, entries: Iterable[tuple[Text, Place]]) -> Iterator[Diagnostic]:
    first: dict[str, Place] = {}
    for text, place in entries:
        there = first.setdefault(folded(text), place)
        if there is not place:
            yield _same(what, place, there)


def _same(what: str, place: Place, there: Place) -> Diagnostic:
    return RULE.error(f"the same {what} twice", place, related=(Related(there, "first here"),))
