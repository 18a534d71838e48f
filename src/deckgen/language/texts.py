"""The texts of an item, with the path of each."""

from collections.abc import Callable
from functools import cache
from types import UnionType
from typing import Annotated, Any, NamedTuple, Union, get_args, get_origin

import msgspec

from deckgen.core.text import Html, Text
from deckgen.diagnostics import Path
from deckgen.language.annotations import Distractor
from deckgen.language.gathered import GATHERED
from deckgen.language.note import Note
from deckgen.language.note_type import Card, NoteType
from deckgen.language.question import Cloze, Numeric
from deckgen.language.sheet import Sheet
from deckgen.language.word import Word, shown

#: Keys whose strings are names or references, not texts; separate rules check them.
_NAMES = frozenset(
    {
        "id",
        "was",
        "tags",
        "sources",
        "seen",
        "corrects",
        "between",
        "make",
        "from",
        "rows",
        "misconception",
        "profile",
        "meaning_language",
        "directions",
        "ask",
        "also",
        "language",
        "speak",
        "needs",
        "without",
        "params",
        "penalty",
        "grades",
        "partial",
        "stem",
    }
)

#: Keys whose type alone does not say what they contain.
_SHAPES = {
    (Distractor, "text"): "markdown",
    (Distractor, "html"): "html",
    (Cloze, "text"): "markdown",
    # Numbers, in quotes or without.
    (Numeric, "answer"): "",
    (Numeric, "tolerance"): "",
    # Paths of files.
    (Word, "sound"): "media",
    (Word, "picture"): "media",
    (Sheet, "logo"): "media",
    (Note, "type"): "",
    (Card, "front"): "markdown",
    (Card, "back"): "markdown",
    (Card, "answer_as"): "",
    # Names.
    (NoteType, "fields"): "",
    (NoteType, "cloze"): "",
}

_UNIONS = (UnionType, Union)
_GATHERED = frozenset(GATHERED.values())


class TextField(NamedTuple):
    """A field of a class that contains texts."""

    attribute: str
    #: Its name in TOML.
    key: str
    #: What it holds: `plain`, `markdown`, `html`, or `media` (the path of a file); with `…-inside` where it is not a
    #: text itself.
    shape: str
    #: Whether it has no default.
    required: bool


def texts(item: msgspec.Struct) -> list[tuple[Path, Text, bool]]:
    """Return each text of an item as (path below the item, text, whether it is Markdown), in order."""
    found: list[tuple[Path, Text, bool]] = []
    _add_texts(item, (), found)
    return found


def _add_texts(item: msgspec.Struct, base: Path, found: list[tuple[Path, Text, bool]]) -> None:
    for attribute, key, shape, _ in text_fields(type(item)):
        value = getattr(item, attribute)
        if value is None:
            continue
        if shape == "markdown":
            found.append(((*base, key), value, True))
        elif shape == "plain":
            found.append(((*base, key), value, False))
        elif shape == "html":
            found.append(((*base, key), Html(value), True))
        elif shape == "media":
            if value:
                found.append(((*base, key), shown(value, key), True))
        elif value:
            _add_inside(value, (*base, key), found, markdown=shape == "markdown-inside")


def _add_inside(value: Any, path: Path, found: list[tuple[Path, Text, bool]], *, markdown: bool) -> None:
    if isinstance(value, str | Html):
        found.append((path, value, markdown))
    elif isinstance(value, tuple):
        for index, part in enumerate(value):
            if type(part) is str:
                found.append(((*path, index), part, markdown))
            else:
                _add_inside(part, (*path, index), found, markdown=markdown)
    elif isinstance(value, dict):
        # The cells of a row are in the row itself.
        base = path[:-1] if path[-1] in _GATHERED else path
        for key, part in value.items():
            _add_inside(part, (*base, key), found, markdown=markdown)
    elif isinstance(value, msgspec.Struct):
        _add_texts(value, path, found)


def changed(item: Any, change: Callable[[Path, Text], Text]) -> Any:
    """Return an item with each of its texts, but for paths of files, replaced by what `change` returns for it."""
    new = {}
    kind: Any = type(item)
    for attribute, key, shape, _ in text_fields(kind):
        value = getattr(item, attribute)
        if value is None or shape == "media":
            continue
        made = _changed_inside(Html(value) if shape == "html" else value, (key,), change)
        new[attribute] = made.html if shape == "html" and isinstance(made, Html) else made
    return msgspec.structs.replace(item, **new)


def _changed_inside(value: Any, path: Path, change: Callable[[Path, Text], Text]) -> Any:
    if isinstance(value, str | Html):
        return change(path, value) if value else value
    if isinstance(value, tuple):
        return tuple([_changed_inside(part, (*path, place), change) for place, part in enumerate(value)])
    if isinstance(value, msgspec.Struct):
        return changed(value, lambda inner, text: change((*path, *inner), text))
    return value


@cache
def text_fields(kind: type[msgspec.Struct]) -> tuple[TextField, ...]:
    """Return the fields of a class that contain texts, in order."""
    found: list[TextField] = []
    for field in msgspec.structs.fields(kind):
        if field.encode_name in _NAMES:
            continue
        shape = _SHAPES.get((kind, field.name))
        if shape is None:
            shape = _shape(field.type)
        if shape:
            found.append(TextField(field.name, field.encode_name, shape, field.required))
    return tuple(found)


def _shape(kind: Any) -> str:
    """Return the shape of a type: a text, something with texts inside, or (empty) neither."""
    if kind is str:
        return "plain"
    origin, parts = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return _shape(parts[0])
    if origin in _UNIONS and Html in parts:
        return "markdown"
    if origin is None:
        return "markdown-inside" if isinstance(kind, type) and issubclass(kind, msgspec.Struct) else ""
    if origin is dict:
        parts = parts[1:]
    elif origin is not tuple and origin not in _UNIONS:
        return ""
    shapes = {_shape(part) for part in parts} - {""}
    if not shapes:
        return ""
    if origin in _UNIONS and shapes == {"plain"}:
        return "plain"
    return "plain-inside" if shapes <= {"plain", "plain-inside"} else "markdown-inside"
