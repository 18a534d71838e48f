"""Numbers of things in messages."""

from __future__ import annotations


def counted(number: int, one: str, several: str = "") -> str:
    """Say how many there are: `1 note`, `2,000 notes`; `several` is the plural where it is not `one` with an `s`."""
    return f"{number:,} {one if number == 1 else several or f'{one}s'}"
