"""A text that must say something is empty.

Anki makes no card of a note whose front is empty, and an empty option cannot be chosen.

Bad:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id     = "six-times-seven"
    type   = "short"
    prompt = " "
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

from collections.abc import Callable, Iterator
from functools import cache
from operator import attrgetter
from typing import Any

from deckgen.core.text import Html
from deckgen.diagnostics import Diagnostic, Place
from deckgen.language.cards import CLASSES
from deckgen.language.texts import text_fields, texts
from deckgen.rules._rule import Rule

RULE = Rule(__name__)
KINDS = CLASSES

#: Keys inside of arrays and tables that may be empty.
_OPTIONAL = frozenset({"why", "instructions", "paper_instructions", "title", "prompt", "translation"})


def check(item: Any, at: Place) -> Iterator[Diagnostic]:
    """Check the required texts, and every text in an array."""
    kind: Any = type(item)
    if all(map(_says_something, _getter(kind)(item))):
        return
    for path, text, _ in texts(item):
        said = text.html if isinstance(text, Html) else text
        if (not said or said.isspace()) and (
            path[0] in _required(kind) if len(path) == 1 else path[-1] not in _OPTIONAL
        ):
            key = next(part for part in reversed(path) if isinstance(part, str))
            yield RULE.error(f"`{key}` is empty", at.child(*path), "says nothing")


def _says_something(value: Any) -> bool:
    """Look quickly whether all strings in a value say something; where it is unsure, it says no."""
    if type(value) is str:
        return bool(value) and not value.isspace()
    return value is None or (type(value) is tuple and all(map(_says_something, value)))


@cache
def _getter(kind: Any) -> Callable[[Any], tuple[Any, ...]]:
    """Return a function that gets an item's id, required texts and arrays."""
    fields = text_fields(kind)
    names = [field.attribute for field in fields if field.required or field.shape.endswith("inside")]
    return attrgetter("id", *names)


@cache
def _required(kind: Any) -> frozenset[str]:
    return frozenset(field.key for field in text_fields(kind) if field.required)
