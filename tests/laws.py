"""How often laws are tried, and how cases by the hundred are checked in one test."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import TypeVar

from hypothesis import settings

#: `make test-long` tries so many times as many examples as `make test`.
_TIMES = int(os.environ.get("DECKGEN_EXAMPLES", "1"))
_Case = TypeVar("_Case")


def law(examples: int, **how: object) -> settings:
    """Return the settings of a law: how many examples to try, and anything else that Hypothesis takes.

    `conftest` says what holds of all.
    """
    return settings(max_examples=examples * _TIMES, **how)  # type: ignore[arg-type]


def all_hold(cases: Iterable[tuple[str, _Case]], check: Callable[[_Case], None]) -> None:
    """Check all cases, and fail with the names of those that do not hold and what is wrong with each.

    One test for hundreds of small cases: each test by itself would take longer to begin than to run.
    """
    wrong, count = [], 0
    for count, (name, case) in enumerate(cases, 1):  # noqa: B007 - counted
        try:
            check(case)
        except Exception as error:  # noqa: BLE001 - told below
            wrong.append(f"{name}: {type(error).__name__}: {error}")
    assert count, "no cases"
    assert not wrong, f"{len(wrong)} of {count}:\n\n" + "\n\n".join(wrong)
