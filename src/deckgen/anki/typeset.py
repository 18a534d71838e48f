r"""Draw the formulas of a rendered card without MathJax, for the preview of `deckgen serve`."""

from __future__ import annotations

import re
from html import unescape

#: A tag, or what MathJax skips: formulas are in text only.
_PASSED = re.compile(
    r"<(script|style|pre|code|textarea)\b.*?</\1\s*>|<!--.*?-->|<(?:\"[^\"]*\"|'[^']*'|[^'\">])*>",
    re.DOTALL | re.IGNORECASE,
)
#: A formula, with the punctuation that stays on its line.
_FORMULA = re.compile(
    r"(?P<before>[(\[“„«‘]*)\\\((?P<inline>.+?)\\\)(?P<after>[.,;:!?)\]”»’…%]*)|\\\[(?P<display>.+?)\\\]",
    re.DOTALL,
)


def typeset(html: str) -> str:
    r"""Return a card's HTML with `\(…\)` and `\[…\]` as SVG; what cannot be drawn stays."""
    if "\\(" not in html and "\\[" not in html:
        return html
    pieces: list[str] = []
    at = 0
    for passed in _PASSED.finditer(html):
        pieces += (_FORMULA.sub(_drawn, html[at : passed.start()]), passed[0])
        at = passed.end()
    return "".join([*pieces, _FORMULA.sub(_drawn, html[at:])])


def _drawn(found: re.Match[str]) -> str:
    # Few cards have a formula, and the drawing libraries load slowly.
    from deckgen.text.svg import drawn

    display = found["display"] is not None
    latex = unescape(found["display"] or found["inline"]).strip()
    html = drawn(latex, display=display, scrolls=True)
    if html is None:
        return found[0]
    if not (found["before"] or found["after"]):
        return html
    return f'<span class="whole">{found["before"]}{html}{found["after"]}</span>'
