r"""Cloze: a text whose gaps Anki asks for, one card per number."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol
from unicodedata import normalize

from deckgen.anki.kind import Kind
from deckgen.patterns import lazy_pattern
from deckgen.text import cloze_safe

if TYPE_CHECKING:
    from deckgen.anki.field_writer import FieldWriter
    from deckgen.core import Cloze, Text
    from deckgen.core.cloze import Gap

#: Code and formulas, in which a gap is not Markdown, or else a gap's marker.
_PART = lazy_pattern(r"<code.*?</code>|\\\(.*?\\\)|\\\[.*?\\\]|\ufdd0[0-9]+\ufdd1", re.DOTALL)
MARKER = lazy_pattern("\ufdd0([0-9]+)\ufdd1")
_TEX_SPECIAL = lazy_pattern(r"[\\{}$&#^_~%]+")


class GapWriter(Protocol):
    """What writes what is in gaps, as `FieldWriter` does."""

    @property
    def inline(self) -> Callable[[Text], str]:
        """A text of one paragraph without the paragraph's tags."""

    @property
    def plain(self) -> Callable[[str], str]:
        """A text that is not Markdown, escaped."""


def write(item: Cloze, writer: FieldWriter) -> tuple[str, ...]:
    """Write the gaps of the rendered text in Anki's notation."""
    text = with_gaps(writer.block(item.text), item.gaps, writer)
    return text, writer.block(item.prompt) if item.prompt else ""


def with_gaps(html: str, gaps: tuple[Gap, ...], writer: GapWriter) -> str:
    """Return a rendered text with its gaps in Anki's notation."""
    return _PART.sub(lambda part: _fill(part[0], gaps, writer), html)


def _fill(part: str, gaps: tuple[Gap, ...], writer: GapWriter) -> str:
    def written(marker: re.Match[str]) -> str:
        gap = gaps[int(marker[1])]
        if part.startswith("\\"):
            return _gap_in_formula(gap)
        return _gap(gap, writer.plain if part.startswith("<code") else writer.inline)

    return MARKER.sub(written, part)


def _gap(gap: Gap, render: Callable[[str], str]) -> str:
    rest = f"::{cloze_safe(render(gap.hint))}" if gap.hint else ""
    return f"{{{{c{gap.number}::{cloze_safe(render(gap.answer))}{rest}}}}}"


def _gap_in_formula(gap: Gap) -> str:
    """Write a gap in a formula, with the hint as text: bare words would be set as a product of letters."""
    from deckgen.text.tex import mathjax_part

    hint = _TEX_SPECIAL.sub(" ", gap.hint).strip()
    rest = rf"::\text{{{cloze_safe(mathjax_part(hint))}}} " if hint else ""
    written = f"{{{{c{gap.number}::{mathjax_part(gap.answer)}{rest}}}}}"
    # As Anki stores it; the renderer has normalised the text around it.
    return written if written.isascii() else normalize("NFC", written)


KIND = Kind(
    name="cloze",
    own=("Text", "Prompt"),
    tasks=("anki-task-cloze",),
    cloze=True,
    spoken={"prompt": "Prompt"},
    write=write,
)
