"""What learners will get: compare what they were given with what a build would give them.

Pure: nothing is read or written here.
"""

from __future__ import annotations

from deckgen.diff.compare import compare
from deckgen.diff.contents import DeckContents, NoteTypeVersion
from deckgen.diff.difference import Difference
from deckgen.diff.formats import FORMATS

__all__ = ["FORMATS", "DeckContents", "Difference", "NoteTypeVersion", "compare"]
