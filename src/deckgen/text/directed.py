"""Give each paragraph the direction of its first strong letter, since WeasyPrint does not know `dir="auto"`."""

from __future__ import annotations

import re
from typing import Literal
from unicodedata import bidirectional

Direction = Literal["ltr", "rtl"]

#: Paragraphs and cells; the content of a paragraph in a label or legend keeps its span.
_PARAGRAPH = re.compile(r"(<(p|td|th)(?: [^>]*)?>)((?:(?!<\2\b).)*?)(</\2>)", re.DOTALL)
_TAG = re.compile(r"<svg\b.*?</svg>|<code\b.*?</code>|<[^>]*>", re.DOTALL)
#: The first letters of right-to-left scripts (Hebrew).
_FIRST_RTL = "\u0590"


def direction_of(text: str) -> Direction | None:
    """Return the direction of the first strong letter (UAX 9, P2), None if there is none."""
    for character in text:
        kind = bidirectional(character)
        if kind == "L":
            return "ltr"
        if kind in ("R", "AL"):
            return "rtl"
    return None


def directed(html: str, page: Direction) -> str:
    """Wrap paragraphs that differ from the page's direction into spans with their own direction."""
    if page == "ltr" and (html.isascii() or max(html) < _FIRST_RTL):
        return html
    return _PARAGRAPH.sub(lambda found: _spanned(found, page), html)


def _spanned(found: re.Match[str], page: Direction) -> str:
    own = direction_of(_TAG.sub("", found[3]))
    if own is None or own == page:
        return found[0]
    return f'{found[1]}<span dir="{own}">{found[3]}</span>{found[4]}'
