"""Short: a question, and a word or phrase with its other spellings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deckgen.anki.kind import Kind

if TYPE_CHECKING:
    from deckgen.anki.pen import Pen
    from deckgen.core import Short


def write(item: Short, pen: Pen) -> tuple[str, ...]:
    """Write the answers as plain text."""
    accept = pen.fill("short", "accept", [pen.plain(text) for text in item.accept]) if item.accept else ""
    return pen.block(item.prompt), pen.plain(item.answer), accept


KIND = Kind(name="short", own=("Question", "Answer", "Accept"), tasks=("anki-task-short",), write=write)
