"""Explain what is in place of a value, and what follows one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from deckgen.toml.scanner import CLOSERS, QUOTES, Mistake, skip
from deckgen.toml.tokens import tokens

from . import strings
from .finding import (
    COMMENT_HELP,
    FOREIGN_COMMENTS,
    QUOTE_MARKS,
    Finding,
    found,
    found_span,
    in_quotes,
    named,
    rest_of_line,
    shorten,
    strange,
)

if TYPE_CHECKING:
    from deckgen.toml.spot import Span

_VALID = re.compile(
    r"true|false|[+-]?(?:inf|nan|\d[\d_]*(?:\.\d[\d_]*)?(?:[eE][+-]?\d+)?)|\d{4}-\d\d-\d\d.*|\d\d:\d\d.*"
)
_BOOLEANS = {"yes": "true", "on": "true", "no": "false", "off": "false"}
_NOTHING = ("none", "null", "nil", "undefined")
_NEXT_KEY = re.compile(r"""(?:[A-Za-z0-9_.-]+|"[^"\n]*"|'[^'\n]*')[ \t]*=""")
_ONE_A_LINE = "write one `key = value` per line, without a comma after it"
_LINE = re.compile(r"[^\n]*")
_PART = re.compile(r"[^\n,\]}]*")
_DATE = re.compile(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}")
_NUMBER_WITH_COMMAS = re.compile(r"([+-]?\d+(?:,\d+)+)[ \t]*(?:#[^\n]*)?(?:\r?\n|\Z)")
_DATE_REASON = re.compile(r"invalid (date|time|offset|date-time), expected (.+)")


def is_scalar(word: str) -> bool:
    """Return whether a word looks like a number, a boolean or a date."""
    return _VALID.fullmatch(word) is not None


def no_value(text: str, mistake: Mistake) -> Finding:
    """Explain a `=` without a value after it."""
    at = mistake.at
    if text.startswith("=", at):
        return Finding("unexpected second `=`", (at, at + 1), "write `key = value`")
    message = f"expected a value after `=`, found {found(text, at)}"
    help_ = 'an empty text is `""`; without a value, leave the key out'
    return strange(text, at) or Finding(message, found_span(text, at), help_)


def bad_scalar(text: str, span: Span, reason: str, *, in_brackets: bool) -> Finding:
    """Explain an unquoted value that is not a number, a boolean or a date; `reason` is the decoder's."""
    word = text[span[0] : span[1]]
    phrase = _phrase(text, span[0], in_brackets=in_brackets)
    whole = (span[0], span[0] + len(phrase))
    if word[0] in QUOTE_MARKS:
        help_ = f"write `{in_quotes(phrase.strip(QUOTE_MARKS))}`"
        return Finding(f"{named(word[0])} is not a quote in TOML", (span[0], span[0] + 1), help_)
    odd = strange(text, span[0])
    if odd:
        return odd
    if word[0] == ">":
        return Finding("unexpected `>` after `=`", (span[0], span[0] + 1), "write `key = value`")
    if is_scalar(word):
        problem = _behind_scalar(text, span[1])
        if problem:
            return problem
    if phrase == word:
        problem = _known_word(word, span)
        if problem:
            return problem
    if word[0] in "+-.0123456789":
        return _bad_number(phrase, whole, reason)
    if word[0] == "(":
        return Finding("expected a value, found `(`", (span[0], span[0] + 1), "write a list as `[…]`")
    if phrase[-1] in QUOTES:
        message = f"expected `{phrase[-1]}` before `{shorten(phrase)}`"
        return Finding(message, whole, f"write `{phrase[-1]}{shorten(phrase)}`")
    return Finding("expected quotes around a text", whole, f"write `{in_quotes(phrase)}`")


def _behind_scalar(text: str, at: int) -> Finding | None:
    odd = strange(text, at)
    if odd:
        return odd
    at = skip(tokens().blank, text, at)
    if not text.startswith(FOREIGN_COMMENTS, at):
        return None
    message = f"expected the end of the line after the value, found {found(text, at)}"
    return Finding(message, found_span(text, at), COMMENT_HELP)


def _phrase(text: str, at: int, *, in_brackets: bool) -> str:
    """Return the words that were likely meant as one value."""
    if not in_brackets:
        return rest_of_line(text, at)
    part = _PART.match(text, at)
    return rest_of_line(part[0], 0) if part else ""


def _known_word(word: str, span: Span) -> Finding | None:
    low = word.lower()
    if low in ("true", "false", "inf", "nan"):
        return Finding(f"`{word}` is not a value", span, f"write `{low}`")
    if low in _BOOLEANS:
        help_ = f"write `{_BOOLEANS[low]}`, or `{in_quotes(word)}` for a text"
        return Finding(f"`{word}` is not a value", span, help_)
    if low in _NOTHING:
        help_ = 'without a value, leave the key out; an empty text is `""`'
        return Finding(f"`{word}` is not a value", span, help_)
    return None


def _bad_number(phrase: str, span: Span, reason: str) -> Finding:
    as_text = f"a text needs quotes: `{in_quotes(phrase)}`"
    date = _DATE_REASON.search(reason)
    if date and (_DATE.match(phrase) or ":" in phrase):
        kind = date[1] if date[1] in ("date", "time") else "date with a time"
        return Finding(f"`{shorten(phrase)}` is not a {kind}: expected {date[2]}", span, as_text)
    if _DATE.fullmatch(phrase):
        return Finding(
            f"`{phrase}` is not a date", span, f"write a date as year-month-day, `2026-01-31`; {as_text}"
        )
    zeros = re.fullmatch(r"([+-]?)0[0_]*(\d+)", phrase)
    if zeros:
        help_ = f"write `{zeros[1]}{zeros[2]}`, or `{in_quotes(phrase)}` for a text"
        return Finding("a number cannot start with 0", span, help_)
    if re.fullmatch(r"[+-]?(?:\d*\.\d*)", phrase):
        message = "a number needs digits before and after the point"
        return Finding(message, span, f"write it as `0.5` or `5.0`; {as_text}")
    return Finding(f"`{shorten(phrase)}` is not a number", span, as_text)


def after_value(text: str, mistake: Mistake) -> Finding:
    """Explain what follows a value in its line."""
    at, span = mistake.at, mistake.span
    first = text[span[0]]
    is_bare = first not in QUOTES and first not in CLOSERS
    if text[at] in ",;" and (not is_bare or is_scalar(text[span[0] : span[1]])):
        return _separator(text, at, span)
    if is_bare:
        if _NEXT_KEY.match(text, at) and is_scalar(text[span[0] : span[1]]):
            return _next_key(text, at)
        return strange(text, at) or bad_scalar(text, span, "", in_brackets=False)
    if _NEXT_KEY.match(text, at) and at > span[1]:
        return _next_key(text, at)
    if first in QUOTES:
        return strings.behind_string(text, at, span)
    odd = strange(text, at)
    if odd:
        return odd
    if text[at] in ")]}":
        also = ((span[0], span[0] + 1), "it opens here and is closed already")
        return Finding(f"unexpected `{text[at]}`", (at, at + 1), "delete it", also)
    message = f"expected the end of the line after `{text[span[1] - 1]}`, found {found(text, at)}"
    return Finding(message, found_span(text, at), "start a new line here")


def _separator(text: str, at: int, span: Span) -> Finding:
    number = _NUMBER_WITH_COMMAS.match(text, span[0])
    if number is None:
        return Finding(f"unexpected `{text[at]}` after the value", (at, at + 1), _ONE_A_LINE)
    digits = number[1].replace(",", "")
    help_ = f"thousands have no separator: `{digits}`"
    if number[1].count(",") == 1:
        decimal = f"the decimal sign is a point: `{number[1].replace(',', '.')}`"
        is_thousands = re.search(r",\d{3}$", number[1])
        help_ = f"{decimal}; {help_}" if is_thousands else decimal
    return Finding("unexpected `,` in a number", (at, at + 1), help_)


def _next_key(text: str, at: int) -> Finding:
    message = f"expected a new line before the key {found(text, at)}"
    return Finding(message, found_span(text, at), "write one `key = value` per line")
