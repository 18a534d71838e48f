"""`speak`: which texts of an item the device's own voice reads aloud."""

from __future__ import annotations

from functools import cache
from typing import Annotated

import msgspec
from msgspec import Meta

Speak = Annotated[
    dict[str, str],
    Meta(
        description="Texts that the device's voice reads aloud, by their keys, with the language and region of each: "
        '{ term = "ja-JP" }.'
    ),
]
#: Keys of single texts, in the order in which they are listed. A hint is asked for, and an option is one of several.
_KEYS = (
    "term", "meaning", "definition", "example", "prompt", "claim", "text", "answer", "model", "correction",
    "explanation",
)  # fmt: skip
#: What the core calls a text by another name.
_CORE = {"claim": "prompt"}


@cache
def spoken_keys(kind: type[msgspec.Struct]) -> tuple[str, ...]:
    """Return the keys of what can be read aloud of items of a kind."""
    from deckgen.language.texts import text_fields

    shapes = {field.key: field.shape for field in text_fields(kind)}
    return tuple(
        key
        for key in _KEYS
        if shapes.get(key) in ("plain", "markdown") or (key == "meaning" and key in shapes)
    )


def lowered(speak: dict[str, str]) -> tuple[tuple[str, str], ...]:
    """Return it as core items have it: names of their texts, and languages."""
    return tuple((_CORE.get(key, key), language) for key, language in speak.items())
