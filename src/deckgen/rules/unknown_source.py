"""A citation names a source that is not in the registry.

A citation is the key of a `[source.KEY]` table, a space, and the place in the work: `"euclid VII.16"`.

Bad:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id      = "six-times-seven"
    type    = "short"
    prompt  = "What is six times seven?"
    answer  = "42"
    sources = ["euklid VII.16"]
    ```

Good:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id      = "six-times-seven"
    type    = "short"
    prompt  = "What is six times seven?"
    answer  = "42"
    sources = ["euclid VII.16"]
    ```
"""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.diagnostics import Diagnostic, Place
from deckgen.language.comparison import Comparison
from deckgen.language.manuscript import Manuscript
from deckgen.language.misconception import Misconception
from deckgen.language.source import split_citation
from deckgen.nearest import did_you_mean, nearest
from deckgen.rules._rule import Rule

RULE = Rule(__name__)


def check_all(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Look every citation up in the registry."""
    if manuscript.partial:
        return
    known = manuscript.sources.keys() | manuscript.broken
    #: Citations that were looked up; most come again and again.
    fine: set[str] = set()
    for entry in (*manuscript.items, *manuscript.stems().values()):
        item = entry.item
        if not fine.issuperset(item.sources):
            fine |= {citation for citation in item.sources if split_citation(citation)[0] in known}
            yield from _check(item.sources, entry.place.child("sources"), known, manuscript)
    for entry in manuscript.entries(Misconception):
        yield from _check(entry.item.seen, entry.place.child("seen"), known, manuscript)
    for entry in manuscript.entries(Comparison):
        for index, row in enumerate(entry.item.row):
            for concept, citations in row.sources.items():
                place = entry.place.child("row", index, "sources", concept)
                yield from _check(citations, place, known, manuscript)


def _check(
    citations: tuple[str, ...], at: Place, known: set[str], manuscript: Manuscript
) -> Iterator[Diagnostic]:
    for index, citation in enumerate(citations):
        key = split_citation(citation)[0]
        if key in known:
            continue
        near = nearest(key, list(manuscript.sources))
        yield RULE.error(
            f"unknown source `{key}`" if key else "a citation without a source",
            at.child(index),
            did_you_mean(near),
            help=""
            if near
            else f"add a table `[source.{key or 'KEY'}]` with its title to a file in `cards/`",
        )
