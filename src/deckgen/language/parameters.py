"""`params` of a question: values that are drawn, and answers that are calculated from them."""

from __future__ import annotations

from fractions import Fraction
from math import isfinite, prod
from typing import Annotated

import msgspec
from msgspec import Meta

Number = int | float
#: A value of a parameter: a number, or a text that no expression calculates with.
Value = Fraction | str
#: So many values at most has one parameter.
MOST_VALUES = 10_000


class Parameter(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, gc=False):
    """What a parameter is drawn from: the numbers from `min` to `max`, or a list."""

    min: Annotated[Number | None, Meta(description="The least number.")] = None
    max: Annotated[Number | None, Meta(description="The greatest number.")] = None
    step: Annotated[
        Number | None,
        Meta(
            description="From one number to the next; 1 where it is missing.",
            extra_json_schema={"exclusiveMinimum": 0},
        ),
    ] = None
    one_of: Annotated[
        tuple[Number | str, ...],
        Meta(description="The values, instead of `min` and `max`: numbers, or texts."),
    ] = ()


class Expression(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, gc=False):
    """A number that is calculated from the parameters."""

    expr: Annotated[str, Meta(description="Arithmetic with the names of parameters: `(x - mu) / s`.")]
    digits: Annotated[
        int | None,
        Meta(
            description="Digits after the decimal sign that the result is rounded to; only where it ends before, it "
            "may be missing.",
            extra_json_schema={"minimum": 0, "maximum": 15},
        ),
    ] = None


Params = Annotated[
    dict[str, Number | str | Parameter],
    Meta(
        description="Names for values that are drawn: `{ mu = { min = 50, max = 150, step = 10 }, x = { one_of = "
        "[85, 110] }, s = 15 }`. `@{mu}` and `@{x - mu}` stand for them in every text of the question."
    ),
]


def exact(number: Number) -> Fraction:
    """Return the number that the author wrote, which a float is only near to; it must be finite."""
    return Fraction(repr(number))


def is_number(value: object) -> bool:
    """Return whether a value of a parameter is a finite number."""
    return isinstance(value, int | float) and isfinite(value)


def has_texts(parameter: Number | str | Parameter) -> bool:
    """Return whether a parameter, which may have mistakes, has values that no expression calculates with."""
    given = parameter.one_of if isinstance(parameter, Parameter) else (parameter,)
    return any(isinstance(value, str) for value in given)


def values(parameter: Number | str | Parameter) -> tuple[Value, ...]:
    """Return the values of a parameter without mistakes, in order."""
    if not isinstance(parameter, Parameter):
        return (_value(parameter),)
    if parameter.min is None or parameter.max is None:
        return tuple(map(_value, parameter.one_of))
    first, step = exact(parameter.min), exact(1 if parameter.step is None else parameter.step)
    return tuple(first + step * place for place in range(steps(parameter)))


def steps(parameter: Parameter) -> int:
    """Count the numbers of a parameter with `min` and `max`."""
    if parameter.min is None or parameter.max is None:
        return 0
    step = exact(1 if parameter.step is None else parameter.step)
    return int((exact(parameter.max) - exact(parameter.min)) // step) + 1


def _value(value: Number | str) -> Value:
    return value if isinstance(value, str) else exact(value)


class Combinations(msgspec.Struct, frozen=True):
    """All combinations of the values of some parameters, by their numbers from 0."""

    names: tuple[str, ...]
    values: tuple[tuple[Value, ...], ...]

    def __len__(self) -> int:
        return prod(map(len, self.values))

    def __getitem__(self, number: int) -> dict[str, Value]:
        made: dict[str, Value] = {}
        for name, each in zip(self.names, self.values, strict=True):
            number, place = divmod(number, len(each))
            made[name] = each[place]
        return made


def combinations(params: dict[str, Number | str | Parameter]) -> Combinations:
    """Return the combinations of parameters without mistakes."""
    return Combinations(tuple(params), tuple(map(values, params.values())))
