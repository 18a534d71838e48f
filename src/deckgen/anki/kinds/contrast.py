"""Contrast: one aspect of a comparison, and what is true of each concept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deckgen.anki.kind import Kind

if TYPE_CHECKING:
    from deckgen.anki.field_writer import FieldWriter
    from deckgen.core import Contrast


def write(item: Contrast, writer: FieldWriter) -> tuple[str, ...]:
    """Write the concepts alone for the front, and with their cells for the back."""
    return (
        writer.inline(item.aspect),
        writer.inline(item.title),
        writer.fill("contrast", "concepts", [writer.term(cell.term) for cell in item.cells]),
        writer.fill(
            "contrast", "cells", [(writer.term(cell.term), writer.inline(cell.text)) for cell in item.cells]
        ),
    )


KIND = Kind(
    name="contrast",
    own=("Aspect", "Title", "Concepts", "Cells"),
    tasks=("anki-task-contrast",),
    write=write,
)
