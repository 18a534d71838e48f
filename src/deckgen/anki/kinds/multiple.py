"""Multiple: a question and its options, any number of which are right."""

from __future__ import annotations

from deckgen.anki.kind import Kind
from deckgen.anki.kinds.choice import write

KIND = Kind(
    name="multiple",
    own=("Question", "Options"),
    tasks=("anki-task-multiple",),
    spoken={"prompt": "Question"},
    write=write,
)
