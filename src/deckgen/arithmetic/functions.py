"""The operators and functions of expressions: each has an end, and gives a number or says why there is none."""

from __future__ import annotations

import ast
import math
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

from deckgen.arithmetic.numbers import DECIMAL, DIGITS, ImpossibleError, Rounded, decimal, has_end, plain

#: Bits of a numerator or denominator; exponents.
_BITS, _EXPONENT = 4096, 1000
_MOST_CHOSEN_FROM = 1000
_PLACES = 12
#: Beyond this a tangent is one of a right angle.
_STEEP = 10**12
PI = Fraction("3.141592653589793238462643383279502884197")
#: Names that stand for a number everywhere.
CONSTANTS = {"pi": PI}


def _bounded(value: Fraction) -> Fraction:
    if max(value.numerator.bit_length(), value.denominator.bit_length()) > _BITS:
        raise ImpossibleError("a number that is too large")
    return value


def _bound(operator: Callable[..., Fraction]) -> Callable[..., Fraction]:
    return lambda *numbers: _bounded(operator(*numbers))


def _whole(value: Fraction, what: str) -> int:
    if value.denominator != 1 or value < 0:
        raise ImpossibleError(f"{what} of {_said(value)}")
    return value.numerator


def _said(value: Fraction) -> str:
    return plain(value) if has_end(value) else f"{float(value):.6g}"


def _negative(value: Fraction) -> Fraction:
    return Rounded(-value, value.digits) if isinstance(value, Rounded) else -value


def _power(base: Fraction, exponent: Fraction) -> Fraction:
    if exponent == Fraction(1, 2):
        return _root(base)
    if exponent.denominator != 1:
        if base < 0:
            raise ImpossibleError(f"a broken power of {_said(base)}")
        return Fraction(DECIMAL.power(decimal(base), decimal(exponent)))
    size = max(base.numerator.bit_length(), base.denominator.bit_length())
    if abs(exponent) > _EXPONENT or size * abs(exponent) > 2 * _BITS:
        raise ImpossibleError("a number that is too large")
    return Fraction(base) ** exponent.numerator


def _root(value: Fraction) -> Fraction:
    if value < 0:
        raise ImpossibleError(f"the square root of {_said(value)}")
    roots = Fraction(math.isqrt(value.numerator), math.isqrt(value.denominator))
    return roots if roots**2 == value else Fraction(DECIMAL.sqrt(decimal(value)))


def _logarithm(function: Callable[[Decimal], Decimal]) -> Callable[[Fraction], Fraction]:
    def logarithm(value: Fraction) -> Fraction:
        if value <= 0:
            raise ImpossibleError(f"the logarithm of {_said(value)}")
        return Fraction(function(decimal(value)))

    return logarithm


def _of_angles(name: str, function: Callable[[float], float]) -> Callable[[Fraction], Fraction]:
    def of_angles(value: Fraction) -> Fraction:
        try:
            found = function(float(value))
        except ValueError:
            raise ImpossibleError(f"the {name} of {_said(value)}") from None
        if abs(found) > _STEEP:
            raise ImpossibleError(f"the {name} of a right angle")
        return Fraction(f"{found:.{_PLACES}f}")

    return of_angles


def _rounded(value: Fraction, digits: Fraction = Fraction(0)) -> Rounded:
    if digits.denominator != 1 or abs(digits) > DIGITS:
        raise ImpossibleError(f"rounding to {_said(digits)} digits")
    return Rounded(value, digits.numerator)


def _factorial(value: Fraction) -> Fraction:
    number = _whole(value, "the factorial")
    if number > _MOST_CHOSEN_FROM:
        raise ImpossibleError("a number that is too large")
    return Fraction(math.factorial(number))


def _choices(all_: Fraction, chosen: Fraction) -> Fraction:
    numbers = _whole(all_, "the combinations"), _whole(chosen, "the combinations")
    if numbers[0] > _MOST_CHOSEN_FROM:
        raise ImpossibleError("a number that is too large")
    return Fraction(math.comb(*numbers))


OPERATORS: dict[type[ast.AST], Callable[..., Fraction]] = {
    ast.Add: _bound(lambda a, b: a + b),
    ast.Sub: _bound(lambda a, b: a - b),
    ast.Mult: _bound(lambda a, b: a * b),
    ast.Div: _bound(lambda a, b: a / b),
    ast.FloorDiv: _bound(lambda a, b: Fraction(a // b)),
    ast.Mod: _bound(lambda a, b: a % b),
    ast.Pow: _bound(_power),
    ast.USub: _negative,
    ast.UAdd: lambda a: a,
}
_MANY = 20
#: The functions, and how many numbers they take.
FUNCTIONS: dict[str, tuple[Callable[..., Fraction], int, int]] = {
    "abs": (abs, 1, 1),
    "min": (min, 2, _MANY),
    "max": (max, 2, _MANY),
    "round": (_rounded, 1, 2),
    "floor": (lambda value: Fraction(math.floor(value)), 1, 1),
    "ceil": (lambda value: Fraction(math.ceil(value)), 1, 1),
    "sqrt": (_root, 1, 1),
    "exp": (_bound(lambda value: Fraction(DECIMAL.exp(decimal(value)))), 1, 1),
    "ln": (_logarithm(DECIMAL.ln), 1, 1),
    "log10": (_logarithm(DECIMAL.log10), 1, 1),
    "sin": (_of_angles("sine", math.sin), 1, 1),
    "cos": (_of_angles("cosine", math.cos), 1, 1),
    "tan": (_of_angles("tangent", math.tan), 1, 1),
    "asin": (_of_angles("arcsine", math.asin), 1, 1),
    "acos": (_of_angles("arccosine", math.acos), 1, 1),
    "atan": (_of_angles("arctangent", math.atan), 1, 1),
    "radians": (lambda value: value * PI / 180, 1, 1),
    "degrees": (lambda value: value * 180 / PI, 1, 1),
    "factorial": (_bound(_factorial), 1, 1),
    "comb": (_bound(_choices), 2, 2),
}
