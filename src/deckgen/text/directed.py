"""Give each paragraph the direction of its first strong letter, since WeasyPrint does not know `dir="auto"`."""

from __future__ import annotations

import re
from typing import Literal
from unicodedata import bidirectional

from deckgen.patterns import lazy_pattern

Direction = Literal["ltr", "rtl"]

_BLOCK = r"(?:p|td|th|li|dt|dd|h[1-6]|caption|figcaption|ul|ol|dl|pre|table|blockquote|div|hr|figure)\b"
#: What holds text, and the text before the next block. What a label or legend holds of a paragraph keeps its span.
_TEXT = lazy_pattern(
    rf"(<(?:p|td|th|li|dt|dd|h[1-6]|caption|figcaption)(?: [^>]*)?>)((?:(?!</?{_BLOCK}).)+)", re.DOTALL
)
_TAG = lazy_pattern(r"<svg\b.*?</svg>|<code\b.*?</code>|<[^>]*>", re.DOTALL)
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


def without_tags(html: str) -> str:
    """Return the text of HTML without code and drawings, which do not decide its direction."""
    return _TAG.sub("", html)


def is_left_to_right(text: str) -> bool:
    """Tell whether nothing in a text can run from right to left."""
    return text.isascii() or max(text) < _FIRST_RTL


def directed(html: str, page: Direction) -> str:
    """Put what runs otherwise than the page into spans with a direction of their own."""
    if page == "ltr" and is_left_to_right(html):
        return html
    return _TEXT.sub(lambda found: _spanned(found, page), html)


def _spanned(found: re.Match[str], page: Direction) -> str:
    own = direction_of(without_tags(found[2]))
    if own is None or own == page:
        return found[0]
    return f'{found[1]}<span dir="{own}">{found[2]}</span>'
