"""The public compliance suite of TOML, as one file.

`suite.json` holds the cases of toml-test (MIT License, Copyright (c) 2018 TOML authors) for TOML 1.0 and
1.1: texts, or bytes where they are no UTF-8; for valid ones the values they mean, each with its type.
"""

from __future__ import annotations

import base64
import datetime as dt
import json
import math
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple


class Case(NamedTuple):
    """A file of the suite."""

    name: str
    content: bytes
    #: Of a valid file: what it means. Of an invalid one: whether it is invalid in TOML 1.1 as well.
    more: Any


@cache
def _suite() -> Any:
    return json.loads((Path(__file__).parent / "suite.json").read_text(encoding="utf-8"))


def valid() -> list[Case]:
    """Return the files that are TOML 1.0 or 1.1."""
    return [Case(name, _bytes(case["toml"]), case["json"]) for name, case in _suite()["valid"].items()]


def invalid() -> list[Case]:
    """Return the files that are not TOML, be it 1.0 or 1.1."""
    return [
        Case(name, _bytes(case["toml"]), True)
        for name, case in _suite()["invalid"].items()
        if not case["1.1"]
    ]


def _bytes(text: str | dict[str, str]) -> bytes:
    return text.encode() if isinstance(text, str) else base64.b64decode(text["base64"])


def means(value: Any, tagged: Any) -> bool:
    """Tell whether a decoded value is the tagged one of the suite."""
    if isinstance(tagged, list):
        return (
            isinstance(value, list)
            and len(value) == len(tagged)
            and all(means(one, other) for one, other in zip(value, tagged, strict=True))
        )
    if not _is_leaf(tagged):
        return (
            isinstance(value, dict)
            and value.keys() == tagged.keys()
            and all(means(value[key], tagged[key]) for key in tagged)
        )
    kind, text = tagged["type"], tagged["value"]
    if kind == "string":
        return value == text
    if kind == "bool":
        return value is (text == "true")
    if kind == "integer":
        return type(value) is int and value == int(text)
    if kind == "float":
        wanted = float(text)
        return type(value) is float and (value == wanted or (math.isnan(value) and math.isnan(wanted)))
    moment = dt.time if kind == "time-local" else dt.date if kind == "date-local" else dt.datetime
    return value == moment.fromisoformat(_in_microseconds(text))


def _is_leaf(tagged: Any) -> bool:
    return (
        isinstance(tagged, dict) and tagged.keys() == {"type", "value"} and isinstance(tagged["value"], str)
    )


def _in_microseconds(text: str) -> str:
    """Cut the seconds after the sixth digit, as Python's dates hold no more."""
    head, point, tail = text.partition(".")
    digits = tail[: len(tail) - len(tail.lstrip("0123456789"))]
    return f"{head}.{digits[:6].ljust(6, '0')}{tail[len(digits) :]}" if point else text
