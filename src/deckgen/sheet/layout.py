"""Sizes of answer sheets, in millimetres, and the pieces that both people and programs look at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import msgspec

#: What is left free at the bottom.
FOOT = 24.0
#: Left and right of the grid.
MARGIN = 18.0

Shape = Literal["circle", "square"]


class Scale(msgspec.Struct, frozen=True):
    """Sizes of the grid in mm."""

    radius: float = 2.3
    #: From one bubble to the next.
    pitch: float = 6.2
    #: From one row to the next.
    row: float = 6.6
    #: Room for the question's number, and for the place of an entry next to it.
    number: float = 8.0
    entry: float = 5.0
    #: From one line to write on to the next.
    line: float = 9.0
    #: Where the grid begins, below the head.
    top: float = 62.0
    #: A line of words above the block for a student number, and how wide the block is at least.
    words: float = 6.0
    least: float = 37.2
    #: How wide the head is at least, where the block is beside it.
    head: float = 80.0
    #: How many further lines to write on stand side by side in the head, and how high they are.
    fields: int = 4
    field: float = 9.0
    #: How much higher the head is for them.
    more: float = 0.0

    def for_head(self, fields: Sequence[str]) -> Scale:
        """Return the sizes where the head has further lines to write on."""
        more = -(-len(fields) // self.fields) * self.field
        return msgspec.structs.replace(self, top=self.top + more, more=more) if more else self


SCALE = Scale()
LARGE_SCALE = Scale(
    radius=3.4,
    pitch=8.6,
    row=9.4,
    number=11.0,
    entry=6.0,
    line=12.0,
    top=96.0,
    words=9.0,
    least=51.6,
    head=100.0,
    fields=2,
    field=17.0,
)


class Label(msgspec.Struct, frozen=True):
    """A number before a row; `x` is its right end, `y` the middle of the row."""

    text: str
    x: float
    y: float
    entry: bool = False


class Box(msgspec.Struct, frozen=True):
    """A box above a column of digits, to write the digit in."""

    x: float
    y: float
    side: float


def mm(length: float) -> float:
    """Round a length to hundredths of a millimetre."""
    return round(length, 2)
