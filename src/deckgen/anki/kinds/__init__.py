"""The kinds of note, one per file. A new kind is a file here, a folder in `templates/anki/`, and a line below."""

from __future__ import annotations

from deckgen.anki.kinds import (
    choice,
    cloze,
    concept,
    contrast,
    matching,
    multiple,
    numeric,
    open,  # noqa: A004
    ordering,
    short,
    true_false,
    word,
)

KINDS = {
    module.KIND.name: module.KIND
    for module in (
        choice,
        multiple,
        true_false,
        cloze,
        numeric,
        short,
        ordering,
        matching,
        open,
        concept,
        contrast,
        word,
    )
}
