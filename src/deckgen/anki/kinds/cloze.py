r"""Cloze: a text whose gaps Anki asks for, one number a card."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from deckgen.anki.kind import Kind
from deckgen.text import cloze_safe, mathjax_part

if TYPE_CHECKING:
    from deckgen.anki.pen import Pen
    from deckgen.core import Cloze
    from deckgen.core.cloze import Gap

#: A gap's marker, and before it the code and the formulas in which a gap is not Markdown.
_PART = re.compile(r"<code.*?</code>|\\\(.*?\\\)|\\\[.*?\\\]|\ufdd0[0-9]+\ufdd1", re.DOTALL)
_MARKER = re.compile("\ufdd0([0-9]+)\ufdd1")
_TEX_SPECIAL = re.compile(r"[\\{}$&#^_~%]+")


def write(item: Cloze, pen: Pen) -> tuple[str, ...]:
    """Write the gaps of the rendered text in Anki's notation."""
    text = _PART.sub(lambda part: _fill(part[0], item.gaps, pen), pen.block(item.text))
    return text, pen.block(item.prompt) if item.prompt else ""


def _fill(part: str, gaps: tuple[Gap, ...], pen: Pen) -> str:
    if part.startswith("<code"):
        write = lambda gap: _gap(gap, pen.plain(gap.answer), pen.plain(gap.hint))  # noqa: E731
    elif part.startswith("\\"):
        write = _gap_in_formula
    else:
        write = lambda gap: _gap(gap, pen.inline(gap.answer), pen.inline(gap.hint))  # noqa: E731
    return _MARKER.sub(lambda marker: write(gaps[int(marker[1])]), part)


def _gap(gap: Gap, answer: str, hint: str) -> str:
    rest = f"::{cloze_safe(hint)}" if gap.hint else ""
    return f"{{{{c{gap.number}::{cloze_safe(answer)}{rest}}}}}"


def _gap_in_formula(gap: Gap) -> str:
    """Anki shows the hint inside the formula, where bare words would be set as a product of letters."""
    hint = _TEX_SPECIAL.sub(" ", gap.hint).strip()
    rest = rf"::\text{{{cloze_safe(mathjax_part(hint))}}} " if hint else ""
    return f"{{{{c{gap.number}::{mathjax_part(gap.answer)}{rest}}}}}"


KIND = Kind(name="cloze", own=("Text", "Prompt"), tasks=("anki-task-cloze",), cloze=True, write=write)
