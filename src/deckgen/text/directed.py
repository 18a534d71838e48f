"""Give each paragraph the direction of its first strong letter, for what knows no `dir="auto"`: WeasyPrint does not."""

from __future__ import annotations

import re
from typing import Literal
from unicodedata import bidirectional

Direction = Literal["ltr", "rtl"]

#: Paragraphs and cells; what a label or legend holds of a paragraph keeps its span.
_PARAGRAPH = re.compile(r"(<(p|td|th)(?: [^>]*)?>)((?:(?!<\2\b).)*?)(</\2>)", re.DOTALL)
_TAG = re.compile(r"<svg\b.*?</svg>|<code\b.*?</code>|<[^>]*>", re.DOTALL)
#: Letters of scripts that run from right to left begin here (Hebrew).
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
    """Put what runs otherwise than the page into spans with a direction of their own."""
    if page == "ltr" and (html.isascii() or max(html) < _FIRST_RTL):
        return html
    return _PARAGRAPH.sub(lambda found: _spanned(found, page), html)


def _spanned(found: re.Match[str], page: Direction) -> str:
    own = direction_of(_TAG.sub("", found[3]))
    if own is None or own == page:
        return found[0]
    return f'{found[1]}<span dir="{own}">{found[3]}</span>{found[4]}'
