"""Drawings in raw HTML: nothing in them loads or runs anything, however it is written."""

from __future__ import annotations

import pytest

from deckgen.core.text import Html
from deckgen.text import Medium, Renderer
from text.pages import Page

#: What names something else than a place in the same drawing.
ELSEWHERE = [
    "https://evil.example/x.svg#a",
    "HTTPS://evil.example/x.svg#a",
    "//evil.example/x.svg#a",
    " https://evil.example/x.svg",
    "/evil.svg#a",
    "evil.svg#a",
    "./evil.svg",
    "data:image/svg+xml,<svg/>#a",
    "javascript:evil()",
    "java\nscript:evil()",
    "\x01javascript:evil()",
    "mailto:evil@example",
]
USERS = ["use", "image", "pattern", "linearGradient", "textPath", "feImage", "animate", "set", "mpath"]


@pytest.mark.parametrize("medium", Medium)
@pytest.mark.parametrize("attribute", ["href", "xlink:href", "HREF", "xlink:HREF"])
def test_a_drawing_refers_to_itself_alone(medium, attribute):
    """No element that is drawn keeps a reference to anything else; one to a place in the drawing stays."""
    for user in USERS:
        for target in ELSEWHERE:
            html = f'<svg><{user} {attribute}="{target}"></{user}></svg>'
            shown = Renderer(medium, str).block(Html(html))
            assert "evil" not in shown, (html, shown)
            assert "svg+xml" not in shown, (html, shown)
    kept = Page(Renderer(medium, str).block(Html(f'<svg><use {attribute}="#a"></use></svg>')))
    assert ("use", {attribute.lower(): "#a"}) in kept.tags


@pytest.mark.parametrize("name", ["fill", "stroke", "filter", "mask", "clip-path", "marker-end", "style"])
def test_paints_of_a_drawing_come_from_itself(name):
    """`url(…)` in an attribute leads to a place in the drawing or is taken out."""
    for target in ELSEWHERE:
        value = f"fill: url({target})" if name == "style" else f"url({target})"
        shown = Renderer(Medium.SCREEN, str).block(Html(f"<svg><path {name}='{value}'/></svg>"))
        assert "evil" not in shown, shown
