"""Two items have the same id.

An id names one note forever; Anki would import both notes under one GUID and mix up their histories.
The questions made from tables count too: `table/row/which/concept`.

Bad:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id     = "product"
    type   = "short"
    prompt = "What is six times seven?"
    answer = "42"

    [[question]]
    id     = "product"
    type   = "short"
    prompt = "What is seven times eight?"
    answer = "56"
    ```

Good:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id     = "six-times-seven"
    type   = "short"
    prompt = "What is six times seven?"
    answer = "42"

    [[question]]
    id     = "seven-times-eight"
    type   = "short"
    prompt = "What is seven times eight?"
    answer = "56"
    ```
"""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.diagnostics import Diagnostic, Place, Related
from deckgen.language.comparison import Comparison, Match, Row
from deckgen.language.manuscript import Manuscript
from deckgen.language.word import Word
from deckgen.rules._rule import Rule

RULE = Rule(__name__)


def check_all(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Check items, rows, matches, stems and sheets against each other."""
    first: dict[str, Place] = {}
    for entry in manuscript.items if len(manuscript.by_id) < len(manuscript.items) else ():
        yield from _claim(entry.item.id, entry.place, first)
    for entry in manuscript.entries(Comparison):
        tables: dict[str, tuple[Row | Match, ...]] = {"row": entry.item.row, "match": entry.item.match}
        for kind, parts in tables.items():
            seen: dict[str, Place] = {}
            for index, part in enumerate(parts):
                yield from _claim(part.id, entry.place.child(kind, index), seen)
    for entry in manuscript.entries(Word):
        names: dict[str, Place] = {}
        for name, index in entry.item.gapped():
            yield from _claim(name, entry.place.child("examples", index), names)
    stems: dict[str, Place] = {}
    for file in manuscript.files:
        for entry in file.stems:
            yield from _claim(entry.item.id, entry.place, stems)
    sheets: dict[str, Place] = {}
    for entry in manuscript.sheets():
        yield from _claim(entry.item.id, entry.place, sheets)


def _claim(id_: str, place: Place, first: dict[str, Place]) -> Iterator[Diagnostic]:
    there = first.setdefault(id_, place)
    if there is not place:
        yield RULE.error(
            f"duplicate id `{id_}`",
            place.child("id"),
            related=(Related(there.child("id"), "first used here"),),
            help="give the newer one another id; the older one's belongs to its learners' history",
        )
