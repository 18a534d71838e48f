"""Who ticks every option of a question earns points.

By `partial = "each"`, the default, a wrong option takes what a right one gives. So where more options are right than
wrong, ticking all of them is worth something without any knowledge; by `"balanced"` it is worth nothing. Only sheets
that say something of points (`penalty`, `floor`, `partial`, `grades`) are looked at.
Zeileis, Umlauf & Leisch 2014 (doi:10.18637/jss.v058.i01), on evaluation policies for multiple choice.

Bad:
    ```toml
    [deck]
    name = "Numbers"

    [[question]]
    id          = "primes"
    type        = "multiple"
    prompt      = "Which of these are prime?"
    answers     = ["2", "3", "5"]
    distractors = ["4"]

    [[sheet]]
    id     = "numbers"
    title  = "Numbers"
    from   = ["Numbers"]
    grades = { pass = "50 %", fail = "0 %" }
    ```

Good:
    ```toml
    [deck]
    name = "Numbers"

    [[question]]
    id          = "primes"
    type        = "multiple"
    prompt      = "Which of these are prime?"
    answers     = ["2", "3", "5"]
    distractors = ["4"]
    partial     = "balanced"

    [[sheet]]
    id     = "numbers"
    title  = "Numbers"
    from   = ["Numbers"]
    grades = { pass = "50 %", fail = "0 %" }
    ```
"""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.advice._context import Context
from deckgen.advice._rule import AdviceRule
from deckgen.core import Choice
from deckgen.diagnostics import Diagnostic
from deckgen.scoring import score
from deckgen.sheet.points import says_points
from deckgen.sheet.version import Question

RULE = AdviceRule(__name__)


def check_course(context: Context) -> Iterator[Diagnostic]:
    """Tick everything on each sheet that says something of points."""
    told: set[str] = set()
    for sheet in context.course.sheets:
        version = context.versions[sheet.id][0]
        if not (sheet.grades or says_points(version)):
            continue
        for question in version.questions:
            if question.item.id not in told and _earns(question):
                told.add(question.item.id)
                yield RULE.advice(
                    f"who ticks every option of `{question.item.id}` earns points",
                    context.place(question.item),
                    'with `partial = "balanced"` it is worth nothing',
                )


def _earns(question: Question) -> bool:
    """Return whether all options together, some of which are wrong, are worth anything."""
    item = question.item
    if not isinstance(item, Choice) or not item.multiple or all(option.right for option in item.options):
        return False
    every = frozenset(str(place) for place in range(len(item.options)))
    right = frozenset(str(place) for place, option in enumerate(item.options) if option.right)
    return score(question.rule, [every], [right]) > 0
