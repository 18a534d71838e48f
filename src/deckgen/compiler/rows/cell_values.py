"""Turn what a cell shows into the value that TOML would have for a key: a text, an array, a number, `true`."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

import msgspec
from msgspec import inspect

from deckgen.patterns import lazy_pattern

_WHOLE = lazy_pattern(r"[+-]?\d+")
_NUMBER = lazy_pattern(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
#: A number as spreadsheets write it where the comma is the decimal sign, and where the point is.
_COMMA = lazy_pattern(r"[+-]?\d{1,3}(?:[.\u00a0\u202f' ]\d{3})+(?:,\d+)?|[+-]?\d+(?:,\d+)?(?:[eE][+-]?\d+)?")
_POINT = lazy_pattern(r"[+-]?\d{1,3}(?:[,\u00a0\u202f' ]\d{3})+(?:\.\d+)?")
_GROUPS = str.maketrans("", "", ".,\u00a0\u202f' ")


class Reading(NamedTuple):
    """How the cells of a table are to be read."""

    #: What parts the entries of an array, and the halves of an entry that is a pair.
    split: tuple[str, str]
    #: The decimal sign.
    decimal: str


class Takes(msgspec.Struct, frozen=True):
    """What a key takes."""

    #: `text`, `number`, `whole`, `truth`; of its entries where it takes an array.
    what: str
    is_array: bool = False
    #: Whether an entry is an array of two.
    is_pair: bool = False
    #: Whether it takes a single text as well as an array.
    is_either: bool = False


@cache
def takes(kind: type[msgspec.Struct]) -> dict[str, Takes]:
    """Return what each key of a class takes."""
    info = inspect.type_info(kind)
    fields = info.fields if isinstance(info, inspect.StructType) else ()
    return {field.encode_name: _takes(field.type) for field in fields}


def value_of(text: str, key: Takes | None, reading: Reading) -> Any:
    """Return the value of a cell for a key; where the cell has no such value, its text, which is then told."""
    if key is None:
        return text
    if not key.is_array:
        return _single(text, key, reading)
    outer, _ = reading.split
    if key.is_either and not (outer and outer in text):
        return text
    parts = [part.strip() for part in text.split(outer)] if outer else [text]
    return [entry_of(part, key, reading) for part in parts if part]


def entry_of(text: str, key: Takes | None, reading: Reading) -> Any:
    """Return the value of a cell, or a part of one, that is an entry of an array."""
    if key is None:
        return text
    if key.is_pair:
        left, inner, right = text.partition(reading.split[1])
        return [left.strip(), right.strip()] if inner else text
    return _single(text, key, reading)


def _single(text: str, key: Takes, reading: Reading) -> Any:
    if key.what == "truth":
        return {"true": True, "false": False}.get(text.casefold(), text)
    if key.what == "text":
        return text
    number = plain_number(text, reading.decimal)
    if key.what == "spelled":
        return number
    if _WHOLE.fullmatch(number):
        return int(number)
    return float(number) if key.what == "number" and _NUMBER.fullmatch(number) else text


def plain_number(text: str, decimal: str) -> str:
    """Return a number as TOML spells it, `1.234,5` and `1,234.5` as `1234.5`; what is none is left alone."""
    number = text.strip().replace("\u2212", "-")
    if decimal == ",":
        if _COMMA.fullmatch(number):
            whole, comma, part = number.partition(",")
            return whole.translate(_GROUPS) + ("." + part if comma else "")
    elif _POINT.fullmatch(number):
        whole, point, part = number.partition(".")
        return whole.translate(_GROUPS) + point + part
    return number


def _takes(info: Any) -> Takes:
    if isinstance(info, inspect.Metadata):
        return _takes(info.type)
    if isinstance(info, inspect.VarTupleType):
        entry = info.item_type
        while isinstance(entry, inspect.Metadata):
            entry = entry.type
        if isinstance(entry, inspect.TupleType):
            return Takes("text", is_array=True, is_pair=True)
        return msgspec.structs.replace(_takes(entry), is_array=True)
    parts = info.types if isinstance(info, inspect.UnionType) else (info,)
    kinds = {type(part) for part in parts}
    arrays = [part for part in parts if isinstance(part, inspect.VarTupleType)]
    if arrays:
        return msgspec.structs.replace(_takes(arrays[0]), is_either=inspect.StrType in kinds)
    numbers = kinds & {inspect.IntType, inspect.FloatType}
    if inspect.StrType in kinds or inspect.LiteralType in kinds:
        return Takes("spelled" if numbers else "text")
    if inspect.BoolType in kinds:
        return Takes("truth")
    if numbers:
        return Takes("number" if inspect.FloatType in kinds else "whole")
    return Takes("text")
