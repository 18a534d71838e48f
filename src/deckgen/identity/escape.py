r"""Write any text as one field of a line: `\\` and `\uXXXX`, nothing else."""

from __future__ import annotations

import re

from deckgen.patterns import lazy_pattern

# Characters that would break a line or get lost in it: controls, line and paragraph separators, the byte order
# mark. Not all unprintable characters, because these change with every version of Unicode.
_HIDDEN = r"\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff"
_FORBIDDEN = lazy_pattern(rf"[{_HIDDEN}\ud800-\udfff]")
_IN_WORD = lazy_pattern(rf"[{_HIDDEN}\\ ]")
_IN_REST = lazy_pattern(rf"[{_HIDDEN}\\]|^\s|\s\Z|^-\Z")
_IN_JSON = lazy_pattern(f"[{_HIDDEN}]")
_ESCAPED = lazy_pattern(r"\\(?:(\\)|u((?!d[89a-f])[0-9a-f]{4}))?")
#: Represents the empty text, so that no line ends in a space, which editors remove.
_EMPTY = "-"


def write_word(text: str) -> str:
    """Write a text that is followed by others, without a bare space; it must not be empty."""
    return _IN_WORD.sub(_escape, text)


def write_rest(text: str) -> str:
    """Write the last text of a line: spaces may stay inside it."""
    return _IN_REST.sub(_escape, text) or _EMPTY


def write_guid(guid: str) -> str:
    """Write a GUID, which may be any text, also none, as a word."""
    return write_word(guid) if guid not in ("", _EMPTY) else write_rest(guid)


def write_json(json: str) -> str:
    r"""Escape characters that JSON does not escape in its strings, also as `\uXXXX`."""
    return _IN_JSON.sub(_escape, json)


def read_word(text: str) -> str:
    """Undo `write_word`. Raises ValueError where a backslash begins no escape."""
    return _ESCAPED.sub(_unescape, text) if "\\" in text else text


def read_rest(text: str) -> str:
    """Undo `write_rest`. Raises ValueError where a backslash begins no escape."""
    return "" if text == _EMPTY else read_word(text)


def forbidden(line: str) -> list[re.Match[str]]:
    """Find characters that must be escaped in a line."""
    # All forbidden characters are unprintable, and that check is ten times as fast.
    return [] if line.isprintable() else list(_FORBIDDEN.finditer(line))


def _escape(found: re.Match[str]) -> str:
    return "\\\\" if found[0] == "\\" else f"\\u{ord(found[0]):04x}"


def _unescape(found: re.Match[str]) -> str:
    if found[1]:
        return "\\"
    if found[2]:
        return chr(int(found[2], 16))
    raise ValueError(found.start())
