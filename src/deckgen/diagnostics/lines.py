"""A text as lines."""

from __future__ import annotations

from functools import lru_cache

# Diagnostics come sorted by file, and all those of a file ask for the same lines.
_FILES = 4


@lru_cache(maxsize=_FILES)
def lines_of(text: str) -> tuple[str, ...]:
    """Split a text as TOML does, at LF and CRLF only; a text always has a last line, often empty."""
    return tuple(line.removesuffix("\r") for line in text.split("\n"))


@lru_cache(maxsize=_FILES)
def line_break_of(text: str) -> str:
    """Return how the lines of a text end."""
    return "\r\n" if "\r\n" in text else "\n"
