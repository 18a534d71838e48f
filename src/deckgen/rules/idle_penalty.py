"""A penalty takes less than it says, because the floor is above it.

No question costs more than its `floor` allows. Where `floor` is missing, a wrong answer costs its `penalty`.

Bad:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id      = "zero-is-even"
    type    = "true-false"
    prompt  = "Zero is even."
    answer  = true
    penalty = 0.5
    floor   = 0
    ```

Good:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id      = "zero-is-even"
    type    = "true-false"
    prompt  = "Zero is even."
    answer  = true
    penalty = 0.5
    ```
"""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.core.number import number, percentage
from deckgen.diagnostics import Diagnostic, Place, Severity
from deckgen.language.manuscript import Manuscript
from deckgen.language.question.common import Graded
from deckgen.language.scoring import Says, written
from deckgen.language.sheet import Sheet
from deckgen.rules._rule import Rule

RULE = Rule(__name__)
SEVERITY = Severity.WARNING
KINDS = (Graded, Sheet)


def check(item: Graded | Sheet, at: Place) -> Iterator[Diagnostic]:
    """Compare the penalty of a question, a sheet or a section with its floor."""
    yield from _check(item, at)
    if isinstance(item, Sheet):
        for index, section in enumerate(item.section):
            yield from _check(section, at.child("section", index))


def check_all(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Compare the penalty of the project with its floor."""
    yield from _check(manuscript.project.sheet, Place("deckgen.toml", ("sheet",)))


def _check(said: Says, at: Place) -> Iterator[Diagnostic]:
    if said.penalty is None or said.floor is None or said.floor > 0:
        return
    text = written(said.penalty)
    # What a share comes to depends on the points of each question: only a floor of 0 is above it for sure.
    value = number(percentage(text) or text)
    if value is None or value <= 0:
        return
    if said.floor == 0:
        yield RULE.warning("`penalty` takes nothing", at.child("penalty"), "because `floor` is 0")
    elif not percentage(text) and value > -said.floor:
        yield RULE.warning(
            "`penalty` is not taken in full", at.child("penalty"), f"because `floor` is {said.floor:g}"
        )
