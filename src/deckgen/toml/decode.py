"""Decode TOML into plain values, or return where and why it is not TOML."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from .limits import TOO_LARGE, find_beyond_limits, find_endless_number, find_unsafe_bracket, is_within_limits
from .positions import Positions
from .spot import Lines, Spot, SyntaxProblem

if TYPE_CHECKING:
    from toml_rs import TOMLDecodeError

_BOM = "\ufeff"
# RFC 3339 has a year 0 and leap seconds; Python's dates have neither.
_UNREAL_DATE = re.compile(r"0000-|[^\"'].*:60")


def decode(text: str) -> dict[str, Any] | SyntaxProblem:
    """Return the values of a TOML 1.1 text, or its first mistake. Never raises.

    A byte order mark is not a part of a text: `decode_bytes` has taken it away.
    """
    import toml_rs

    if text.startswith(_BOM):
        from .diagnose import diagnose

        return diagnose(text, 0, "")
    unsafe = find_unsafe_bracket(text)
    if unsafe:
        from .diagnose import explain

        return explain(text, unsafe)
    number = find_endless_number(text)
    if number:
        return SyntaxProblem(TOO_LARGE, Lines(text).spot(number))
    try:
        document: dict[str, Any] = toml_rs.loads(text)
    except toml_rs.TOMLDecodeError as error:
        return _refused(text, error)
    except UnicodeEncodeError as error:
        return _surrogate(text, error.start)
    except ValueError as error:
        return _unreal_date(text, str(error))
    return document if is_within_limits(document) else _beyond_limits(text, document)


def _refused(text: str, error: TOMLDecodeError) -> SyntaxProblem:
    from .diagnose import diagnose

    # The decoder counts bytes; the line and column that it prints differ from these in places.
    at = error.pos
    if not text.isascii():
        at = len(text.encode()[: error.pos].decode(errors="ignore"))
    # Its message ends with the reason, below the quoted line.
    return diagnose(text, at, error.msg.rpartition("\n")[2])


def _surrogate(text: str, at: int) -> SyntaxProblem:
    spot = Lines(text).spot((at, at + 1))
    return SyntaxProblem(f"U+{ord(text[at]):04X} is not a character", spot)


def _unreal_date(text: str, reason: str) -> SyntaxProblem:
    """Find the date that TOML allows and Python refuses, without saying where."""
    for _, (start, end) in Positions(text).leaves():
        word = text[start:end]
        if _UNREAL_DATE.match(word):
            spot = Lines(text).spot((start, end))
            help_ = "years go from 1 to 9999 and seconds from 0 to 59"
            return SyntaxProblem(f"`{word}` is not a date that can be used", spot, help_)
    return SyntaxProblem(reason, Spot(1, 1, 1, 2))


def _beyond_limits(text: str, document: dict[str, Any]) -> SyntaxProblem:
    path, message = find_beyond_limits(document)
    return SyntaxProblem(message, Positions(text).nearest(path))
