"""Read one level of TOML at a time: keys, values, and the first fault."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from .tokens import tokens

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from .spot import Span

MAX_DEPTH = 100
"""How deep tables and arrays may nest: far more than a course needs, and safe to recurse into."""

QUOTES = ('"', "'")
CLOSERS = {"[": "]", "{": "}"}


class Fault(Enum):
    """What the scanner can find wrong; the comment says what `Mistake.span` is then."""

    NO_KEY = "a key was expected"  # empty
    NO_EQUALS = "no `=` after a key"  # the key
    NO_VALUE = "a value was expected"  # empty
    OPEN_STRING = "a string is not closed"  # its opening quotes
    BAD_STRING = "a string contains something forbidden"  # the string
    OPEN_BRACKET = "an array or inline table is not closed"  # its opening bracket
    WRONG_CLOSER = "brackets are mixed up"  # the opening bracket
    NO_COMMA = "two elements without a comma"  # the element before
    EXTRA_COMMA = "a comma without an element"  # the opening bracket
    AFTER_VALUE = "something follows a value"  # the value
    OPEN_HEADER = "a table header is not closed"  # the header as far as it goes
    AFTER_HEADER = "something follows a table header"  # the header
    TOO_DEEP = "tables or arrays nest too deep"  # where it gets too deep


class Mistake(Exception):  # noqa: N818 - it is an author's mistake, and never leaves this package
    """Where the scanner cannot go on: the offset, the span it belongs to, and the open bracket."""

    def __init__(self, fault: Fault, at: int, span: Span, opened: int | None = None) -> None:
        super().__init__(fault)
        self.fault = fault
        self.at = at
        self.span = span
        self.opened = opened


class Entry(NamedTuple):
    """A `key = value`: the names of a dotted key, the span of each, and the value's span."""

    names: tuple[str, ...]
    keys: tuple[Span, ...]
    value: Span


class Header(NamedTuple):
    """A `[table]` or `[[array element]]`."""

    names: tuple[str, ...]
    keys: tuple[Span, ...]
    is_array: bool
    span: Span


def skip(pattern: re.Pattern[str], text: str, at: int) -> int:
    """Return the offset after the pattern, or the same offset where it does not match."""
    match = pattern.match(text, at)
    return match.end() if match else at


def skip_value(text: str, at: int) -> int:
    """Return the offset after the value that starts here."""
    first = text[at : at + 1]
    if first in QUOTES:
        return _skip_string(text, at)
    if first in CLOSERS:
        nested = tokens().nested.match(text, at)
        return nested.end() if nested else _skip_deep(text, at)
    scalar = tokens().scalar.match(text, at)
    if scalar is None:
        raise Mistake(Fault.NO_VALUE, at, (at, at))
    return scalar.end()


def _skip_string(text: str, at: int) -> int:
    string = tokens().string.match(text, at)
    if string is None:
        raise open_string(text, at)
    return string.end()


def open_string(text: str, at: int, opened: int | None = None) -> Mistake:
    """Make the mistake of a string that starts here, maybe in a bracket, and is not closed."""
    width = 3 if text.startswith(text[at] * 3, at) else 1
    return Mistake(Fault.OPEN_STRING, at, (at, at + width), opened)


def _skip_deep(text: str, at: int) -> int:
    """Count brackets to the one that closes this one; `elements` and `members` distinguish their kinds."""
    depth, here = 0, at
    while here < len(text):
        character = text[here]
        if character in QUOTES:
            raise open_string(text, here, at)
        depth += 1 if character in CLOSERS else -1
        if depth > MAX_DEPTH:
            raise Mistake(Fault.TOO_DEEP, here, (here, here + 1))
        if depth == 0:
            return here + 1
        here = skip(tokens().to_bracket, text, here + 1)
    raise Mistake(Fault.OPEN_BRACKET, here, (at, at + 1), at)


def read_key(text: str, at: int) -> tuple[tuple[str, ...], tuple[Span, ...], int]:
    """Read a key with its dots: the names, the span of each, and the offset after the key."""
    names: list[str] = []
    keys: list[Span] = []
    while True:
        part = tokens().key_part.match(text, at)
        if part is None:
            raise Mistake(Fault.NO_KEY, at, (at, at))
        names.append(part[1] or _unquote(part[0], part.span()))
        keys.append(part.span())
        if len(names) > MAX_DEPTH + 1:
            raise Mistake(Fault.TOO_DEEP, at, part.span())
        dot = tokens().dot.match(text, part.end())
        if dot is None:
            return tuple(names), tuple(keys), part.end()
        at = dot.end()


def _unquote(quoted: str, span: Span) -> str:
    if "\\" not in quoted or quoted[0] == "'":
        return quoted[1:-1]
    import toml_rs

    try:
        name: str = toml_rs.loads(f"name = {quoted}")["name"]
    except ValueError:
        raise Mistake(Fault.BAD_STRING, span[0], span) from None
    return name


def read_entry(text: str, at: int, gap: re.Pattern[str]) -> Entry:
    """Read the `key = value` that starts here; `gap` is what may surround the `=`."""
    plain = tokens().plain_key.match(text, at)
    names: tuple[str, ...]
    keys: tuple[tuple[int, int], ...]
    if plain:
        names, keys, here = (plain[1],), (plain.span(1),), plain.end()
    else:
        names, keys, here = read_key(text, at)
        here = skip(gap, text, here)
        if text[here : here + 1] != "=":
            raise Mistake(Fault.NO_EQUALS, here, (keys[0][0], keys[-1][1]))
        here += 1
    here = skip(gap, text, here)
    return Entry(names, keys, (here, skip_value(text, here)))


def read_header(text: str, at: int) -> Header:
    """Read the `[table]` or `[[array element]]` that starts here, alone in its line."""
    plain = tokens().plain_header.match(text, at)
    if plain and len(plain[1]) == len(plain[3]):
        header = Header((plain[2],), (plain.span(2),), plain[1] == "[[", plain.span())
    else:
        header = _read_dotted_header(text, at)
    if not tokens().line_end.match(text, header.span[1]):
        here = skip(tokens().blank, text, header.span[1])
        raise Mistake(Fault.AFTER_HEADER, here, header.span)
    return header


def _read_dotted_header(text: str, at: int) -> Header:
    is_array = text.startswith("[[", at)
    width = 1 + is_array
    names, keys, here = read_key(text, skip(tokens().blank, text, at + width))
    here = skip(tokens().blank, text, here)
    if not text.startswith("]" * width, here):
        raise Mistake(Fault.OPEN_HEADER, here, (at, here))
    return Header(names, keys, is_array, (at, here + width))


def statements(text: str, at: int, end: int) -> Iterator[Entry]:
    """Yield each `key = value` between a header and the next one."""
    while (at := skip(tokens().trivia, text, at)) < end:
        entry = read_entry(text, at, tokens().blank)
        yield entry
        at = entry.value[1]
        line_end = tokens().line_end.match(text, at)
        if line_end is None:
            raise Mistake(Fault.AFTER_VALUE, skip(tokens().blank, text, at), entry.value)
        at = line_end.end()


def elements(text: str, opened: int) -> Iterator[Span]:
    """Yield the span of each value of the array that opens here."""
    at = _first_part(text, opened)
    while text[at] != "]":
        value = (at, skip_value(text, at))
        yield value
        at = _next_part(text, value, opened)


def members(text: str, opened: int) -> Iterator[Entry]:
    """Yield each `key = value` of the inline table that opens here."""
    at = _first_part(text, opened)
    while text[at] != "}":
        # The decoder takes line ends and comments around `=` here, which TOML 1.1 does not.
        entry = read_entry(text, at, tokens().trivia)
        yield entry
        at = _next_part(text, entry.value, opened)


def _first_part(text: str, opened: int) -> int:
    at = skip(tokens().trivia, text, opened + 1)
    _expect_part(text, at, opened)
    return at


def _next_part(text: str, before: Span, opened: int) -> int:
    """Return the offset of the next part, or of the bracket that closes."""
    at = skip(tokens().trivia, text, before[1])
    if text[at : at + 1] == ",":
        at = skip(tokens().trivia, text, at + 1)
        _expect_part(text, at, opened)
        return at
    if text[at : at + 1] == CLOSERS[text[opened]]:
        return at
    if at >= len(text) or text[at] in ")]}":
        _expect_part(text, at, opened)
    raise Mistake(Fault.NO_COMMA, at, before, opened)


def _expect_part(text: str, at: int, opened: int) -> None:
    """Raise unless a part or the closing bracket may follow here."""
    bracket = (opened, opened + 1)
    if at >= len(text):
        raise Mistake(Fault.OPEN_BRACKET, at, bracket, opened)
    if text[at] == ",":
        raise Mistake(Fault.EXTRA_COMMA, at, bracket, opened)
    if text[at] in ")]}" and text[at] != CLOSERS[text[opened]]:
        raise Mistake(Fault.WRONG_CLOSER, at, bracket, opened)
