"""A table of grades does not give every score one grade.

`[grades]` in `deckgen.toml`, and `grades` of a sheet, name the least score of each grade: points, or per cent of the
sheet's points in quotes. They go down from the best one, each lower than the one before, to one from 0. Points and per
cent are not mixed, because nobody could see which is more.

Bad:
    ```toml file=deckgen.toml
    id = "example"
    title = "Example"

    [grades]
    A = "90 %"
    B = "95 %"
    C = "60 %"
    ```

Good:
    ```toml file=deckgen.toml
    id = "example"
    title = "Example"

    [grades]
    A = "95 %"
    B = "90 %"
    C = "60 %"
    F = "0 %"
    ```
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from deckgen.core.number import number, percentage
from deckgen.diagnostics import Diagnostic, Place
from deckgen.language.manuscript import Manuscript
from deckgen.language.scoring import Grades, written
from deckgen.language.sheet import Sheet
from deckgen.rules._rule import Rule

if TYPE_CHECKING:
    from fractions import Fraction

RULE = Rule(__name__)
KINDS = (Sheet,)


def check(sheet: Sheet, at: Place) -> Iterator[Diagnostic]:
    """Check the grades of a sheet."""
    if sheet.grades is not None:
        yield from _check(sheet.grades, at.child("grades"))


def check_all(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Check the grades of the project."""
    yield from _check(manuscript.project.grades, Place("deckgen.toml", ("grades",)))


def _check(grades: Grades, at: Place) -> Iterator[Diagnostic]:
    scores: list[tuple[str, Fraction]] = []
    for name, least in grades.items():
        value = _value(least)
        if value is None:
            yield RULE.error(
                f"`{least}` is not a least score",
                at.child(name),
                'write points, `27`, or per cent of them in quotes, `"50 %"`',
            )
            return
        if not name.strip():
            yield RULE.error("a grade has no name", at.child(name).key())
            return
        scores.append((name, value))
    if not scores:
        return
    first, *others = grades.values()
    for (name, _), least in zip(scores[1:], others, strict=True):
        if bool(percentage(written(least))) != bool(percentage(written(first))):
            yield RULE.error(
                "grades mix points and per cent", at.child(name), f"the first one has `{written(first)}`"
            )
            return
    yield from _check_order(scores, at)


def _check_order(scores: list[tuple[str, Fraction]], at: Place) -> Iterator[Diagnostic]:
    for (better, above), (name, least) in pairwise(scores):
        if least == above:
            yield RULE.error(f"the grades `{better}` and `{name}` begin at the same score", at.child(name))
        elif least > above:
            yield RULE.error(
                f"the grade `{name}` begins above `{better}`", at.child(name), "put the best grade first"
            )
    name, least = scores[-1]
    if least:
        yield RULE.error(
            f"no grade for less than `{name}` wants", at.child(name), "give the last grade from 0"
        )


def _value(least: float | str) -> Fraction | None:
    """Return a least score, in points or per cent; None where it is not one."""
    text = written(least)
    share = percentage(text)
    value = number(share or text)
    return None if value is None or value < 0 or (share and value > 100) else value  # noqa: PLR2004 - per cent
