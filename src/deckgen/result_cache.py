"""A cache for results that take long, such as drawn formulas, across builds and projects."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache, wraps
from pathlib import Path
from typing import Protocol

import msgspec

#: Results in memory.
_HELD = 4096


def cache_folder() -> Path:
    """Return the folder for caches: `DECKGEN_CACHE`, or the usual place of the system."""
    if given := os.environ.get("DECKGEN_CACHE"):
        return Path(given)
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local"
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "deckgen"


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
