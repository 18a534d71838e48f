"""Stand in for modules that a library imports and that nothing here ever uses."""

from __future__ import annotations

import functools
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType


@contextmanager
def stand_ins(*names: str) -> Iterator[None]:
    """Import what stands in this block with empty modules instead of these, where they are not loaded yet.

    genanki reads note types from YAML, finds out their cards by Mustache, and remembers them through a package
    that imports asyncio: a twentieth of a whole build goes into importing these, and none of it is needed.
    msgspec asks for typing_extensions where that happens to be there, and has its names from typing otherwise.
    """
    missing = {name: ModuleType(name) for name in names if name not in sys.modules}
    if "cached_property" in missing:
        missing["cached_property"].__dict__["cached_property"] = functools.cached_property
    sys.modules.update(missing)
    try:
        yield
    finally:
        for name in missing:
            del sys.modules[name]
