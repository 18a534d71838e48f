"""What a project says of its items, and where: for reports that name them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from deckgen.cli.session import compile_at, report
from deckgen.core import Choice

if TYPE_CHECKING:
    from deckgen.core import Item
    from deckgen.marking.report import Wording


def wordings(root: Path) -> tuple[dict[str, Wording], str]:
    """Return the wording of each item by its id, and the language; nothing, and English, of a project with errors."""
    from deckgen.diagnostics import Diagnostic
    from deckgen.marking.report import Wording

    compiled, snapshot, _ = compile_at(root)
    if compiled.course is None or compiled.manuscript is None:
        return {}, "en"
    places = [
        Diagnostic(code="item", message=id_, place=entry.place)
        for id_, entry in compiled.manuscript.by_id.items()
    ]
    where = {
        each.diagnostic.message: f"{each.diagnostic.place.file}:{each.span.line}"
        for each in report(places, snapshot).found
        if each.span
    }
    course = compiled.course
    made = {item.id: Wording(_prompt(item), _options(item), where.get(item.id, "")) for item in course.items}
    return made, course.project.language


def _prompt(item: Item) -> str:
    return str(getattr(item, "prompt", "")) or item.id


def _options(item: Item) -> dict[int, str]:
    if isinstance(item, Choice):
        return {option.source: str(option.text) for option in item.options}
    return {}
