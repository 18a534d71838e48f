"""Cells of CSV files, which people open in spreadsheet programs."""

from __future__ import annotations

#: What a formula begins with (https://owasp.org/www-community/attacks/CSV_Injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_text(cell: str) -> str:
    """Return a text as a cell that no spreadsheet program takes for a formula."""
    return f"'{cell}" if cell[:1] in _FORMULA else cell
