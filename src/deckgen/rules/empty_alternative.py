"""A picture or sound has no alternative text.

It is what a screen reader says, and what is shown where the picture cannot be; on paper it is next to the mark for a
sound. Say what the learner is to see or hear, without giving the answer away. Of notes whose type was made in Anki it
is not asked.

Bad:
    ```toml
    [deck]
    name = "Geometry"

    [[question]]
    id     = "square"
    type   = "short"
    prompt = "What is this? ![](media/square.png)"
    answer = "A square"
    ```

Good:
    ```toml
    [deck]
    name = "Geometry"

    [[question]]
    id     = "square"
    type   = "short"
    prompt = "What is this? ![Four equal sides, four right angles](media/square.png)"
    answer = "A square"
    ```
"""

from __future__ import annotations

from collections.abc import Iterable

from deckgen.diagnostics import Diagnostic, Place
from deckgen.language.manuscript import Manuscript
from deckgen.language.note import Note
from deckgen.rules._rule import Rule, quoted
from deckgen.text import Problem

RULE = Rule(__name__)


def found(problem: Problem, place: Place) -> Diagnostic:
    """Return the diagnostic for a picture or sound that says nothing."""
    return RULE.warning(problem.message, place.part(quoted(problem.message)), "say what it is: `![…](…)`")


def of_authors(found: Iterable[Diagnostic], manuscript: Manuscript) -> list[Diagnostic]:
    """Return diagnostics without those of this rule for notes of adopted types."""
    adopted = {name for name, kind in manuscript.note_types.items() if kind.adopted}
    if not adopted:
        return list(found)
    notes = {
        (entry.place.file, entry.place.table, entry.place.path)
        for file in manuscript.files
        for entry in file.entries
        if isinstance(entry.item, Note) and entry.item.type in adopted
    }
    return [
        each
        for each in found
        if each.code != RULE.code or (each.place.file, each.place.table, each.place.path[:2]) not in notes
    ]
