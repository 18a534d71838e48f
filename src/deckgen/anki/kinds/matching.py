"""Matching: entries, and what each of them goes with."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

from deckgen.anki.kind import Kind

if TYPE_CHECKING:
    from deckgen.anki.pen import Pen
    from deckgen.core import Matching


def write(item: Matching, pen: Pen) -> tuple[str, ...]:
    """Write both sides for the front, the right one mixed, and the pairs for the back.

    Equal texts on the right are one choice; a choice is known by its number.
    """
    rights = list(dict.fromkeys((*(pair.right for pair in item.pairs), *item.extra)))
    numbers = {text: number for number, text in enumerate(rights, 1)}
    mixed = sorted(rights, key=lambda text: blake2b(f"{item.id}\n{text}".encode(), digest_size=8).digest())
    return (
        pen.block(item.prompt),
        pen.fill(
            "matching",
            "entries",
            [pen.inline(pair.left) for pair in item.pairs],
            [(pen.inline(text), numbers[text]) for text in mixed],
        ),
        pen.fill(
            "matching",
            "pairs",
            [(pen.inline(pair.left), pen.inline(pair.right), numbers[pair.right]) for pair in item.pairs],
        ),
    )


KIND = Kind(name="matching", own=("Question", "Entries", "Pairs"), tasks=("anki-task-matching",), write=write)
