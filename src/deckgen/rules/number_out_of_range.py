"""A number is too small or too large for its key.

It could only be a slip: no question is worth less than nothing, and no answer has a negative tolerance.

Bad:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id        = "pi"
    type      = "numeric"
    prompt    = "What is the ratio of a circle's circumference to its diameter?"
    answer    = 3.14159
    tolerance = -0.01
    ```

Good:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id        = "pi"
    type      = "numeric"
    prompt    = "What is the ratio of a circle's circumference to its diameter?"
    answer    = 3.14159
    tolerance = 0.01
    ```
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from deckgen.core.number import number, percentage
from deckgen.diagnostics import Diagnostic, Path, Place
from deckgen.language.manuscript import Manuscript
from deckgen.language.parameters import Expression
from deckgen.language.printing import FLASHCARDS_A_PAGE, SIZES, Printing, Profile
from deckgen.language.question import Numeric, Open, Question
from deckgen.language.question.common import Graded
from deckgen.language.question.numeric import spelled
from deckgen.language.scoring import Says, written
from deckgen.language.sheet import Sheet
from deckgen.rules._rule import Rule

RULE = Rule(__name__)
KINDS = (Question, Sheet)

#: Versions are named by the letters of the alphabet.
MOST_VERSIONS = 26
#: As many bubbles as fit beside the head of an answer sheet.
MOST_DIGITS = 12
#: Lines to write on that fit in the head of a sheet, beside name, class and date.
MOST_FIELDS = 4
#: Longer than any page; more is a slip of the finger.
MOST_LINES = 100
_WHOLE = 100


def check(item: Question | Sheet, at: Place) -> Iterator[Diagnostic]:
    """Check every number of an item."""
    if isinstance(item, Sheet):
        yield from _check_sheet(item, at)
        return
    if not (0 < item.points < math.inf):
        yield _found("points", "greater than 0", at.child("points"))
    if isinstance(item, Graded):
        yield from _check_scoring(item, at, item.points)
    if isinstance(item, Numeric) and not isinstance(item.answer, Expression):
        # The rule `bad-number` tells of texts that are not numbers.
        if not math.isfinite(_value(item.answer)):
            yield _found("answer", "a finite number", at.child("answer"))
        if not (0 <= _value(item.tolerance) < math.inf):
            yield _found("tolerance", "0 or greater", at.child("tolerance"))
    elif isinstance(item, Open) and not 1 <= item.lines <= MOST_LINES:
        yield _found("lines", f"from 1 to {MOST_LINES}", at.child("lines"))


def _check_scoring(said: Says, at: Place, points: float = math.inf) -> Iterator[Diagnostic]:
    """Check a penalty, of a question with so many points, and a floor."""
    if said.floor is not None and not (-math.inf < said.floor <= 0):
        yield _found(
            "floor", "0 or less: a wrong answer is worth no more than a blank one", at.child("floor")
        )
    if said.penalty is None or (isinstance(said.penalty, float) and not math.isfinite(said.penalty)):
        if said.penalty is not None:
            yield _found("penalty", "a finite number", at.child("penalty"))
        return
    text = written(said.penalty)
    share = percentage(text)
    value = number(share or text)
    # The rule `bad-number` tells of texts that are not numbers.
    if value is None:
        return
    if value < 0:
        yield _found("penalty", "0 or greater: it is taken off", at.child("penalty"))
    elif share and value > _WHOLE:
        yield _found("penalty", "100 % or less", at.child("penalty"))
    elif not share and value > points:
        yield _found("penalty", f"{points:g} or less, which the question is worth", at.child("penalty"))


def _value(number_or_tolerance: float | str) -> float:
    """Return what a number or tolerance comes to, 0 for what is not a number."""
    if not isinstance(number_or_tolerance, str):
        return number_or_tolerance
    value = number(spelled(number_or_tolerance).removesuffix("%").strip())
    # Of a fraction that is too large for a float the sign is enough.
    return 0 if value is None else (value > 0) - (value < 0)


def _check_head(printing: Sheet | Printing, at: Place) -> Iterator[Diagnostic]:
    if len(printing.head or ()) > MOST_FIELDS:
        yield _found("head", f"at most {MOST_FIELDS} lines", at.child("head"))


def _check_sheet(sheet: Sheet, at: Place) -> Iterator[Diagnostic]:
    yield from _check_head(sheet, at)
    yield from _check_sizes(sheet, at)
    yield from _check_scoring(sheet, at)
    for index, section in enumerate(sheet.section):
        yield from _check_scoring(section, at.child("section", index))
    if not 1 <= sheet.versions <= MOST_VERSIONS:
        yield _found("versions", f"from 1 to {MOST_VERSIONS}", at.child("versions"))
    if sheet.time is not None and sheet.time < 1:
        yield _found("time", "1 minute or more", at.child("time"))
    if sheet.student_number is not None and not 1 <= sheet.student_number <= MOST_DIGITS:
        yield _found("student_number", f"from 1 to {MOST_DIGITS}", at.child("student_number"))
    drawing: list[tuple[Path, Any]] = [((), sheet)]
    drawing += [(("pool", i), pool) for i, pool in enumerate(sheet.pool)]
    for i, section in enumerate(sheet.section):
        drawing.append((("section", i), section))
        drawing += [(("section", i, "pool", j), pool) for j, pool in enumerate(section.pool)]
    for path, drawer in drawing:
        if drawer.draw is not None and drawer.draw < 1:
            yield _found("draw", "1 or greater", at.child(*path, "draw"))


def _check_sizes(printing: Sheet | Printing, at: Place) -> Iterator[Diagnostic]:
    places = [(printing.profile, at.child("profile"))]
    places += [(profile, at.child("also", i)) for i, profile in enumerate(printing.also or ())]
    for profile, place in places:
        if isinstance(profile, Profile) and not SIZES[0] <= profile.size <= SIZES[1]:
            yield _found("size", f"from {SIZES[0]} to {SIZES[1]} points", place.child("size"))


def check_all(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Check the numbers of the project."""
    if manuscript.project.anki.keep_retired < 0:
        yield _found("keep_retired", "0 or greater", Place("deckgen.toml", ("anki", "keep_retired")))
    printing = manuscript.project.sheet
    yield from _check_sizes(printing, Place("deckgen.toml", ("sheet",)))
    yield from _check_head(printing, Place("deckgen.toml", ("sheet",)))
    yield from _check_scoring(printing, Place("deckgen.toml", ("sheet",)))
    if printing.flashcards not in FLASHCARDS_A_PAGE:
        yield _found("flashcards", "0, 8 or 10", Place("deckgen.toml", ("sheet", "flashcards")))


def _found(key: str, wanted: str, place: Place) -> Diagnostic:
    return RULE.error(f"`{key}` is out of range", place, f"must be {wanted}")
