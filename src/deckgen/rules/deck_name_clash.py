"""Two decks have names that differ in capitals only.

Anki matches decks by name without regard to case: both would become one.

Bad:
    ```toml
    [deck]
    name = "ARITHMETIC"
    ```

Good:
    ```toml
    [deck]
    name = "Arithmetic"
    ```
"""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.diagnostics import Diagnostic, Place, Related
from deckgen.language.manuscript import Manuscript
from deckgen.rules._rule import Rule

RULE = Rule(__name__)


def check_all(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Compare the names of all decks and of the decks above them."""
    first: dict[str, tuple[str, Place]] = {}
    for file in manuscript.files:
        if file.deck is None:
            continue
        place = file.deck_name
        parts = file.deck.name.split("::")
        for length in range(1, len(parts) + 1):
            name = "::".join(parts[:length])
            known, there = first.setdefault(name.casefold(), (name, place))
            if known != name:
                yield RULE.error(
                    f"deck `{name}` differs from `{known}` in capitals only",
                    place,
                    related=(Related(there, "the other"),),
                    help="Anki takes both for one deck: write them alike",
                )
                break
