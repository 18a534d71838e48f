"""Diagnostics: what is wrong in an author's files, where, and how to mend it."""

from __future__ import annotations

from deckgen.diagnostics.diagnostic import (
    Diagnostic,
    Edit,
    Located,
    Path,
    Place,
    Related,
    Report,
    Severity,
    Span,
)

__all__ = ["Diagnostic", "Edit", "Located", "Path", "Place", "Related", "Report", "Severity", "Span"]
