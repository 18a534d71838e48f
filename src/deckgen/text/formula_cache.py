"""A cache for results about formulas, across builds: the libraries that compute them load slowly."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Protocol

import msgspec

#: Results in memory.
_HELD = 4096


class Cache(Protocol):
    """Stores bytes by name; what it does not have, or cannot store, is computed again."""

    def get(self, name: str) -> bytes | None:
        """Return what was stored under a name, None if there is nothing."""

    def put(self, name: str, content: bytes) -> None:
        """Keep something under a name.

        Raises:
            OSError: if it cannot be cached.
        """


_caches: list[Cache] = []


def use_cache(cache: Cache) -> None:
    """Cache results from now on."""
    _caches[:] = [cache]


def cached(function: Callable[..., str | None]) -> Callable[..., str | None]:
    """Cache the results of a function of a formula, which depend on its arguments only."""

    @lru_cache(maxsize=_HELD)
    @wraps(function)
    def ask(latex: str, **settings: bool) -> str | None:
        if not _caches:
            return function(latex, **settings)
        name = f"{function.__name__} {sorted(settings.items())} {latex}"
        known = _caches[0].get(name)
        if known is not None:
            return msgspec.msgpack.decode(known, type=str | None)
        answer = function(latex, **settings)
        try:
            _caches[0].put(name, msgspec.msgpack.encode(answer))
        except OSError:
            # A cache that cannot be written does not matter.
            return answer
        return answer

    return ask
