"""The block of an answer sheet in which a student number is written and filled in, digit by digit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import msgspec
from msgspec import Meta

from deckgen.sheet.layout import MARGIN, Box, Shape, mm
from deckgen.sheet.profile import PAPERS

if TYPE_CHECKING:
    from deckgen.core import Paper
    from deckgen.sheet.layout import Scale

#: Where the block begins, level with the head beside it.
TOP = 18.0
#: Left free between the block and the head, and below it.
GAP = 8.0


class Digit(msgspec.Struct, frozen=True, kw_only=True):
    """A bubble of a student number."""

    digit: Annotated[int, Meta(description="Which digit of the number, from 1 at the left.")]
    option: Annotated[str, Meta(description="`0` to `9`.")]
    x: float
    y: float
    radius: float
    shape: Shape = "circle"


class Block(msgspec.Struct, frozen=True, kw_only=True):
    """The whole block: a box above ten bubbles for each digit."""

    left: float
    top: float
    width: float
    #: Middle of the boxes.
    y: float
    #: Whether the head is beside it, and not above it; how much higher that is for lines of the sheet's own.
    beside: bool
    more: float
    bubbles: tuple[Digit, ...]
    boxes: tuple[Box, ...]

    @property
    def bottom(self) -> float:
        """Return where the grid of answers may begin."""
        last = self.bubbles[-1]
        return mm(last.y + last.radius + GAP + (self.more if self.beside else 0))


def block(digits: int, paper: Paper, scale: Scale, *, from_right: bool = False) -> Block:
    """Lay the block out at the right, or the left, of the head, or below it where the head would be too narrow.

    Digits go from left to right in every language.
    """
    whole = PAPERS[paper][0] - 2 * MARGIN
    width = max(digits * scale.pitch, scale.least)
    beside = whole - width - GAP >= scale.head
    left = MARGIN if beside == from_right else MARGIN + whole - width
    top = TOP if beside else scale.top
    y = top + scale.words + scale.pitch / 2
    columns = [mm(left + (place + 0.5) * scale.pitch) for place in range(digits)]
    return Block(
        left=mm(left),
        top=mm(top),
        beside=beside,
        more=scale.more,
        width=mm(width),
        y=mm(y),
        bubbles=tuple(
            Digit(
                digit=digit, option=str(option), x=x, y=mm(y + (option + 1) * scale.row), radius=scale.radius
            )
            for digit, x in enumerate(columns, start=1)
            for option in range(10)
        ),
        boxes=tuple(Box(x, mm(y), mm(scale.pitch - 0.6)) for x in columns),
    )
