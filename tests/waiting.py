"""Waiting for what is seen: the one place that knows for how long, which is no matter while tests pass."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

#: Seconds until what does not come is given up, on machines that are busy with much else. Nothing is expected to
#: take as long: how long things take is for `bench/` to say.
PATIENCE = 240
_Seen = TypeVar("_Seen")


def until(seen: Callable[[], _Seen], what: str, pause: Callable[[float], object] = time.sleep) -> _Seen:
    """Ask again and again until there is something to be seen, and return it.

    `pause` waits between two looks for as many seconds as it is told; a page of Playwright needs its own.
    """
    end = time.monotonic() + PATIENCE
    while not (found := seen()):
        assert time.monotonic() < end, f"not seen: {what}"
        pause(0.01)
    return found


def until_equal(
    expected: object, seen: Callable[[], object], pause: Callable[[float], object] = time.sleep
) -> None:
    """Ask again and again until what is seen equals what is expected; where it never does, show both."""
    end = time.monotonic() + PATIENCE
    while (found := seen()) != expected and time.monotonic() < end:
        pause(0.01)
    assert found == expected
