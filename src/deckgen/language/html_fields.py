"""Fields that are HTML: put into the sides of cards, and read as gaps where they are of an adopted cloze.

Notes that come from Anki hold HTML where Markdown cannot say what they say.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from deckgen import core
from deckgen.patterns import lazy_pattern
from deckgen.text import Medium, Renderer
from deckgen.text.parse import as_line
from deckgen.text.plain import plain

_MARKER = lazy_pattern("<p>\ufdd0([0-9]+)\ufdd1</p>|\ufdd0([0-9]+)\ufdd1")
#: Anki's gap `{{c1::answer::hint}}`; the first of several numbers counts.
_GAP = lazy_pattern(r"\{\{c([0-9]{1,3})(?:,[0-9]+)*::((?:(?!\{\{c[0-9]|\}\}).)*)\}\}", re.DOTALL)
#: A gap in another one, or one that never ends.
_LEFT_OVER = lazy_pattern(r"\{\{c[0-9]")
#: The masks of Image Occlusion are gaps to Anki.
_MASK = "image-occlusion:"
_PUNCTUATION = lazy_pattern(r"([!-/:-@\[-`{-~])")


def put_into(side: str, values: Sequence[core.Text]) -> core.Text:
    """Return a side of a card with the values of fields: `core.filled` where none of them is HTML, else HTML."""
    filled = core.filled(side, values, as_line)
    shown = (values[place] for place in core.fields_in(side))
    if isinstance(filled, core.Html) or not any(isinstance(value, core.Html) for value in shown):
        return filled
    # Pictures stay as the project names them: HTML is rendered once more.
    renderer = Renderer(Medium.SCREEN, lambda path: path)

    def value(found: re.Match[str]) -> str:
        text = values[int(found[1] or found[2])]
        if found[2]:
            return renderer.inline(text)
        return f"<div>{text.html}</div>" if isinstance(text, core.Html) else renderer.block(text)

    return core.Html(_MARKER.sub(value, renderer.block(side)))


def read_html_gaps(html: str) -> tuple[str, tuple[core.Gap, ...]]:
    """Return HTML with markers for Anki's gaps, and the gaps.

    There are none where gaps are in each other, or are masks of a picture: those can be asked in Anki alone.
    """
    gaps: list[core.Gap] = []

    def mark(found: re.Match[str]) -> str:
        answer, _, hint = found[2].partition("::")
        gaps.append(core.Gap(int(found[1]), _markdown(answer), _markdown(hint)))
        return core.gap_marker(len(gaps) - 1)

    marked = _GAP.sub(mark, html)
    if _MASK in html or _LEFT_OVER.search(marked) or not all(gap.number and gap.answer for gap in gaps):
        return html, ()
    return marked, tuple(gaps)


def _markdown(html: str) -> str:
    """Return the text of some HTML as Markdown."""
    return _PUNCTUATION.sub(r"\\\1", plain(core.Html(html)))
