"""Which texts an item holds, and on which path each stands."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import msgspec

from deckgen.core.text import Html, Text
from deckgen.diagnostics import Path
from deckgen.language.annotations import Distractor
from deckgen.language.question import Cloze

#: Keys whose strings are names or references, not texts; rules of their own look at them.
_NAMES = frozenset(
    {"id", "was", "tags", "sources", "seen", "corrects", "between", "make", "from", "rows", "misconception"}
)

#: Keys whose type alone does not say what they hold.
_SHAPES = {(Distractor, "text"): "markdown", (Distractor, "html"): "html", (Cloze, "text"): "markdown"}

#: (attribute, key in TOML, what it holds)
_Step = tuple[str, str, str]


def texts(item: msgspec.Struct) -> Iterator[tuple[Path, Text, bool]]:
    """Give each text of an item as (path below the item, text, whether it is Markdown)."""
    for attribute, key, shape in _plan(type(item)):
        value = getattr(item, attribute)
        if value is None:
            continue
        if shape == "markdown":
            yield (key,), value, True
        elif shape == "plain":
            yield (key,), value, False
        elif shape == "html":
            yield (key,), Html(value), True
        elif value:
            yield from _inside(value, (key,), markdown=shape == "markdown-inside")


def _inside(value: Any, path: Path, *, markdown: bool) -> Iterator[tuple[Path, Text, bool]]:
    if isinstance(value, str | Html):
        yield path, value, markdown
    elif isinstance(value, tuple):
        for index, part in enumerate(value):
            yield from _inside(part, (*path, index), markdown=markdown)
    elif isinstance(value, dict):
        # The cells of a row stand in the row itself.
        base = path[:-1] if path[-1] == "cells" else path
        for key, part in value.items():
            yield from _inside(part, (*base, key), markdown=markdown)
    elif isinstance(value, msgspec.Struct):
        for inner, text, is_markdown in texts(value):
            yield (*path, *inner), text, is_markdown


@cache
def _plan(kind: type[msgspec.Struct]) -> tuple[_Step, ...]:
    steps: list[_Step] = []
    for field in msgspec.structs.fields(kind):
        if field.encode_name in _NAMES:
            continue
        shape = _SHAPES.get((kind, field.name)) or _shape(msgspec.inspect.type_info(field.type))
        if shape:
            steps.append((field.name, field.encode_name, shape))
    return tuple(steps)


def _shape(info: Any) -> str:
    """Say what a type holds: a text, something with texts inside, or (empty) nothing to look at."""
    if isinstance(info, msgspec.inspect.Metadata):
        return _shape(info.type)
    if isinstance(info, msgspec.inspect.StrType):
        return "plain"
    if _is_markdown(info):
        return "markdown"
    parts = _parts(info)
    if parts is None:
        return "markdown-inside" if isinstance(info, msgspec.inspect.StructType) else ""
    shapes = {_shape(part) for part in parts} - {""}
    if not shapes:
        return ""
    if isinstance(info, msgspec.inspect.UnionType) and shapes == {"plain"}:
        return "plain"
    return "plain-inside" if shapes <= {"plain", "plain-inside"} else "markdown-inside"


def _parts(info: Any) -> tuple[Any, ...] | None:
    if isinstance(info, msgspec.inspect.VarTupleType):
        return (info.item_type,)
    if isinstance(info, msgspec.inspect.TupleType):
        return tuple(info.item_types)
    if isinstance(info, msgspec.inspect.DictType):
        return (info.value_type,)
    if isinstance(info, msgspec.inspect.UnionType):
        return tuple(info.types)
    return None


def _is_markdown(info: Any) -> bool:
    return isinstance(info, msgspec.inspect.UnionType) and any(
        isinstance(part, msgspec.inspect.StructType) and part.cls is Html for part in info.types
    )


def text_keys(kind: type[msgspec.Struct]) -> tuple[tuple[str, str], ...]:
    """Return the keys of a class that hold texts, each with what it holds: `…inside` where it is no text itself."""
    return tuple((key, shape) for _, key, shape in _plan(kind))
