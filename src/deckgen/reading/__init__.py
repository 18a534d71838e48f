"""Reading: the one place where a project's files come in from disk."""

from __future__ import annotations

from deckgen.reading.media import pictures_in, read_media
from deckgen.reading.project import LOCK_FILE, Snapshot, read_project

__all__ = ["LOCK_FILE", "Snapshot", "pictures_in", "read_media", "read_project"]
