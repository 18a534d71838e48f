"""Rewrite blocks as spans, for labels, legends and headings, where HTML allows no blocks.

The input is HTML because a text may be raw HTML of its author.
"""

from __future__ import annotations

import re

from deckgen.patterns import lazy_pattern

#: Tags of blocks in texts. The renderer escapes `<` in attributes, so that these are tags.
BLOCK_TAG = lazy_pattern(
    r"<(?P<close>/?)(?P<name>p|div|pre|ul|ol|li|dl|dt|dd|blockquote|h[1-6]|hr|figure|figcaption"
    r"|table|caption|thead|tbody|tfoot|tr|th|td)\b(?P<rest>[^>]*)>"
)
_CLASS = lazy_pattern(r'\sclass="([^"]*)"')
_START = lazy_pattern(r'\sstart="(-?\d+)"')


def phrasing(html: str) -> str:
    """Return `html` with `<span class="as-table">` for `<table>` and so on; the style sheet sets both alike."""
    return BLOCK_TAG.sub(_span, html)


def _span(tag: re.Match[str]) -> str:
    if tag["close"]:
        return "</span>"
    rest = tag["rest"]
    classes = f"as-{tag['name']}"
    if had := _CLASS.search(rest):
        classes += f" {had[1]}"
        rest = rest.replace(had[0], "")
    # A span has no `start`; the first entry counts one further.
    rest = _START.sub(lambda start: f' style="counter-reset: list-item {int(start[1]) - 1}"', rest)
    void = "</span>" if tag["name"] == "hr" else ""
    return f'<span class="{classes}"{rest}>{void}'
