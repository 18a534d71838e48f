"""A tag contains white space, quotes, `<` or an empty part, or is one that Anki or deckgen keep for themselves.

Anki separates tags by spaces, so `"old exam"` would become two tags. It does not escape them on cards, where `<`
begins markup.
`leech` and `marked` belong to the learner, `deckgen::…` to deckgen.

Bad:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id      = "six-times-seven"
    type    = "short"
    prompt  = "What is six times seven?"
    answer  = "42"
    tags    = ["times table"]
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
    tags    = ["times-table"]
    ```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from deckgen.diagnostics import Diagnostic, Place
from deckgen.language.cards import ITEM_CLASSES
from deckgen.language.manuscript import Manuscript
from deckgen.patterns import lazy_pattern
from deckgen.rules._rule import Rule

RULE = Rule(__name__)
KINDS = ITEM_CLASSES

_WELL_FORMED = lazy_pattern(
    r"(?:[^\s\x00-\x1f\x7f\"*:<]+(?::[^\s\x00-\x1f\x7f\"*:<]+)*)(?:::[^\s\x00-\x1f\x7f\"*:<]+)*"
)
_RESERVED = lazy_pattern(r"(?:leech|marked|deckgen(?:::.*)?)", re.IGNORECASE)


def is_well_formed(tag: str) -> bool:
    """Tell whether a text can be a tag."""
    return _WELL_FORMED.fullmatch(tag) is not None


def is_reserved(tag: str) -> bool:
    """Tell whether Anki or deckgen keep a tag for themselves."""
    return _RESERVED.fullmatch(tag) is not None


def check(item: Any, at: Place) -> Iterator[Diagnostic]:
    """Check the tags of an item."""
    if item.tags:
        yield from _check(item.tags, at.child("tags"))


def check_all(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Check the tags of all decks."""
    for file in manuscript.files:
        if file.deck is not None:
            yield from _check(file.deck.tags, Place(file.name, ("deck", "tags")))


def _check(tags: tuple[str, ...], at: Place) -> Iterator[Diagnostic]:
    for index, tag in enumerate(tags):
        if _RESERVED.fullmatch(tag):
            yield RULE.error(f"the tag `{tag}` is reserved", at.child(index), "choose another")
        elif not _WELL_FORMED.fullmatch(tag):
            better = re.sub(r"[\s\"*<]+", "-", tag.strip()).strip("-:")
            label = f"perhaps `{better}`?" if better and _WELL_FORMED.fullmatch(better) else ""
            yield RULE.error(f"malformed tag `{tag}`" if tag.strip() else "empty tag", at.child(index), label)
