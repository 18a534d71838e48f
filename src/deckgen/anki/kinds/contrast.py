"""Contrast: one aspect of a comparison, and what holds of each concept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deckgen.anki.kind import Kind

if TYPE_CHECKING:
    from deckgen.anki.pen import Pen
    from deckgen.core import Contrast


def write(item: Contrast, pen: Pen) -> tuple[str, ...]:
    """Write the concepts alone for the front, and with what holds of them for the back."""
    return (
        pen.inline(item.aspect),
        pen.inline(item.title),
        pen.fill("contrast", "concepts", [pen.plain(cell.term) for cell in item.cells]),
        pen.fill("contrast", "cells", [(pen.plain(cell.term), pen.inline(cell.text)) for cell in item.cells]),
    )


KIND = Kind(
    name="contrast",
    own=("Aspect", "Title", "Concepts", "Cells"),
    tasks=("anki-task-contrast",),
    write=write,
)
