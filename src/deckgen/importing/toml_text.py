"""Write TOML that a person likes to read: values as they would type them, keys in a column."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from deckgen.core.text import Html

_BARE = re.compile(r"[A-Za-z0-9_-]+")
#: Longer keys do not widen the column of the others.
_WIDEST = 24


def key(name: str) -> str:
    """Return a key, in quotes where it needs any."""
    return name if _BARE.fullmatch(name) else json.dumps(name, ensure_ascii=False)


def string(text: str) -> str:
    """Return a string: in lines where it has some, without escapes where it can be."""
    if "\n" in text and "'''" not in text and not text.endswith("'"):
        return f"'''\n{text}'''"
    if ("\\" in text or '"' in text) and "'" not in text and "\n" not in text:
        return f"'{text}'"
    # JSON's escapes are a part of TOML's.
    return json.dumps(text, ensure_ascii=False)


def value(what: Any) -> str:
    """Return a value: a string, raw HTML, a number, a truth, an array or an inline table."""
    match what:
        case str():
            return string(what)
        case Html():
            return f"{{ html = {string(what.html)} }}"
        case bool() | int() | float():
            return json.dumps(what)
        case Mapping():
            return "{ " + ", ".join(f"{key(name)} = {value(each)}" for name, each in what.items()) + " }"
        case Sequence():
            return "[" + ", ".join(map(value, what)) + "]"
    raise TypeError(what)


def table(header: str, entries: Mapping[str, Any], comments: Iterable[str] = ()) -> str:
    """Return a table with its header, and comments before it; entries that say nothing are left out."""
    said = {key(name): each for name, each in entries.items() if each not in ("", (), [], {})}
    width = max((len(name) for name in said if len(name) <= _WIDEST), default=0)
    lines = [f"# {' '.join(comment.split())}" for comment in comments]
    lines.append(header)
    lines += (f"{name:<{width}} = {value(each)}" for name, each in said.items())
    return "\n".join(lines) + "\n"
