"""A value has the wrong type for its key.

TOML tells strings, numbers, booleans and arrays apart, and nothing is converted behind an author's back:
`42` and `"42"` are not the same answer.

Bad:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id      = "six-times-seven"
    type    = "short"
    prompt  = "What is six times seven?"
    answer  = 42
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
    ```
"""

from __future__ import annotations

import re
from typing import Any

from deckgen.diagnostics import Diagnostic, Place
from deckgen.rules._rule import Rule

RULE = Rule(__name__)


def found(wanted: str, got: str, place: Place, value: Any = None, *, wanted_list: bool = False) -> Diagnostic:
    """Return the diagnostic for a value of type `got` where `wanted` is wanted."""
    key = next((part for part in reversed(place.path) if isinstance(part, str)), "value")
    label = ""
    if wanted_list and isinstance(value, str):
        label = "put it into an array: `[…]`"
    elif wanted.startswith(("a string", "a text")) and isinstance(value, int | float):
        label = "put it into quotes"
    elif wanted.startswith(("`true`", "a whole number", "a number")) and _is_bare(value):
        label = "write it without quotes"
    return RULE.error(f"`{key}` takes {wanted}, not {got}", place, label)


def _is_bare(value: Any) -> bool:
    """Return whether a string holds what only its quotes keep from being a number or a boolean."""
    return isinstance(value, str) and bool(re.fullmatch(r"true|false|[+-]?\d+(?:\.\d+)?", value.strip()))


def not_an_array_of_tables(kind: str, place: Place) -> Diagnostic:
    """Return the diagnostic for `[question]` where `[[question]]` is meant."""
    return RULE.error(f"`{kind}` takes an array of tables", place, f"write `[[{kind}]]`")
