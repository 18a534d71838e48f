"""A word has no card.

Its `directions`, or those of its deck, are empty, or name `listen` alone for a word without a sound.

Bad:
    ```toml
    [deck]
    name       = "Spanish"
    language   = "es"
    directions = ["listen"]

    [[word]]
    id      = "gato"
    term    = "el gato"
    meaning = ["cat"]
    ```

Good:
    ```toml
    [deck]
    name       = "Spanish"
    language   = "es"
    directions = ["recognise", "listen"]

    [[word]]
    id      = "gato"
    term    = "el gato"
    meaning = ["cat"]
    ```
"""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.diagnostics import Diagnostic, Place, Related
from deckgen.language.manuscript import Manuscript
from deckgen.rules._rule import Rule
from deckgen.rules._words import words_by_deck

RULE = Rule(__name__)


def check_all(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Look at the directions of every word."""
    for words in words_by_deck(manuscript):
        for each in words:
            if {*each.directions} - ({"listen"} if not each.word.sound else set()):
                continue
            own = each.word.directions
            if own:
                # Told by `listen-without-sound`.
                continue
            deck = Place(each.place.file, ("deck", "directions"))
            yield RULE.error(
                f"the word `{each.word.term}` has no card",
                each.place.child("directions") if own is not None else each.place.header(),
                "name a direction" if own is not None else "add `directions`, or a `sound`",
                related=() if own is not None else (Related(deck, "the directions of the deck"),),
            )
