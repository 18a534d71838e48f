"""Diagnostics: what is wrong in an author's files, where, and how to fix it."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from deckgen.diagnostics.diagnostic import (
        Cell,
        Diagnostic,
        Edit,
        Located,
        Path,
        Place,
        Related,
        Report,
        Severity,
        Span,
        TableRef,
        errors_among,
    )

__all__ = [
    "Cell",
    "Diagnostic",
    "Edit",
    "Located",
    "Path",
    "Place",
    "Related",
    "Report",
    "Severity",
    "Span",
    "TableRef",
    "errors_among",
]


def __getattr__(name: str) -> object:
    """Import the records when one is asked for: the command line needs the names of the formats alone, and at once."""
    if name not in __all__:
        raise AttributeError(name)
    from deckgen.diagnostics import diagnostic

    return getattr(diagnostic, name)
