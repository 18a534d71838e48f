"""Open: a question to be answered in sentences, and a model answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deckgen.anki.kind import Kind

if TYPE_CHECKING:
    from deckgen.anki.field_writer import FieldWriter
    from deckgen.core import Open


def write(item: Open, writer: FieldWriter) -> tuple[str, ...]:
    """Write the question and its model answer."""
    return writer.block(item.prompt), writer.block(item.model)


KIND = Kind(
    name="open",
    own=("Question", "Model answer"),
    tasks=("anki-task-open",),
    spoken={"prompt": "Question", "model": "Model answer"},
    write=write,
)
