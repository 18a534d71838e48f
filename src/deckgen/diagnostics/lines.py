"""A text as lines."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=4)  # diagnostics come sorted by file, and all of a file ask for the same lines
def lines_of(text: str) -> tuple[str, ...]:
    """Split a text as TOML does, at LF and CRLF only; a text always has a last line, often empty."""
    return tuple(line.removesuffix("\r") for line in text.split("\n"))
