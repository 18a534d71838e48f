"""Sheets on paper: HTML pages that print well, one a version, and their key."""

from __future__ import annotations

from deckgen.sheet.export import export, pages
from deckgen.sheet.profile import PageProfile

__all__ = ["PageProfile", "export", "pages"]
