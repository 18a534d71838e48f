"""Cloze: a text with gaps to fill."""

from __future__ import annotations

import msgspec

from deckgen.core.accents import Accents
from deckgen.core.item import Item
from deckgen.core.text import Text

#: Noncharacters that no author's text may contain (rule `control-character`), so they are safe as brackets.
_OPEN, _CLOSE = "\ufdd0", "\ufdd1"


def gap_marker(index: int) -> str:
    """Return the marker of gap `index` (0-based) in a cloze text."""
    return f"{_OPEN}{index}{_CLOSE}"


class Gap(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """One gap. Gaps of one `number` are asked for together."""

    #: Anki's cloze number, from 1.
    number: int
    answer: str
    hint: str = ""


class Cloze(Item, frozen=True, kw_only=True):
    """Fill the gaps of `text`, in which `gap_marker(i)` marks `gaps[i]`.

    `prompt` is an optional instruction above the text.
    """

    text: Text
    gaps: tuple[Gap, ...]
    prompt: Text = ""
    accents: Accents = "almost"

    @property
    def kind(self) -> str:
        return "cloze"

    @property
    def cards(self) -> int:
        return len({gap.number for gap in self.gaps})
