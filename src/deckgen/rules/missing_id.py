"""An item has no `id`.

The id is permanent: a learner's whole history with a card hangs on it, so it cannot be derived from
a text that may change. `deckgen check --fix` writes the proposed id into the file.

Bad:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    type   = "short"
    prompt = "What is six times seven?"
    answer = "42"
    ```

Good:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id     = "six-times-seven"
    type   = "short"
    prompt = "What is six times seven?"
    answer = "42"
    ```
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from deckgen.diagnostics import Diagnostic, Edit, Place
from deckgen.rules._rule import Rule

RULE = Rule(__name__)

#: Keys whose text names an item best.
_TELLING = ("term", "title", "aspect", "claim", "prompt", "text")
#: Words that tell nothing.
_EMPTY = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "by",
        "do",
        "does",
        "for",
        "from",
        "has",
        "how",
        "in",
        "is",
        "it",
        "its",
        "of",
        "on",
        "or",
        "that",
        "the",
        "these",
        "this",
        "to",
        "was",
        "what",
        "when",
        "which",
        "who",
        "why",
        "will",
        "with",
        "you",
        "your",
    ]
)
_LONGEST = 40


def found(item: Mapping[str, Any], owner: str, place: Place) -> Diagnostic:
    """Return the diagnostic for an item without id, with an id proposed from its text."""
    proposed = propose(item)
    line = f'id = "{proposed}"'
    return RULE.error(
        f"missing `id` in {owner}",
        place.header(),
        f"add `{line}`",
        help="an id is permanent; `deckgen check --fix` writes this one",
        edit=Edit(place.header(), line, insert=True),
    )


def propose(item: Mapping[str, Any]) -> str:
    """Propose an id from what an item says."""
    text = next((item[key] for key in _TELLING if isinstance(item.get(key), str)), "")
    return slug(text) or "item"


def slug(text: str) -> str:
    """Return the telling words of a text as an id; empty where it has none in Latin script."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain)
    telling = [word for word in words if word not in _EMPTY] or words
    result = ""
    for word in telling:
        if result and len(result) + len(word) >= _LONGEST:
            break
        result += ("-" if result else "") + word[:_LONGEST]
    return result
