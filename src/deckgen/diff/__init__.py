"""Compare what learners have with what a build would give them.

Pure: no module here reads or writes files.
"""

from __future__ import annotations

from deckgen.diff.compare import compare
from deckgen.diff.contents import DeckContents, NoteTypeVersion
from deckgen.diff.difference import Difference
from deckgen.diff.formats import FORMATS

__all__ = ["FORMATS", "DeckContents", "Difference", "NoteTypeVersion", "compare"]
