"""Numeric: a question, and a number with its tolerance and unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deckgen.anki.kind import Kind

if TYPE_CHECKING:
    from deckgen.anki.pen import Pen
    from deckgen.core import Numeric


def write(item: Numeric, pen: Pen) -> tuple[str, ...]:
    """Write the number as its author did; the card's script reads that notation."""
    return (
        pen.block(item.prompt),
        pen.plain(item.answer),
        "" if _is_zero(item.tolerance) else pen.plain(item.tolerance),
        pen.plain(item.unit),
    )


def _is_zero(number: str) -> bool:
    return not number.lower().partition("e")[0].strip("+-0.")


KIND = Kind(
    name="numeric",
    own=("Question", "Answer", "Tolerance", "Unit"),
    tasks=("anki-task-numeric",),
    write=write,
)
