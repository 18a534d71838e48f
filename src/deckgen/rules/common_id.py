"""The id of a project is one that others are likely to have.

Anki tells notes apart by their GUIDs, which come from the ids of project and item. Two projects with one id overwrite
each other's notes in the collection of anybody who learns with both. `deckgen new` creates unique ids. Once learners
have a deck, its id stays, so this is reported only while there is no `deckgen.lock`.

Bad:
    ```toml file=deckgen.toml
    id    = "my-course"
    title = "My course"
    ```

Good:
    ```toml file=deckgen.toml
    id    = "my-course-k7x2m9qd4tza"
    title = "My course"
    ```
"""

from __future__ import annotations

from deckgen.diagnostics import Diagnostic, Place, Severity
from deckgen.rules._rule import Rule

RULE = Rule(__name__)
SEVERITY = Severity.WARNING

#: What folders and first projects are called.
_COMMON_NAMES = """
anki biology cards chemistry course courses deck deckgen decks demo english exam example exams flashcards french
geography german history language languages maths mathematics music my networking new physics programming project
python quiz quizzes sample school spanish starter template test tests tour unit untitled vocabulary
"""
_COMMON = frozenset(_COMMON_NAMES.split()) | {"socket-and-port"}
_NUMBERS = frozenset({"the", "1", "2", "3"})
_FEW = 2


def is_common(id_: str) -> bool:
    """Return whether a project's id is likely somebody else's as well."""
    words = id_.split("-")
    return (
        id_ in _COMMON
        or id_.isdigit()
        or (len(words) <= _FEW and set(words) <= _COMMON | {"the", "1", "2", "3"})
    )


def found(id_: str, file: str) -> Diagnostic:
    """Return the diagnostic for the id of a project that has not been built yet."""
    return RULE.warning(
        f"`{id_}` may be the id of another project as well",
        Place(file, ("id",)),
        "add letters that make it unique",
        help="two projects with one id overwrite each other's notes in Anki",
    )
