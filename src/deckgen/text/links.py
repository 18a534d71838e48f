"""The destinations that links and images may have."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote

from deckgen.patterns import lazy_pattern
from deckgen.text.escape import escape

_ALLOWED = lazy_pattern(r"https?:|mailto:|#", re.IGNORECASE)
_SCHEME = lazy_pattern(r"[A-Za-z][A-Za-z0-9+.\-]*:|[\\/]{2}")
#: What CommonMark's reference implementation leaves unescaped.
SAFE = ";/?:@&=+$,-_.!~*'()#%"


def is_allowed(destination: str) -> bool:
    """Return whether a link may lead there: http, https, mailto, or a place on the same page."""
    return _ALLOWED.match(destination) is not None


def href(destination: str) -> str:
    """Return the attribute's value for a link's destination: percent-encoded and escaped."""
    return escape(quote(destination, safe=SAFE))


def local_path(destination: str) -> str | None:
    """Return the path in the project of an image's destination, None for a remote one.

    Percent-encoding is decoded, so `a%20b.png` and `<a b.png>` are the same file.
    """
    if not destination or _SCHEME.match(destination):
        return None
    return unquote(destination)
