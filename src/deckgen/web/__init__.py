"""The web target: quizzes, study guides, tables and an index as pages that need no server."""

from __future__ import annotations

from deckgen.web.export import export, pages

__all__ = ["export", "pages"]
