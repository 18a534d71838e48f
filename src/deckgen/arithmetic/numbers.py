"""Exact numbers, and how they are written."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction
from typing import Self

#: Digits to write.
DIGITS = 15
#: What no fraction is has so many digits.
DECIMAL = Context(prec=40, rounding=ROUND_HALF_EVEN)


class ImpossibleError(ArithmeticError):
    """An expression has no value; the message says why."""


class Rounded(Fraction):
    """A number that was rounded: it is written with so many decimals, and calculated with like any other."""

    __slots__ = ("digits",)
    digits: int

    def __new__(cls, value: Fraction, digits: int) -> Self:
        """Round a number, halves away from zero."""
        scale = Fraction(10) ** digits
        whole = (abs(value) * scale + Fraction(1, 2)).__floor__()
        made = super().__new__(cls, whole if value >= 0 else -whole)
        made = super().__new__(cls, Fraction(made) / scale)
        made.digits = max(digits, 0)
        return made


def has_end(value: Fraction) -> bool:
    """Return whether a number ends as a decimal, after few enough digits to be written."""
    rest = value.denominator
    for factor in (2, 5):
        while rest % factor == 0:
            rest //= factor
    return rest == 1 and len(plain(value).strip("-0.")) <= DIGITS + 1


def numeral(value: Fraction) -> str:
    """Write a number that has an end as TOML does (`-0.5`), a rounded one with all of its decimals (`1.30`)."""
    if isinstance(value, Rounded):
        return f"{Decimal(value.numerator) / Decimal(value.denominator):.{value.digits}f}"
    return plain(value)


def plain(value: Fraction) -> str:
    """Write a number without an exponent."""
    if value.denominator == 1:
        return str(value.numerator)
    return f"{decimal(value):f}"


def decimal(value: Fraction) -> Decimal:
    """Return a number with 40 digits."""
    return DECIMAL.divide(Decimal(value.numerator), Decimal(value.denominator))
