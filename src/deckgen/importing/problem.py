"""Why a deck cannot be read."""

from __future__ import annotations

from deckgen.diagnostics import Diagnostic
from deckgen.rules import unreadable_deck
from deckgen.text.characters import clean


class UnreadableError(ValueError):
    """A file that cannot be taken over; the diagnostic says which, where and why."""

    def __init__(self, file: str, why: str, help_: str = "", *, line: int = 0) -> None:
        """Take the name of the file, and why it cannot be read, which follows on its name.

        Both may quote what is in the file: control characters, which a terminal would obey, are replaced.
        """
        self.diagnostic: Diagnostic = unreadable_deck.found(clean(file), clean(why), clean(help_), line=line)
        super().__init__(self.diagnostic.message)
