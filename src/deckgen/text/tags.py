"""Tokenise HTML in one pass: texts, tags with their attributes, and unclosed markup.

As browsers do (HTML, 13.2.5 Tokenization), but for the repairs, and in time that grows with the length of the text
whatever is in it. Content of raw text elements (`script`, `style` …) belongs to their tags.
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, NamedTuple

from deckgen.patterns import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Elements whose content is not markup, up to their end tag (HTML, 13.2.6.2 ff.).
RAW = frozenset(["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "noscript"])

#: The start of markup: a tag, a comment, or what browsers treat as one.
_BEGIN = lazy_pattern(r"<(?=[a-zA-Z]|/[a-zA-Z]|[!?]|/[^a-zA-Z>])")
_COMMENT_END = lazy_pattern(r"--!?>")
_NAME = lazy_pattern(r"[^\s/>]*")
_SPACE = lazy_pattern(r"[\s/]*")
#: An attribute: its name, and its value in quotes or without.
_ATTRIBUTE = lazy_pattern(r"""(=?[^\s/>=]*+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|(?!["'])([^\s>]*))|(?!\s*=))""")


class Text(NamedTuple):
    """A text with its references resolved."""

    text: str
    offset: int


class Start(NamedTuple):
    """A start tag; of two attributes with the same name the first counts."""

    name: str
    attributes: dict[str, str]
    #: Whether it ends in `/>`.
    closed: bool
    offset: int


class End(NamedTuple):
    """An end tag."""

    name: str
    offset: int


class Other(NamedTuple):
    """A comment, a declaration, or markup that is never closed: browsers do not show it."""

    text: str
    offset: int


Token = Text | Start | End | Other


def tokens(html: str) -> Iterator[Token]:
    """Yield the parts of HTML in order; offsets count characters."""
    at = 0
    while at < len(html):
        begin = _BEGIN.search(html, at)
        start = begin.start() if begin else len(html)
        if start > at:
            yield Text(unescape(html[at:start]), at)
        if begin is None:
            return
        if html[start + 1].isalpha():
            token, at = _start_tag(html, start)
        elif html[start + 1] == "/" and html[start + 2 : start + 3].isalpha():
            token, at = _end_tag(html, start)
        else:
            token, at = _other(html, start)
        yield token
        if isinstance(token, Start) and token.name in RAW:
            end = lazy_pattern(rf"</{token.name}(?=[\s/>])", re.IGNORECASE).search(html, at)
            stop = end.start() if end else len(html)
            if stop > at:
                yield Other(html[at:stop], at)
            at = stop


def _start_tag(html: str, start: int) -> tuple[Token, int]:
    name, attributes, attributes_end, end = _read(html, start + 1)
    if end is None:
        return Other(html[start:], start), len(html)
    # In `<a b=c/>` the slash belongs to the value.
    return Start(name, attributes, html[end - 2] == "/" and end - 2 >= attributes_end, start), end


def _end_tag(html: str, start: int) -> tuple[Token, int]:
    name, _, _, end = _read(html, start + 2)
    if end is None:
        return Other(html[start:], start), len(html)
    return End(name, start), end


def _read(html: str, at: int) -> tuple[str, dict[str, str], int, int | None]:
    """Read name and attributes of a tag; return the ends of the attributes and of the tag, None if it never ends."""
    found = _NAME.match(html, at)
    name, at = (found[0].lower(), found.end()) if found else ("", at)
    attributes: dict[str, str] = {}
    attributes_end = at
    while True:
        at = _SPACE.match(html, at).end()  # type: ignore[union-attr]  # it matches nothing as well
        if at >= len(html):
            return name, attributes, attributes_end, None
        if html[at] == ">":
            return name, attributes, attributes_end, at + 1
        one = _ATTRIBUTE.match(html, at)
        if one is None:
            # A quote that is never closed.
            return name, attributes, attributes_end, None
        value = next((group for group in one.groups()[1:] if group is not None), "")
        attributes.setdefault(one[1].lower(), unescape(value))
        attributes_end = at = one.end()


def _other(html: str, start: int) -> tuple[Token, int]:
    """Read a comment, or what browsers treat as one."""
    if html.startswith("<!--", start):
        if html.startswith((">", "->"), start + 4):
            end = html.index(">", start) + 1
        else:
            closed = _COMMENT_END.search(html, start + 4)
            end = closed.end() if closed else len(html)
    else:
        end = html.find(">", start) + 1 or len(html)
    return Other(html[start:end], start), end
