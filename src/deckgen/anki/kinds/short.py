"""Short: a question, and a word or phrase with its other spellings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deckgen.anki.kind import Kind

if TYPE_CHECKING:
    from deckgen.anki.field_writer import FieldWriter
    from deckgen.core import Short


def write(item: Short, writer: FieldWriter) -> tuple[str, ...]:
    """Write the answers as plain text, the first with how accents count unless that is the default."""
    answer = writer.term(item.answer)
    if item.accents != "almost":
        answer = f'<span data-accents="{item.accents}">{answer}</span>'
    accept = (
        writer.fill("short", "accept", [writer.term(text) for text in item.accept]) if item.accept else ""
    )
    return writer.block(item.prompt), answer, accept


KIND = Kind(
    name="short",
    own=("Question", "Answer", "Accept"),
    tasks=("anki-task-short",),
    spoken={"prompt": "Question", "answer": "Answer"},
    write=write,
)
