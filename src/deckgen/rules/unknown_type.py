"""A question has no type, or one that does not exist.

There are nine types: `choice`, `multiple`, `true-false`, `cloze`, `numeric`, `short`, `ordering`, `matching`
and `open`.

Bad:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id     = "six-times-seven"
    type   = "shrot"
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

from collections.abc import Mapping
from typing import Any

from deckgen.diagnostics import Diagnostic, Place
from deckgen.nearest import did_you_mean, nearest
from deckgen.rules._rule import Rule

RULE = Rule(__name__)

#: Keys that give a type away, the most telling first.
_TELLING = {
    "distractors": "choice",
    "answers": "multiple",
    "correction": "true-false",
    "tolerance": "numeric",
    "unit": "numeric",
    "accept": "short",
    "order": "ordering",
    "pairs": "matching",
    "model": "open",
    "lines": "open",
    "text": "cloze",
}


def found(tag: object, known: Mapping[str, Any], place: Place) -> Diagnostic:
    """Return the diagnostic for an unknown type."""
    near = nearest(tag, list(known)) if isinstance(tag, str) else None
    return RULE.error(
        f"unknown question type `{tag}`",
        place,
        did_you_mean(near),
        help="types: " + ", ".join(f"`{word}`" for word in known),
    )


def missing(tag_field: str, known: Mapping[str, Any], value: Mapping[str, Any], place: Place) -> Diagnostic:
    """Return the diagnostic for a question without a type."""
    guess = next((kind for key, kind in _TELLING.items() if key in value), None)
    if guess is None and isinstance(value.get("answer"), bool):
        guess = "true-false"
    return RULE.error(
        f"missing key `{tag_field}` in a question",
        place.header(),
        f'add `{tag_field} = "{guess}"`?' if guess else f"add `{tag_field} = …`",
        help="types: " + ", ".join(f"`{word}`" for word in known),
    )
