"""How a language writes lists; for numbers see `deckgen.words.numbers`."""

from __future__ import annotations

WORDS = {
    # What stands between the names in a list, with its space.
    "list-comma": ", ",
}
