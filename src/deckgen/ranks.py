"""Ranks: what decides every permanent choice, such as the order of a printed sheet and the numbers of a question.

The rank of a name under a key is

    SHA-256( key 1 LF key 2 LF … LF name ), all in UTF-8, compared as bytes.

Nothing else decides: no random generator, no version of Python, no machine. Changing anything here changes printed
sheets that lie in drawers: tests pin it.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

Key = tuple[str, ...]
#: Positions in a sequence.
Order = tuple[int, ...]


def rank(key: Key, name: str) -> bytes:
    """Return the rank of `name` under `key`."""
    return sha256("\n".join((*key, name)).encode()).digest()


def shuffled(names: Sequence[str], key: Key) -> Order:
    """Return the positions in `names` in shuffled order; equal names keep theirs."""
    # As `rank`, with what all have in common hashed once: a pool may have thousands of names.
    start = sha256("\n".join((*key, "")).encode())
    ranks = []
    for name in names:
        hash_ = start.copy()
        hash_.update(name.encode())
        ranks.append(hash_.digest())
    return tuple(sorted(range(len(names)), key=ranks.__getitem__))


def drawn(names: Sequence[str], count: int, key: Key) -> tuple[str, ...]:
    """Draw `count` of `names` (all, when there are fewer) and keep them in their order."""
    chosen = sorted(shuffled(names, key)[:count])
    return tuple(names[position] for position in chosen)
