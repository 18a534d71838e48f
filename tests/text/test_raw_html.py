"""Raw HTML: taken apart as browsers do, in time that grows with its length, and its styles stay with its own text."""

from __future__ import annotations

import time

import pytest

from deckgen.text.allowed import is_allowed_style
from deckgen.text.sanitize import removals, sanitize
from deckgen.text.tags import End, Other, Start, Text, tokens

ENDLESS = [
    '<a b="' * 20_000,
    "<a b='" * 20_000,
    "<!--" * 30_000,
    "<a " * 30_000,
    "<!" * 50_000,
    "</" * 50_000,
    "<script>" * 20_000,
    "<b>" * 20_000 + "</i>" * 20_000,
    "<svg>" + "<g/>" * 30_000,
    "<object>" * 20_000,
    "<a b" + " " * 60_000,
    '<b style="' + "a:(" * 20_000 + '">',
]


@pytest.mark.parametrize("html", ENDLESS, ids=lambda html: html[:12])
def test_nothing_that_never_ends_takes_long(html: str) -> None:
    """What took minutes, as each beginning was looked for an end anew, takes less than a second."""
    begun = time.process_time()
    sanitize(html, str)
    assert time.process_time() - begun < 10


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<a href="x>y" B=c d>t&amp;x</a>', [Start("a", {"href": "x>y", "b": "c", "d": ""}, False, 0), Text("t&x", 20), End("a", 27)]),
        ("<!-- a --!>b<!-->c<!doctype html>d", [Other("<!-- a --!>", 0), Text("b", 11), Other("<!-->", 12), Text("c", 17), Other("<!doctype html>", 18), Text("d", 33)]),
        ('<script>"</b>"</script >z', [Start("script", {}, False, 0), Other('"</b>"', 8), End("script", 14), Text("z", 24)]),
        ("a < b <3 & c", [Text("a < b <3 & c", 0)]),
        ('a<b c="', [Text("a", 0), Other('<b c="', 1)]),
        ("<p a=1 a=2/>", [Start("p", {"a": "1"}, False, 0)]),
        ("<path d='1'/>", [Start("path", {"d": "1"}, True, 0)]),
    ],
)  # fmt: skip
def test_html_is_taken_apart_as_browsers_do(html: str, expected: list[object]) -> None:
    """HTML, 13.2.5: comments that end early, quoted ends of tags, raw text, what never ends."""
    assert list(tokens(html)) == expected


@pytest.mark.parametrize(
    "declaration",
    [
        "position: fixed", "position:absolute", "z-index: 9", "transform: scale(9)", "width: 100vw", "height:100DVH",
        "width: calc(100vw - 1px)", "margin: -9999px", "margin-left: calc(-1 * 50px)", "text-indent: -999em", "inset: 0",
        "width: calc(", "color: red)", 'font-family: "', "color: expression(1)", "background: url(x)", "color", "content: 'x'",
        "all: unset", "animation: x 1s", "pointer-events: none", "--x: 1", "width: 100cqw", "clip-path: none", "top: 0",
    ],
)  # fmt: skip
def test_a_style_that_reaches_beyond_its_text_is_reported_and_removed(declaration: str) -> None:
    """Nothing is laid over the page, is as large as the window, or swallows the rules behind it."""
    assert not is_allowed_style(declaration)
    html = (
        f"<b style='{declaration}; color: red'>x</b>"
        if "'" not in declaration
        else f'<b style="{declaration}; color: red">x</b>'
    )
    assert sanitize(html, str) == '<b style="color: red">x</b>'
    assert len(removals(html)) == 1


@pytest.mark.parametrize(
    "declaration",
    [
        "color: #c00", "Background-Color: rgb(1, 2, 3)", "border: 1px solid", "width: 50%", "max-width: calc(100% - 2em)",
        "margin: 0 auto", 'font-family: "DejaVu Sans", serif', "text-align: center !important", "display: inline-block",
        "vertical-align: -0.2em", "font-weight: bold", "text-transform: uppercase", "float: right", "border-collapse: collapse",
    ],
)  # fmt: skip
def test_a_style_of_its_own_text_is_kept(declaration: str) -> None:
    """Colours, borders, sizes, alignment."""
    assert is_allowed_style(declaration)
