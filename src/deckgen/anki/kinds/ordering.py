"""Ordering: things to put in order."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

from deckgen.anki.kind import Kind

if TYPE_CHECKING:
    from deckgen.anki.field_writer import FieldWriter
    from deckgen.core import Ordering


def write(item: Ordering, writer: FieldWriter) -> tuple[str, ...]:
    """Write the entries twice: shuffled for the front, so that it gives nothing away, and in order."""
    placed = [(writer.on_request(entry), place) for place, entry in enumerate(item.entries, 1)]
    mixed = sorted(placed, key=lambda pair: blake2b(f"{item.id}\n{pair[1]}".encode(), digest_size=8).digest())
    return (
        writer.block(item.prompt),
        writer.fill("ordering", "entries", mixed),
        writer.fill("ordering", "order", [text for text, _ in placed]),
    )


KIND = Kind(
    name="ordering",
    own=("Question", "Entries", "Order"),
    tasks=("anki-task-ordering",),
    spoken={"prompt": "Question"},
    write=write,
)
