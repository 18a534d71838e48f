"""The rules: one file each, named after its code, documented by its docstring.

A rule module holds one or more of
- `check(item, at)` with `KINDS`, the classes of `deckgen.language` it looks at: one item at a time;
- `check_all(manuscript)`: the whole project;
- `found(…)`: called by the one step of the compiler that can see the mistake.

A new rule is a new file; nothing else needs to be told.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from functools import cache
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from deckgen.diagnostics import Diagnostic, Place
    from deckgen.language.manuscript import Manuscript

    ItemCheck = Callable[[Any, Place], Iterator[Diagnostic]]
    ProjectCheck = Callable[[Manuscript], Iterator[Diagnostic]]


@cache
def modules() -> dict[str, ModuleType]:
    """Import every rule; by code, sorted."""
    names = sorted(info.name for info in pkgutil.iter_modules(__path__) if not info.name.startswith("_"))
    return {name.replace("_", "-"): importlib.import_module(f"{__name__}.{name}") for name in names}


@cache
def item_checks(kind: type[Any]) -> tuple[ItemCheck, ...]:
    """Return the checks for items of a class."""
    return tuple(
        module.check
        for module in modules().values()
        if hasattr(module, "check") and issubclass(kind, module.KINDS)
    )


@cache
def project_checks() -> tuple[ProjectCheck, ...]:
    """Return the checks of whole projects."""
    return tuple(module.check_all for module in modules().values() if hasattr(module, "check_all"))
