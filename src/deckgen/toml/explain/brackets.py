"""Explain mistakes between the brackets of arrays and inline tables."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from deckgen.toml.scanner import CLOSERS, MAX_DEPTH, QUOTES, Mistake

from .finding import Finding, found, found_span, strange
from .strings import inner_quote_help, opening_quotes
from .values import bad_scalar, is_scalar

if TYPE_CHECKING:
    from deckgen.toml.spot import Span

_STATEMENT = re.compile(r"""(?:[A-Za-z0-9_.-]+|"[^"\n]*"|'[^'\n]*')[ \t]*=""")
_HEADER = re.compile(r"\[\[?[ \t]*[A-Za-z_][A-Za-z0-9_.-]*[ \t]*\]\]?[ \t]*(?:#|\r?\n|\Z)")
_KINDS = {"[": "array", "{": "inline table"}


def open_bracket(text: str, mistake: Mistake) -> Finding:
    """Explain a bracket that nothing closes, at the bracket."""
    return _not_closed(text, mistake.span)


def _not_closed(text: str, bracket: Span, at: int | None = None) -> Finding:
    opener = text[bracket[0]]
    message = f"this {_KINDS[opener]} is not closed: expected `{CLOSERS[opener]}`"
    help_ = f"add `{CLOSERS[opener]}` where it ends"
    also = None if at is None else (found_span(text, at), "it runs up to here")
    return Finding(message, bracket, help_, also)


def wrong_closer(text: str, mistake: Mistake) -> Finding:
    """Explain a closing bracket of the wrong kind, or one that closes nothing."""
    opener = text[mistake.span[0]]
    at = mistake.at
    if opener not in CLOSERS:
        return Finding(f"unexpected `{text[at]}`", (at, at + 1), "no bracket is open here")
    message = f"expected `{CLOSERS[opener]}` to close the {_KINDS[opener]}, found {found(text, at)}"
    return Finding(message, (at, at + 1), None, (mistake.span, f"the {_KINDS[opener]} starts here"))


def extra_comma(text: str, mistake: Mistake) -> Finding:
    """Explain a comma that follows no element."""
    kind = _KINDS[text[mistake.span[0]]]
    help_ = "delete the comma, or write what is missing in front of it"
    also = (mistake.span, f"the {kind} starts here")
    return Finding("unexpected `,`", (mistake.at, mistake.at + 1), help_, also)


def too_deep(_text: str, mistake: Mistake) -> Finding:
    """Explain the nesting limit."""
    return Finding(f"tables and arrays nest deeper than {MAX_DEPTH} levels", mistake.span)


def no_comma(text: str, mistake: Mistake) -> Finding:
    """Explain what is where a comma or the closing bracket was expected."""
    at, before, opened = mistake.at, mistake.span, mistake.opened or 0
    bracket = (opened, opened + 1)
    if _starts_statement(text, before, at, opened):
        return _not_closed(text, bracket, before[0] if text[at] == "=" else at)
    odd = strange(text, at)
    if odd:
        return odd
    opener, first = text[opened], text[before[0]]
    if opener == "[" and text[at] in "=:":
        message = f"unexpected `{text[at]}` in an array"
        return Finding(message, (at, at + 1), "in an array, put `key = value` between `{` and `}`")
    if first not in QUOTES and first not in CLOSERS and not is_scalar(text[before[0] : before[1]]):
        return bad_scalar(text, before, "", in_brackets=True)
    if first in QUOTES and _is_word(text, at) and "\n" not in text[before[1] : at]:
        return _behind_string(text, at, before, opener)
    message = f"expected `,` or `{CLOSERS[opener]}`, found {found(text, at)}"
    help_ = "write a comma between the elements"
    return Finding(message, (before[1], before[1] + 1), help_, (bracket, f"the {_KINDS[opener]} starts here"))


def _starts_statement(text: str, before: Span, at: int, opened: int) -> bool:
    """Return whether a statement or header of the file has been read as an element."""
    start = before[0] if text[at] == "=" else at
    line_start = text.rfind("\n", 0, start) + 1
    if text[line_start:start].strip(" \t"):
        return False
    if _HEADER.match(text, start):
        return True
    return text[opened] == "[" and _STATEMENT.match(text, start) is not None


def _is_word(text: str, at: int) -> bool:
    return text[at] not in "\"'[{"


def _behind_string(text: str, at: int, before: Span, opener: str) -> Finding:
    """Explain a string that a quote inside it has ended too early."""
    quotes = opening_quotes(text, before)
    return Finding(
        f"expected `,` or `{CLOSERS[opener]}` after the closing `{quotes}`, found {found(text, at)}",
        found_span(text, at),
        inner_quote_help(quotes),
        ((before[0], before[0] + len(quotes)), "the text starts here"),
    )
