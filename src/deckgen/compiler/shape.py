"""Find every mistake of shape in decoded TOML: unknown and missing keys, wrong types, unknown words.

`msgspec.convert` stops at the first mistake, and is enough if there is none;
this walks the same types again, slowly, to find them all.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from msgspec import inspect

from deckgen.core.text import Html
from deckgen.diagnostics import Diagnostic, Place
from deckgen.language.annotations import Distractor
from deckgen.language.gathered import GATHERED
from deckgen.rules import (
    missing_id,
    missing_key,
    unknown_key,
    unknown_type,
    unknown_value,
    wrong_type,
)


def mistakes(value: Any, kind: Any, place: Place) -> Iterator[Diagnostic]:
    """Yield every mistake of shape in `value`, which ought to be a `kind`."""
    yield from _check(value, _info(kind), place, "")


@cache
def _info(kind: Any) -> inspect.Type:
    """Take a type apart, which takes ten milliseconds for a question."""
    return inspect.type_info(kind)


def _check(value: Any, info: Any, place: Place, owner: str) -> Iterator[Diagnostic]:
    """Check one value against a type; `owner` names the table around it."""
    if isinstance(info, inspect.Metadata):
        yield from _check(value, info.type, place, owner)
    elif isinstance(info, inspect.UnionType):
        yield from _check_union(value, info, place, owner)
    elif isinstance(info, inspect.StructType):
        yield from _check_struct(value, info, place)
    elif isinstance(info, inspect.VarTupleType):
        if not isinstance(value, list):
            yield _wrong(value, info, place)
        else:
            for index, part in enumerate(value):
                yield from _check(part, info.item_type, place.child(index), owner)
    elif isinstance(info, inspect.TupleType):
        yield from _check_tuple(value, info, place, owner)
    elif isinstance(info, inspect.DictType):
        if not isinstance(value, dict):
            yield _wrong(value, info, place)
        else:
            for key, part in value.items():
                yield from _check(part, info.value_type, place.child(key), owner)
    elif isinstance(info, inspect.LiteralType):
        yield from _check_word(value, info, place)
    elif not _fits(value, info):
        yield _wrong(value, info, place)


def _check_struct(
    value: Any, info: inspect.StructType, place: Place, others: Iterable[inspect.StructType] = ()
) -> Iterator[Diagnostic]:
    """Check a table; `others` are the types that it could have had instead."""
    if not isinstance(value, dict):
        yield _wrong(value, info, place)
        return
    owner = name_of(info.cls)
    fields = {field.encode_name: field for field in info.fields}
    known = [*fields, info.tag_field] if info.tag_field else [*fields]
    under = GATHERED.get(info.cls)
    known = [key for key in known if key != under]
    meant: set[str | None] = set()
    for key, part in value.items():
        if key in fields:
            yield from _check(part, fields[key].type, place if key == under else place.child(key), owner)
        elif key != info.tag_field:
            meant.add(unknown_key.meant(key, known, present=value))
            elsewhere = [
                str(other.tag) for other in others if key in {field.encode_name for field in other.fields}
            ]
            yield unknown_key.found(key, owner, known, place.child(key), present=value, elsewhere=elsewhere)
    for field in info.fields:
        # A misspelt key is one mistake, not two.
        if field.required and field.encode_name not in value and field.encode_name not in meant:
            if field.encode_name == "id":
                yield missing_id.found(value, owner, place)
            else:
                yield missing_key.found(field.encode_name, owner, place)
    if info.cls is Distractor and not ({"text", "html"} & value.keys()):
        yield missing_key.found("text", owner, place)


def _check_union(value: Any, info: inspect.UnionType, place: Place, owner: str) -> Iterator[Diagnostic]:
    structs = [part for part in info.types if isinstance(part, inspect.StructType)]
    tagged = [part for part in structs if part.tag_field]
    if tagged:
        yield from _check_tagged(value, tagged, place)
    elif isinstance(value, dict) and structs:
        yield from _check_struct(value, structs[0], place)
    elif isinstance(value, list) and (
        arrays := [part for part in info.types if isinstance(part, inspect.VarTupleType)]
    ):
        yield from _check(value, arrays[0], place, owner)
    elif isinstance(value, str) and (
        words := [part for part in info.types if isinstance(part, inspect.LiteralType)]
    ):
        yield from _check_word(value, words[0], place)
    elif not any(_fits(value, part) for part in info.types):
        yield _wrong(value, info, place)


def _check_tagged(value: Any, kinds: list[inspect.StructType], place: Place) -> Iterator[Diagnostic]:
    if not isinstance(value, dict):
        yield _wrong(value, kinds[0], place)
        return
    by_tag = {str(kind.tag): kind for kind in kinds}
    tag_field = str(kinds[0].tag_field)
    tag = value.get(tag_field)
    if tag is None:
        yield unknown_type.missing(tag_field, by_tag, value, place)
    elif not isinstance(tag, str) or tag not in by_tag:
        yield unknown_type.found(tag, by_tag, place.child(tag_field))
    else:
        yield from _check_struct(value, by_tag[tag], place, kinds)
        return
    if "id" not in value:
        yield missing_id.found(value, "a question", place)


def _check_tuple(value: Any, info: inspect.TupleType, place: Place, owner: str) -> Iterator[Diagnostic]:
    if not isinstance(value, list) or len(value) != len(info.item_types):
        yield _wrong(value, info, place)
        return
    for index, (part, kind) in enumerate(zip(value, info.item_types, strict=True)):
        yield from _check(part, kind, place.child(index), owner)


def _check_word(value: Any, info: inspect.LiteralType, place: Place) -> Iterator[Diagnostic]:
    words = [str(word) for word in info.values]
    if not isinstance(value, str):
        yield wrong_type.found(
            "one of " + ", ".join(f'`"{w}"`' for w in words if w), actual_type(value), place
        )
    elif value not in words:
        yield unknown_value.found(value, [word for word in words if word], place)


def _fits(value: Any, info: Any) -> bool:
    if isinstance(info, inspect.Metadata):
        return _fits(value, info.type)
    if isinstance(info, inspect.StrType):
        return isinstance(value, str)
    if isinstance(info, inspect.BoolType):
        return isinstance(value, bool)
    if isinstance(info, inspect.IntType):
        return isinstance(value, int) and not isinstance(value, bool)
    if isinstance(info, inspect.FloatType):
        return isinstance(value, int | float) and not isinstance(value, bool)
    if isinstance(info, inspect.StructType | inspect.DictType):
        return isinstance(value, dict)
    return isinstance(info, inspect.AnyType)


def _wrong(value: Any, info: Any, place: Place) -> Diagnostic:
    return wrong_type.found(
        expected_type(info), actual_type(value), place, value=value, wanted_list=_is_list(info)
    )


def _is_list(info: Any) -> bool:
    return isinstance(info, inspect.VarTupleType) and "str" in repr(info.item_type).lower()


def actual_type(value: Any) -> str:
    """Name the type of a decoded value for an author."""
    names: list[tuple[type | tuple[type, ...], str]] = [
        (bool, "a boolean"),
        (int, "a number"),
        (float, "a number"),
        (str, "a string"),
        (list, "an array"),
        (dict, "a table"),
        ((dt.date, dt.time), "a date or time"),
    ]
    found = next(name for kind, name in [*names, (object, "something else")] if isinstance(value, kind))
    return f"an array of {len(value)}" if found == "an array" else found


def expected_type(info: Any) -> str:
    """Name a type for an author."""
    if isinstance(info, inspect.Metadata):
        return expected_type(info.type)
    if isinstance(info, inspect.StructType):
        return 'a table { html = "…" }' if info.cls is Html else f"{name_of(info.cls)} (a table)"
    if isinstance(info, inspect.VarTupleType):
        return "an array of " + _plural(expected_type(info.item_type))
    if isinstance(info, inspect.TupleType):
        return f"an array of {len(info.item_types)}: " + ", ".join(expected_type(t) for t in info.item_types)
    if isinstance(info, inspect.DictType):
        return "a table"
    if isinstance(info, inspect.UnionType):
        parts = [expected_type(part) for part in info.types if not isinstance(part, inspect.NoneType)]
        wanted = " or ".join(dict.fromkeys(parts))
        wanted = wanted.replace('a string or a table { html = "…" }', "a text")
        return wanted.replace("a whole number or a number", "a number")
    if isinstance(info, inspect.LiteralType):
        return "one of " + ", ".join(f'`"{word}"`' for word in info.values if word)
    names = {
        inspect.StrType: "a string",
        inspect.BoolType: "`true` or `false`",
        inspect.IntType: "a whole number",
    }
    return next((name for kind, name in names.items() if isinstance(info, kind)), "a number")


def _plural(name: str) -> str:
    """Return the name of several: `strings or distractors (tables)`."""
    if name.startswith("one of "):
        return f"words, each {name}"
    parts = name.replace("(a table)", "(tables)").split(" or ")
    return " or ".join(re.sub(r"^(?:an? )?(whole number|[a-z-]+)", r"\1s", part) for part in parts)


#: What structs without their own word are called, where it is not their name.
_NAMES = {
    "Anki": "table of Anki options",
    "Card": "card of a note type",
    "CardsFile": "file of cards",
    "Field": "field of a note type",
    "NoteType": "note type",
    "Partials": "table of partial credit",
    "Printing": "table of sheet options",
    "Project": "project file",
    "Web": "table of web options",
}


def name_of(kind: Any) -> str:
    """Name a struct for an author: `a choice question`, `a concept`."""
    info = _info(kind)
    if isinstance(info, inspect.StructType) and info.tag_field:
        word = f"{info.tag} question"
    else:
        word = _NAMES.get(kind.__name__, kind.__name__.lower())
    return f"an {word}" if word[0] in "aeiou" else f"a {word}"
