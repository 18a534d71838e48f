r"""Escape text for HTML, and disarm what Anki would read as its own syntax.

Anki scans fields for `\(…\)` and `\[…\]` (MathJax, in the page's text nodes), and in the field's source for
`[$]…[/$]`, `[$$]…`, `[latex]…`, `[sound:…]`, `[anki:…]` and `{{c1::…}}`. None of it may come from an author's
Markdown. A reference (`&#91;`) hides a bracket from what reads the source; MathJax reads text nodes, after
references are resolved, so there a `<span>` parts the two characters of a delimiter.
"""

from __future__ import annotations

import re

from deckgen.patterns import lazy_pattern
from deckgen.text.characters import without_gaps

SOURCE_TRIGGER = lazy_pattern(r"\[(?=/?(?:\$|latex|sound:|anki:))|(?<=\{)\{(?=c[0-9,])", re.IGNORECASE)
_MATHJAX = lazy_pattern(r"\\([(\[])")
_GAP_END = lazy_pattern(r"\}(?=\}|\Z)|:(?=:|\Z)|\A:")


def escape(text: str) -> str:
    """Escape text for HTML and attributes, like `html.escape`, whose module loads tables of all references."""
    return escape_text(text).replace('"', "&quot;").replace("'", "&#x27;")


def escape_text(text: str) -> str:
    """Escape `&`, `<` and `>` as the Markdown parser's own writer does."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def escape_attribute(text: str) -> str:
    """Escape text for an attribute's value in double quotes; gap markers become an ellipsis."""
    return escape(without_gaps(text)).replace("\n", " ")


def disarm(html: str) -> str:
    """Disarm Anki's triggers in escaped text (not in tags)."""
    if "\\" in html:
        html = _MATHJAX.sub(r"\\<span>\1</span>", html)
    return disarm_source(html)


def disarm_attribute(html: str) -> str:
    """Disarm Anki's triggers in an escaped attribute."""
    # Anki's editor looks for `\(…\)` in the source, including attributes.
    return disarm_source(html.replace("\\", "&#92;"))


def cloze_safe(html: str) -> str:
    """Make HTML safe inside `{{c1::…}}` of Anki.

    There `}}` would end the gap and `::` begin its hint; both are written as references, which browsers
    show unchanged.
    """
    return _GAP_END.sub(lambda found: "&#125;" if found[0] == "}" else "&#58;", html)


def disarm_source(html: str) -> str:
    """Disarm the triggers that Anki looks for in a field's source."""
    if "[" in html or "{{" in html:
        return SOURCE_TRIGGER.sub(lambda found: "&#91;" if found[0] == "[" else "&#123;", html)
    return html
