"""Diagnostics for the page: what a terminal shows of each, in pieces that are coloured by their roles."""

from __future__ import annotations

from typing import Any

from deckgen.diagnostics import Report
from deckgen.diagnostics.text import blocks

#: So many are shown; nobody reads more at once.
_MOST = 100
#: Around a painted piece and its role: noncharacters, which no text that has been checked holds.
_ROLE, _TEXT, _END = "\ufdd0", "\ufdd1", "\ufdd4"
#: What a piece may be (`deckgen.diagnostics.paint`).
ROLES = frozenset({"error", "warning", "advice", "strong", "frame", "second", "help", "escape"})
#: Cells of the excerpts.
_WIDTH = 110


def problems(report: Report) -> list[dict[str, Any]]:
    """Return each diagnostic as JSON takes it: severity, code, message, file, line and the pieces of its excerpt."""
    first = Report(report.found[:_MOST], report.texts)
    told = blocks(first, _paint, _WIDTH)
    return [
        {
            "severity": item.diagnostic.severity.value,
            "code": item.diagnostic.code,
            "message": item.diagnostic.message,
            "file": item.diagnostic.place.file,
            "line": item.span.line if item.span else None,
            "column": item.span.column if item.span else None,
            # The first line is the message, the second the place.
            "excerpt": _pieces(block.partition("\n")[2].partition("\n")[2]),
        }
        for item, block in zip(first.found, told, strict=True)
    ]


def _paint(role: str, text: str) -> str:
    return f"{_ROLE}{role}{_TEXT}{text}{_END}" if text else ""


def _pieces(text: str) -> list[tuple[str, str]]:
    """Part a painted text into (role, text), the role empty where nothing was painted."""
    pieces = []
    plain, *painted = text.split(_ROLE)
    if plain:
        pieces.append(("", plain))
    for part in painted:
        role, _, rest = part.partition(_TEXT)
        inner, _, after = rest.partition(_END)
        pieces.append((role if role in ROLES else "", inner))
        if after:
            pieces.append(("", after))
    return pieces
