"""What learners will get: compare what they were given with what a build would give them.

Pure: nothing is read or written here.
"""

from __future__ import annotations

from deckgen.diff.compare import compare
from deckgen.diff.difference import Difference
from deckgen.diff.formats import FORMATS
from deckgen.diff.given import Given, TypeLook

__all__ = ["FORMATS", "Difference", "Given", "TypeLook", "compare"]
