"""Two keys that exclude each other are both present.

A sheet draws from `from`, or from its pools, or from its sections; an option is `text` or `html`.

Bad:
    ```toml
    [[sheet]]
    id    = "tables"
    title = "Times tables"
    from  = ["arithmetic"]

    [[sheet.section]]
    title = "Easy ones"
    from  = ["arithmetic"]
    ```

Good:
    ```toml
    [[sheet]]
    id    = "tables"
    title = "Times tables"

    [[sheet.section]]
    title = "Easy ones"
    from  = ["arithmetic"]
    ```
"""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.diagnostics import Diagnostic, Place
from deckgen.language.annotations import Distractor
from deckgen.language.question import Choice, Multiple
from deckgen.language.sheet import Section, Sheet
from deckgen.rules._rule import Rule

RULE = Rule(__name__)
KINDS = (Choice, Multiple, Sheet)


def check(item: Choice | Multiple | Sheet, at: Place) -> Iterator[Diagnostic]:
    """Look for pairs of keys that exclude each other."""
    if isinstance(item, Sheet):
        if item.section:
            for key, given in (("from", item.from_), ("pool", item.pool), ("draw", item.draw)):
                if given:
                    yield _found(key, "section", at)
        yield from _check_pools(item, at)
        for index, section in enumerate(item.section):
            yield from _check_pools(section, at.child("section", index))
        return
    for index, option in enumerate(item.distractors):
        if isinstance(option, Distractor) and option.text is not None and option.html is not None:
            yield _found("text", "html", at.child("distractors", index))


def _check_pools(drawer: Sheet | Section, at: Place) -> Iterator[Diagnostic]:
    if drawer.pool:
        for key, given in (("from", drawer.from_), ("draw", drawer.draw)):
            if given:
                yield _found(key, "pool", at)


def _found(key: str, other: str, at: Place) -> Diagnostic:
    return RULE.error(f"`{key}` and `{other}` exclude each other", at.child(key).key(), "remove one of them")
