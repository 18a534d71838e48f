"""deckgen: turn questions written in TOML into Anki decks, printable sheets and web quizzes."""

from __future__ import annotations

__all__ = ["__version__"]

__version__ = "0.1.0"
