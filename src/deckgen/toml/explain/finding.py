"""What an explanation is made of, and how it quotes the author's text."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from deckgen.toml.tokens import tokens

if TYPE_CHECKING:
    from deckgen.toml.spot import Span

_LONGEST_QUOTE = 40
QUOTE_MARKS = "\u201c\u201d\u201e\u201f\u2018\u2019\u201a\u201b\u00ab\u00bb\u2039\u203a`\u00b4"
FOREIGN_COMMENTS = ("//", "/*", "--", ";", "%", "<!--")
COMMENT_HELP = "a comment starts with `#`"
LONG_TEXT_HELP = 'put a text of several lines between `"""` and `"""`'
_STRAIGHT_QUOTES = "TOML knows the straight quotes `\"` and `'` only"
_WORD = re.compile(r"""[^\s"'\#,=\[\]{}]+""")


class Finding(NamedTuple):
    """A problem with spans in place of lines and columns."""

    message: str
    span: Span
    help: str | None = None
    also: tuple[Span, str] | None = None


def found(text: str, at: int) -> str:
    """Name what is here: a word, a character, or the end of the line or file."""
    if at >= len(text):
        return "the end of the file"
    if text[at] in "\r\n":
        return "the end of the line"
    start, end = found_span(text, at)
    return f"`{shorten(text[start:end])}`" if end - start > 1 else named(text[at])


def found_span(text: str, at: int) -> Span:
    """Return the span of what `found` names."""
    for pattern in (_WORD, tokens().string):
        match = pattern.match(text, at)
        if match and match[0].isprintable():
            return match.span()
    return at, min(at + 1, len(text))


def named(character: str) -> str:
    """Show a character; an invisible one by its number and name."""
    if character == "`":
        return "a backtick"
    if character.isprintable() and character != " ":
        return f"`{character}`"
    name = unicodedata.name(character, "").lower()
    number = f"U+{ord(character):04X}"
    return f"{number} ({name})" if name else number


def shorten(words: str) -> str:
    """Cut a long quotation."""
    words = " ".join(words.split())
    return words if len(words) <= _LONGEST_QUOTE else f"{words[: _LONGEST_QUOTE - 1].rstrip()}…"


def in_quotes(words: str) -> str:
    """Write a text as a TOML string, cut where it is long."""
    escaped = shorten(words).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def rest_of_line(text: str, at: int) -> str:
    """Return the text from here to the end of the line or a comment, without blanks around."""
    end = text.find("\n", at)
    line = text[at:] if end < 0 else text[at:end]
    return re.split(r"\s\#", line, maxsplit=1)[0].strip()


def strange(text: str, at: int) -> Finding | None:
    """Explain a character that other programs put in place of a quote or a space."""
    character = text[at : at + 1]
    if not character:
        return None
    span = (at, at + 1)
    if character in QUOTE_MARKS:
        return Finding(f"{named(character)} is not a quote in TOML", span, _STRAIGHT_QUOTES)
    if not character.isascii() and not character.isprintable():
        return Finding(
            f"unexpected invisible character {named(character)}",
            span,
            "it often comes with pasted text: delete it, or type a plain space",
        )
    return None
