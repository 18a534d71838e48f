"""True or false: a statement, and if it is false what is true instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deckgen.anki.kind import Kind

if TYPE_CHECKING:
    from deckgen.anki.field_writer import FieldWriter
    from deckgen.core import TrueFalse


def write(item: TrueFalse, writer: FieldWriter) -> tuple[str, ...]:
    """Write `True` as a condition for templates: filled or empty."""
    return (
        writer.block(item.prompt),
        "true" if item.answer else "",
        writer.block(item.correction) if item.correction else "",
        # The answer already says that the claim is false.
        writer.words[f"anki-{item.verdict}"] if item.verdict not in ("", "false") else "",
        writer.sources(item.seen),
    )


KIND = Kind(
    name="true-false",
    own=("Statement", "True", "Correction", "Verdict", "Seen"),
    tasks=("anki-task-true-false",),
    spoken={"prompt": "Statement", "correction": "Correction"},
    write=write,
)
