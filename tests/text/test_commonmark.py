"""Conformity with CommonMark 0.31.2, but for raw HTML (text here), where links may lead, and texts of one line."""

from __future__ import annotations

import json
import re
from pathlib import Path

from deckgen.text import Medium, Renderer
from laws import all_hold

EXAMPLES = json.loads(Path(__file__).with_name("commonmark.json").read_text(encoding="utf-8"))
#: Autolinks of other schemes are text, angle brackets included, so that `<std::string>` is not lost.
OTHER_AUTOLINK = re.compile(r'<a href="(?!https?:|mailto:)([^"]*)">([^<]*:[^<]*)</a>', re.IGNORECASE)
#: Other links lose where they lead to.
OTHER_LINK = re.compile(r'<a href="(?!https?:|mailto:|#)[^>]*>', re.IGNORECASE)


def expected_here(example: dict[str, str]) -> str:
    """Return the example's HTML with raw HTML as text and without links that lead elsewhere."""
    html = example.get("without_raw_html", example["html"]).replace(" />", ">").removesuffix("\n")
    if example["section"] == "Autolinks":
        html = OTHER_AUTOLINK.sub(r"&lt;\2&gt;", html)
    return OTHER_LINK.sub("<a>", html)


def of_several_lines(markdown: str) -> str:
    """Put an empty line before a text of one line, which would be read without blocks."""
    return markdown if "\n" in markdown[:-1] else f"\n{markdown}"


def as_in_the_specification(html: str) -> str:
    """Take out what is added to CommonMark: classes and spans of highlighted code."""
    html = html.replace('<pre class="highlight">', "<pre>").replace("&quot;", '"')
    return re.sub(r"(?s)<pre><code.*?</code>", lambda code: re.sub("</?span[^>]*>", "", code[0]), html)


def test_every_example_is_there():
    """The specification has 652 examples, 72 of them with raw HTML."""
    assert (len(EXAMPLES), sum("without_raw_html" in example for example in EXAMPLES)) == (652, 72)


def test_every_example_comes_out_as_the_specification_says():
    """Each of them, by its number."""
    all_hold(((f"example {number}", each) for number, each in enumerate(EXAMPLES, 1)), comes_out)


def comes_out(example):
    html = Renderer(Medium.PAPER, str).block(of_several_lines(example["markdown"]))
    assert as_in_the_specification(html) == expected_here(example).replace("&quot;", '"')
