"""Anki would rewrite the name of a deck.

Anki trims each part between `::`, calls an empty part "blank" and drops control characters; decks are
matched by name, so a learner's deck would no longer be the one that updates arrive in. A deck `Default` is in every
collection already: one of a package becomes `Default_`, or its cards come into that one.

Bad:
    ```toml
    [deck]
    name = "Mathematics:: Arithmetic"
    ```

Good:
    ```toml
    [deck]
    name = "Mathematics::Arithmetic"
    ```
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from deckgen.diagnostics import Diagnostic
from deckgen.language.manuscript import Manuscript
from deckgen.rules._rule import Rule

RULE = Rule(__name__)

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
#: Characters of a part; a package is named after the first, and file systems take 255 bytes.
LONGEST_PART = 100
#: The deck that each collection begins with; Anki tells names apart whatever their case.
_ANKIS_OWN = "default"


def check_all(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Check the name of every deck."""
    for file in manuscript.files:
        if file.deck and file.deck.name.casefold() == _ANKIS_OWN:
            yield RULE.error(
                "each collection of Anki has a deck `Default` already",
                file.deck_name,
                "choose another name",
            )
        elif file.deck is None or file.deck.name == as_anki_writes(file.deck.name):
            if file.deck and max(map(len, file.deck.name.split("::"))) > LONGEST_PART:
                yield RULE.error(
                    "a part of the deck's name is too long",
                    file.deck_name,
                    f"more than {LONGEST_PART} characters",
                )
        else:
            yield RULE.error(
                f"Anki would call the deck `{as_anki_writes(file.deck.name)}`",
                file.deck_name,
                "write it that way, or choose another name",
            )


def as_anki_writes(name: str) -> str:
    """Return a deck name as Anki writes it: each part trimmed, without control characters, in NFC."""
    parts = [_CONTROL.sub("", unicodedata.normalize("NFC", part)).strip() for part in name.split("::")]
    return "::".join(part or "blank" for part in parts)
