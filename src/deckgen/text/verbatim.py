"""Plain texts as Markdown."""

from __future__ import annotations

import re

from deckgen.patterns import lazy_pattern
from deckgen.text.ruby import is_ruby

#: What begins markup within a line; what would begin a block is text in a text of one line anyway.
_MARKUP = lazy_pattern(r"\\(?:(?=(?P<ruby>\{[^{}|]+\|[^{}|]+\})))?|[`*_\[\]<&$~]")


def verbatim(text: str) -> str:
    """Return Markdown of one line that shows a plain text as it is, with its ruby."""
    return _MARKUP.sub(_escaped, " ".join(text.split()))


def _escaped(found: re.Match[str]) -> str:
    # A backslash that keeps ruby from being ruby does so in Markdown, too.
    return found[0] if is_ruby(found["ruby"] or "") else f"\\{found[0]}"
