"""A word has the direction `listen`, and no sound to listen to.

`directions` of a deck may name `listen` for all words: those without a `sound` have no such card. A word that names it
itself needs one.

Bad:
    ```toml
    [deck]
    name     = "Spanish"
    language = "es"

    [[word]]
    id         = "gato"
    term       = "el gato"
    meaning    = ["cat"]
    directions = ["recognise", "listen"]
    ```

Good:
    ```toml
    [deck]
    name     = "Spanish"
    language = "es"

    [[word]]
    id         = "gato"
    term       = "el gato"
    meaning    = ["cat"]
    directions = ["recognise", "produce"]
    ```
"""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.diagnostics import Diagnostic, Place
from deckgen.language.word import Word
from deckgen.rules._rule import Rule

RULE = Rule(__name__)
KINDS = (Word,)


def check(word: Word, at: Place) -> Iterator[Diagnostic]:
    """Look for the sound of a word that is to be heard."""
    if not word.sound and "listen" in (word.directions or ()):
        place = at.child("directions", (word.directions or ()).index("listen"))
        yield RULE.error(
            "a word to listen to, without a sound", place, 'add `sound = "media/….mp3"`, or take it away'
        )
