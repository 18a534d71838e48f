"""Explain mistakes in strings and after them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .finding import (
    COMMENT_HELP,
    FOREIGN_COMMENTS,
    LONG_TEXT_HELP,
    QUOTE_MARKS,
    Finding,
    found,
    found_span,
    named,
    rest_of_line,
    strange,
)

if TYPE_CHECKING:
    from deckgen.toml.scanner import Mistake
    from deckgen.toml.spot import Span

_LONG_QUOTES = ('"""', "'''")
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|x([0-9A-Fa-f]{2})|[\s\S])")
_DIGITS = {"u": 4, "U": 8, "x": 2}
_LINE_JOIN = re.compile(r"\\[ \t]*\r?\n")
_NEXT_STATEMENT = re.compile(r"(?:\n|\A)[ \t]*[A-Za-z0-9_.-]+[ \t]*=[ \t]*\Z")


def open_string(text: str, mistake: Mistake) -> Finding:
    """Explain a string without an end, at its start."""
    start, end = mistake.span
    quotes = text[start:end]
    if quotes in _LONG_QUOTES:
        help_ = f"add `{quotes}` where the text ends"
        return Finding(f"this text is not closed: expected `{quotes}`", mistake.span, help_)
    line = rest_of_line(text, start)
    help_ = f"add `{quotes}` where the text ends; {LONG_TEXT_HELP}"
    if quotes == '"' and line.endswith('\\"'):
        help_ = '`\\"` is a quote inside the text: a backslash in front of the last quote is `\\\\`'
    if line[-1] in QUOTE_MARKS:
        help_ = f"{named(line[-1])} is not a quote in TOML: end the text with `{quotes}`"
    message = f"this text is not closed: expected `{quotes}` before the end of the line"
    return Finding(message, mistake.span, help_)


def behind_string(text: str, at: int, span: Span) -> Finding:
    """Explain what follows a closed string in its line: most often the string ended too early."""
    quotes = opening_quotes(text, span)
    odd = strange(text, at)
    if odd and text[at] not in QUOTE_MARKS:
        return odd
    inner = text[span[0] + len(quotes) : span[1] - len(quotes)]
    swallowed = _NEXT_STATEMENT.search(inner)
    if quotes in _LONG_QUOTES and swallowed and "\n" in inner:
        return Finding(
            f"this text is not closed: expected `{quotes}`",
            (span[0], span[0] + 3),
            f"add `{quotes}` where the text ends",
            ((span[1] - 3, span[1]), "it runs up to these quotes"),
        )
    return Finding(
        f"expected the end of the line after the closing `{quotes}`, found {found(text, at)}",
        found_span(text, at),
        _behind_help(text, at, quotes),
        ((span[0], span[0] + len(quotes)), "the text starts here"),
    )


def _behind_help(text: str, at: int, quotes: str) -> str:
    if text.startswith(FOREIGN_COMMENTS, at):
        return COMMENT_HELP
    if text[at] == "+":
        return f"write it all as one text; {LONG_TEXT_HELP}"
    return inner_quote_help(quotes)


def inner_quote_help(quotes: str) -> str:
    """Return how to write a quote inside a text between these quotes."""
    if quotes == "'":
        return "a text in '…' cannot contain `'`: put it between `\"` and `\"`"
    if quotes == "'''":
        return "a text in '''…''' cannot contain `'''`: put it between `\"\"\"` and `\"\"\"`"
    if quotes == '"""':
        return 'three quotes inside the text are written `""\\"`'
    return "a quote inside the text is written `\\\"`, or put the text between `'` and `'`"


def opening_quotes(text: str, span: Span) -> str:
    """Return the one or three quotes that a closed string begins with."""
    character = text[span[0]]
    long = character * 3
    # `""` is an empty string; no other one opens with two quotes.
    return long if text.startswith(long, span[0]) else character


def bad_escape(text: str, span: Span) -> Finding | None:
    """Explain the first backslash of a basic string that TOML gives no meaning."""
    if text[span[0]] == "'":
        return None
    quotes = opening_quotes(text, span)
    literal = quotes.replace('"', "'")
    for escape in _ESCAPE.finditer(text, span[0], span[1]):
        problem = _escape_problem(text, escape, is_long=quotes in _LONG_QUOTES)
        if problem:
            help_ = (
                f"a backslash is written `\\\\`, or put the text between `{literal}` and "
                f"`{literal}`, where a backslash is only a backslash"
            )
            return Finding(problem, escape.span(), help_)
    return None


def _escape_problem(text: str, escape: re.Match[str], *, is_long: bool) -> str | None:
    digits = escape[1] or escape[2] or escape[3]
    if digits:
        return None if _is_character(int(digits, 16)) else f"`{escape[0]}` is not a character"
    letter = escape[0][1]
    if letter in _DIGITS:
        return f"expected {_DIGITS[letter]} hexadecimal digits after `\\{letter}`"
    if letter in 'btnfre"\\' or (is_long and _LINE_JOIN.match(text, escape.start())):
        return None
    if letter.isprintable() and letter != " ":
        return f"`\\{letter}` is not an escape"
    return f"a backslash before {named(letter)} is not an escape"


def _is_character(code: int) -> bool:
    try:
        chr(code).encode()
    except (ValueError, OverflowError):  # above U+10FFFF, or half of a UTF-16 pair
        return False
    return True
