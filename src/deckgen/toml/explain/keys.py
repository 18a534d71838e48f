"""Explain mistakes in front of a value: in keys and in table headers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .finding import (
    COMMENT_HELP,
    FOREIGN_COMMENTS,
    LONG_TEXT_HELP,
    Finding,
    found,
    found_span,
    in_quotes,
    rest_of_line,
    shorten,
    strange,
)

if TYPE_CHECKING:
    from deckgen.toml.scanner import Mistake
    from deckgen.toml.spot import Span

_PLAIN_KEYS = "only letters a-z, digits, `_` and `-` need no quotes in a key"
_NEAR = 80
_VALUE_START = re.compile(r"""["'\[{]|[+-]?\d|true|false""")
_SEVERAL_WORDS = re.compile(r"[\w \t-]+")
_IN_BRACKETS = re.compile(r"[^\]\n#]*")
_ODD_KEY = re.compile(r"""[^\s=\[\]{}"'\#,]+""")


def no_key(text: str, mistake: Mistake) -> Finding:
    """Explain what is where a key was expected."""
    at = mistake.at
    character = text[at : at + 1]
    if text.startswith(FOREIGN_COMMENTS, at):
        return Finding(f"expected a key, found {found(text, at)}", found_span(text, at), COMMENT_HELP)
    if text.startswith(('"""', "'''"), at):
        help_ = "does the text above end too early, or was its opening line deleted?"
        return Finding("a string over several lines cannot be a key", (at, at + 3), help_)
    odd = strange(text, at)
    if odd:
        return odd
    before = text[max(0, at - _NEAR) : at].rstrip(" \t")[-1:]
    if before == "." or (before == "[" and character in ("]", "", "\r", "\n")):
        message = f"expected a name after `{before}`, found {found(text, at)}"
        return Finding(message, found_span(text, at), "names look like `deck` or `deck.name`")
    if character in (",", ";"):
        help_ = "write one `key = value` per line, without a comma after it"
        return Finding(f"unexpected `{character}`", (at, at + 1), help_)
    if character and character in ")]}":
        help_ = "no bracket is open here: is one too many on a line above?"
        return Finding(f"unexpected `{character}`", (at, at + 1), help_)
    if character and character in "\"'":
        return Finding("the quoted key is not closed", (at, at + 1), f"close it with `{character}`")
    return _odd_key(text, at) or Finding(
        f"expected a key, found {found(text, at)}", found_span(text, at), _no_key_help(text, at)
    )


def _odd_key(text: str, at: int) -> Finding | None:
    """Explain a key such as `größe` that needs quotes."""
    key = _ODD_KEY.match(text, at)
    if key is None or not re.compile(r"[ \t]*=").match(text, key.end()) or ".." in key[0]:
        return None
    if key[0][0] == "." or key[0][-1] == ".":
        return None
    return _needs_quotes(key[0], key.span())


def _needs_quotes(key: str, span: Span) -> Finding:
    help_ = f"write `{in_quotes(key)}`: {_PLAIN_KEYS}"
    return Finding(f"the key `{shorten(key)}` needs quotes", span, help_)


def _no_key_help(text: str, at: int) -> str:
    character = text[at : at + 1]
    if character == ".":
        return "a dot separates two names, as in `deck.name`"
    if character in ("=", "{"):
        return "each line is `key = value`"
    if character.isalpha():
        return LONG_TEXT_HELP
    return f"{LONG_TEXT_HELP}; {COMMENT_HELP}"


def no_equals(text: str, mistake: Mistake) -> Finding:
    """Explain a key that is not followed by `=`."""
    at, span = mistake.at, mistake.span
    key = text[span[0] : span[1]]
    character = text[at : at + 1]
    odd = _odd_key(text, span[0]) if at == span[1] and character not in (":", "") else None
    if odd:
        return odd
    if not key.strip("-"):
        help_ = f'{COMMENT_HELP}; a list is written `key = ["…", "…"]`'
        return Finding(f"expected a key, found `{shorten(key)}`", span, help_)
    message = f"expected `=` after the key `{shorten(key)}`, found {found(text, at)}"
    if character == ":":
        return Finding(message, (at, at + 1), f"write `{shorten(key)} = …`")
    if not character or character in "\r\n#,}]":
        return Finding(message, span, f"write `{shorten(key)} = …`, or make it a comment with `#`")
    return strange(text, at) or Finding(message, found_span(text, at), _no_equals_help(text, mistake))


def _no_equals_help(text: str, mistake: Mistake) -> str:
    (start, end), at = mistake.span, mistake.at
    words, equals, _ = rest_of_line(text, start).partition("=")
    if not equals and _VALUE_START.match(text, at):
        return f"write `{shorten(text[start:end])} = {shorten(rest_of_line(text, at))}`"
    if equals and _SEVERAL_WORDS.fullmatch(words):
        return f"a key of several words needs quotes: `{in_quotes(words.strip())} = …`"
    return "each line is `key = value`" if equals else f"{LONG_TEXT_HELP}; {COMMENT_HELP}"


def open_header(text: str, mistake: Mistake) -> Finding:
    """Explain a table header that lacks its closing brackets."""
    at, (start, end) = mistake.at, mistake.span
    opener = "[[" if text.startswith("[[", start) else "["
    closer = opener.replace("[", "]")
    name = text[start:end].strip("[ \t")
    span = (start, max(end, start + 1))
    message = f"expected `{closer}` after `{shorten(text[start:end])}`, found {found(text, at)}"
    if text.startswith("]", at) or at >= len(text) or text[at] in "\r\n#":
        return Finding(message, span, f"write `{opener}{name}{closer}`")
    odd = strange(text, at)
    if odd:
        return odd
    if text[at] in "=,\"'":
        return Finding(message, found_span(text, at), "a line in brackets opens a table")
    whole = _IN_BRACKETS.match(text, start)
    words = whole[0].strip("[ \t") if whole else name
    return Finding(message, found_span(text, at), f"write `{opener}{in_quotes(words)}{closer}`")


def after_header(text: str, mistake: Mistake) -> Finding:
    """Explain what follows a table header in its line."""
    at, (start, end) = mistake.at, mistake.span
    header = text[start:end]
    if text.startswith("]", at) and at == end and not header.startswith("[["):
        name = header.strip("[]")
        message = f"`{shorten(header)}]` opens with one bracket and closes with two"
        return Finding(message, (start, end + 1), f"write `[[{name}]]` or `[{name}]`")
    message = f"expected the end of the line after `{shorten(header)}`, found {found(text, at)}"
    help_ = "delete it" if text[at] == "]" else "start a new line here"
    return strange(text, at) or Finding(message, found_span(text, at), help_)
