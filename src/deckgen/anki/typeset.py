r"""Draw the formulas of a rendered card, where there is no MathJax to do it: in the preview of `deckgen serve`."""

from __future__ import annotations

import re
from html import unescape

#: What MathJax does not look into, or a tag: formulas stand in text alone.
_PASSED = re.compile(
    r"<(script|style|pre|code|textarea)\b.*?</\1\s*>|<!--.*?-->|<(?:\"[^\"]*\"|'[^']*'|[^'\">])*>",
    re.DOTALL | re.IGNORECASE,
)
_FORMULA = re.compile(r"\\\((?P<inline>.+?)\\\)|\\\[(?P<display>.+?)\\\]", re.DOTALL)


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
    # Few cards hold a formula, and the libraries that draw take long to load.
    from deckgen.text.svg import draw

    display = found["display"] is not None
    svg = draw(unescape(found["display"] or found["inline"]).strip(), display=display)
    if svg is None:
        return found[0]
    return f'<span class="formula-block">{svg}</span>' if display else svg
