"""Matching: entries, and what each of them goes with."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

from deckgen.anki.kind import Kind

if TYPE_CHECKING:
    from deckgen.anki.field_writer import FieldWriter
    from deckgen.core import Matching


def write(item: Matching, writer: FieldWriter) -> tuple[str, ...]:
    """Write both sides for the front, the right one shuffled, and the pairs for the back.

    Equal texts on the right are one choice; a choice is identified by its number.
    """
    rights = list(dict.fromkeys((*(pair.right for pair in item.pairs), *item.extra)))
    numbers = {text: number for number, text in enumerate(rights, 1)}
    mixed = sorted(rights, key=lambda text: blake2b(f"{item.id}\n{text}".encode(), digest_size=8).digest())
    return (
        writer.block(item.prompt),
        writer.fill(
            "matching",
            "entries",
            [writer.on_request(pair.left) for pair in item.pairs],
            [(writer.on_request(text), numbers[text]) for text in mixed],
        ),
        writer.fill(
            "matching",
            "pairs",
            [
                (writer.on_request(pair.left), writer.on_request(pair.right), numbers[pair.right])
                for pair in item.pairs
            ],
        ),
    )


KIND = Kind(
    name="matching",
    own=("Question", "Entries", "Pairs"),
    tasks=("anki-task-matching",),
    spoken={"prompt": "Question"},
    write=write,
)
