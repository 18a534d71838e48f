"""Reading: the one place where a project's files come in from disk."""

from __future__ import annotations

from deckgen.reading.media import read_media
from deckgen.reading.project import Snapshot, read_project

__all__ = ["Snapshot", "read_media", "read_project"]
