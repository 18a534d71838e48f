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
    if _all_say_something(item, kind):
        return
    for path, text, _ in texts(item):
        said = text.html if isinstance(text, Html) else text
        if (not said or said.isspace()) and (
            path[0] in _required(kind) if len(path) == 1 else path[-1] not in _OPTIONAL
        ):
            key = next(part for part in reversed(path) if isinstance(part, str))
            yield RULE.error(f"`{key}` is empty", at.child(*path), "says nothing")


def _all_say_something(item: Any, kind: Any) -> bool:
    """Look quickly whether the strings of an item all say something; where it is unsure, it says no."""
    scalars, tuples = _getters(kind)
    for value in scalars(item):
        if type(value) is not str or not value or value.isspace():
            return False
    for values in tuples(item):
        for value in values or ():
            if type(value) is not str or not value or value.isspace():
                return False
    return True


@cache
def _getters(
    kind: Any,
) -> tuple[Callable[[Any], tuple[Any, ...]], Callable[[Any], tuple[Any, ...]]]:
    """Return functions that get an item's required scalars, and its tuples."""
    fields = text_fields(kind)
    tuples = [field.attribute for field in fields if field.shape.endswith("inside")]
    scalars = [field.attribute for field in fields if field.required and field.attribute not in tuples]
    return _getter(scalars), _getter(tuples)


def _getter(names: list[str]) -> Callable[[Any], tuple[Any, ...]]:
    if not names:
        return lambda _item: ()
    get = attrgetter(*names)
    return get if len(names) > 1 else lambda item: (get(item),)


@cache
def _required(kind: Any) -> frozenset[str]:
    return frozenset(field.key for field in text_fields(kind) if field.required)
