"""Diagnostics for the page: what a terminal shows of each, as pieces of text with roles."""

from __future__ import annotations

from typing import Any

from deckgen.diagnostics import Report
from deckgen.diagnostics.paint import Line, Piece
from deckgen.diagnostics.text import blocks

#: So many are shown at most.
_MOST = 100
#: Cells of the excerpts.
_WIDTH = 110


def problems(report: Report) -> list[dict[str, Any]]:
    """Return each diagnostic as values for JSON: severity, code, message, file, line and the pieces of its excerpt."""
    first = Report(report.found[:_MOST], report.texts)
    return [
        {
            "severity": item.diagnostic.severity.value,
            "code": item.diagnostic.code,
            "message": item.diagnostic.message,
            "file": item.diagnostic.place.file,
            "line": item.span.line if item.span else None,
            "column": item.span.column if item.span else None,
            # In a spreadsheet: `sheet "Lesson 1", row 12, column C`.
            "cell": str(item.diagnostic.place.cell or ""),
            # The first line is the message, the second the place.
            "excerpt": _pieces(block[2:]),
        }
        for item, block in zip(first.found, blocks(first, _WIDTH), strict=True)
    ]


def _pieces(lines: list[Line]) -> list[tuple[str, str]]:
    """Return lines as pieces (role, text), with line breaks between them."""
    pieces = [piece for line in lines for piece in (Piece("\n"), *line)][1:]
    return [(piece.role, piece.text) for piece in pieces if piece.text]
