"""Ranks: what decides every permanent choice, such as the order of a printed sheet and the numbers of a question.

The rank of a name under a key is

    SHA-256( key 1 LF key 2 LF … LF name ), all in UTF-8, compared as bytes.

Nothing else decides: no random generator, no version of Python, no machine. Changing anything here changes printed
sheets that lie in drawers: tests pin it.
"""

from __future__ import annotations

from hashlib import sha256

Key = tuple[str, ...]


def rank(key: Key, name: str) -> bytes:
    """Return the rank of `name` under `key`."""
    return sha256("\n".join((*key, name)).encode()).digest()
