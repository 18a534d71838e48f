"""A cache for results that take long, such as drawn formulas, across builds and projects."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
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


def known(name: str) -> bytes | None:
    """Return what was kept under a name, None if there is nothing."""
    return _caches[0].get(name) if _caches else None


def keep(name: str, content: bytes) -> None:
    """Keep something under a name; a cache that cannot be written does not matter."""
    if _caches:
        with suppress(OSError):
            _caches[0].put(name, content)


def cached(function: Callable[..., str | None]) -> Callable[..., str | None]:
    """Cache the results of a function of a formula, which depend on its arguments only."""

    @lru_cache(maxsize=_HELD)
    @wraps(function)
    def ask(latex: str, **settings: bool) -> str | None:
        name = f"{function.__name__} {sorted(settings.items())} {latex}"
        before = known(name)
        if before is not None:
            return msgspec.msgpack.decode(before, type=str | None)
        answer = function(latex, **settings)
        keep(name, msgspec.msgpack.encode(answer))
        return answer

    return ask
