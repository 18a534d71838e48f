"""Advice on items: what the literature on writing test items warns of. One file each, documented by its docstring.

A module holds one or more of
- `check(item, at, settings)` with `KINDS`, the classes of `deckgen.language` it looks at: one item at a time;
- `check_course(context)`: decks and sheets as a whole.

A module that reads words names the languages it knows in `LANGUAGES`, and is silent in others. A new one is a new
file; nothing else changes. Advice is not a mistake: it fails nothing, and `[advice] accepted` in
`deckgen.toml` says what is not followed.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from deckgen.advice import stale_acceptance
from deckgen.advice._context import Context
from deckgen.diagnostics.rule import rules_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from types import ModuleType

    from deckgen.core import Course
    from deckgen.diagnostics import Diagnostic, Place
    from deckgen.language.manuscript import Manuscript


@cache
def modules() -> dict[str, ModuleType]:
    """Import every piece of advice; by code, sorted."""
    import deckgen.advice

    return rules_in(deckgen.advice)


def advise(course: Course, manuscript: Manuscript) -> list[Diagnostic]:
    """Return the advice on a course without errors, but for what its project accepts."""
    context = Context(course, manuscript)
    accepted = manuscript.project.advice.accepted
    used: set[str] = set()
    kept = []
    for diagnostic, names in _found(context):
        hits = {entry for entry in accepted if _covers(entry, diagnostic.code, names)}
        used |= hits
        if not hits:
            kept.append(diagnostic)
    stale = [
        stale_acceptance.found(entry, index) for index, entry in enumerate(accepted) if entry not in used
    ]
    return kept + stale


def _found(context: Context) -> Iterator[tuple[Diagnostic, tuple[str, ...]]]:
    """Yield each piece of advice, and the ids of what it is about."""
    language = context.course.project.language.partition("-")[0].lower()
    known = [module for module in modules().values() if language in getattr(module, "LANGUAGES", (language,))]
    for entry in context.entries:
        for module in known:
            if hasattr(module, "check") and isinstance(entry.item, module.KINDS):
                for diagnostic in module.check(entry.item, entry.place, context.settings):
                    yield diagnostic, (entry.item.id,)
    for module in known:
        if hasattr(module, "check_course"):
            for diagnostic in module.check_course(context):
                places = [diagnostic.place, *(one.place for one in diagnostic.related)]
                yield diagnostic, tuple(_names(places, context))


def _names(places: Iterable[Place], context: Context) -> Iterator[str]:
    for place in places:
        yield context.name_at(place)


def _covers(entry: str, code: str, names: tuple[str, ...]) -> bool:
    """Return whether an entry of `accepted` (a code, or a code and an id) is about a piece of advice."""
    wanted, _, name = entry.partition(" ")
    return wanted == code and (not name or name.strip() in names)
