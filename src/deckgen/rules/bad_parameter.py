"""A parameter of a question has no values to draw from, or a name that no expression can say.

A parameter is `{ min = 50, max = 150, step = 10 }`, `{ one_of = [85, 110] }`, or a number or text that stays the same.
Its name begins with a letter, and has letters, digits and `_`. In a `[[table]]`, where `@{…}` stands for a column of
the spreadsheet, there are no parameters.

Bad:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id     = "sum"
    type   = "numeric"
    params = { a = { min = 90, max = 10 }, b = { one_of = [] } }
    prompt = "What is @{a} + @{b}?"
    answer = { expr = "a + b" }
    ```

Good:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id     = "sum"
    type   = "numeric"
    params = { a = { min = 10, max = 90 }, b = { one_of = [7, 8, 9] } }
    prompt = "What is @{a} + @{b}?"
    answer = { expr = "a + b" }
    ```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from keyword import iskeyword

from deckgen.arithmetic import CONSTANTS
from deckgen.diagnostics import Diagnostic, Place
from deckgen.language.parameters import MOST_VALUES, Number, Parameter, exact, is_number, steps
from deckgen.language.question import Question
from deckgen.rules._rule import Rule

RULE = Rule(__name__)

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")


def is_name(name: str) -> bool:
    """Return whether an expression can name a parameter so."""
    return bool(_NAME.fullmatch(name)) and not iskeyword(name) and name not in CONSTANTS


def of_question(question: Question, at: Place) -> Iterator[Diagnostic]:
    """Yield what is wrong with the parameters of a question."""
    for name, parameter in question.params.items():
        place = at.child("params", name)
        if name in CONSTANTS:
            yield RULE.error(f"`{name}` is a number already", place.key(), "choose another name")
        elif iskeyword(name):
            yield RULE.error(f"a parameter cannot be called `{name}`", place.key(), "choose another name")
        elif not is_name(name):
            label = "letters, digits and `_`, a letter first"
            yield RULE.error(f"a parameter cannot be called `{name}`", place.key(), label)
        yield from _of(name, parameter, place)


def _of(name: str, parameter: Number | str | Parameter, at: Place) -> Iterator[Diagnostic]:
    if not isinstance(parameter, Parameter):
        if not isinstance(parameter, str) and not is_number(parameter):
            yield RULE.error(f"`{name}` is not a finite number", at)
        return
    ends = {"min": parameter.min, "max": parameter.max}
    steps_of = {key: number for key, number in {**ends, "step": parameter.step}.items() if number is not None}
    if parameter.one_of:
        for key in steps_of:
            yield RULE.error(
                f"`{key}` and `one_of` exclude each other", at.child(key).key(), "remove one of them"
            )
        seen = set()
        for place, value in enumerate(parameter.one_of):
            if not isinstance(value, str) and not is_number(value):
                yield RULE.error(f"a value of `{name}` is not a finite number", at.child("one_of", place))
            elif value in seen:
                yield RULE.error(f"`{name}` has the same value twice", at.child("one_of", place))
            seen.add(value)
        return
    infinite = [key for key, number in steps_of.items() if not is_number(number)]
    for key in infinite:
        yield RULE.error(f"`{key}` of `{name}` is not a finite number", at.child(key))
    if infinite:
        return
    missing = [key for key, number in ends.items() if number is None]
    if len(missing) == len(ends):
        yield RULE.error(f"`{name}` has no values", at, "give it `min` and `max`, or `one_of`")
    elif missing:
        yield RULE.error(f"`{name}` has no `{missing[0]}`", at, f"give it `{missing[0]}` as well")
    elif parameter.step is not None and parameter.step <= 0:
        yield RULE.error(f"the step of `{name}` is out of range", at.child("step"), "must be greater than 0")
    elif exact(parameter.max or 0) < exact(parameter.min or 0):
        yield RULE.error(f"`{name}` has no values: its `max` is less than its `min`", at.child("max"))
    elif steps(parameter) > MOST_VALUES:
        yield RULE.error(
            f"`{name}` has more than {MOST_VALUES:,} values", at, "take a larger `step`, or fewer numbers"
        )


def in_table(place: Place) -> Diagnostic:
    """Return the diagnostic for parameters of the rows of a spreadsheet; `place` is that of the table."""
    return RULE.error(
        "the rows of a table have no parameters: `@{…}` is a column there",
        place.child("params").key(),
        "write such a question as a `[[question]]`",
    )
