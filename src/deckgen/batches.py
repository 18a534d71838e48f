"""Values in batches: what is done with all at once takes much memory, and one by one much time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

_Value = TypeVar("_Value")


def batches(values: Iterable[_Value], size: int) -> Iterator[list[_Value]]:
    """Yield values in lists of `size`, the last one with what is left."""
    rest = iter(values)
    while some := list(islice(rest, size)):
        yield some
