"""Expressions are calculated exactly, the same everywhere, and nothing but arithmetic is."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckgen.arithmetic import FUNCTIONS, ImpossibleError, UnreadableError, expression, has_end, numeral
from laws import all_hold

VALUES = {"x": Fraction(85), "mu": Fraction(100), "s": Fraction(15), "h": Fraction("0.1")}
WRITTEN = {
    "0.1 + 0.2": "0.3",
    "h * 3": "0.3",
    "(x - mu) / s": "-1",
    "round((x - 90) / s, 2)": "-0.33",
    "-round(1 / 8, 2)": "-0.13",
    "round(2.5)": "3",
    "round(-2.5)": "-3",
    "round(1.299, 2)": "1.30",
    "round(1.299, 2) + 0": "1.3",
    "round(-0.001, 2)": "0.00",
    "round(1234, -2)": "1200",
    "2**10": "1024",
    "2**-2": "0.25",
    "-3**2": "-9",
    "16**0.5": "4",
    "sqrt(0.25)": "0.5",
    "round(sqrt(2), 10)": "1.4142135624",
    "7 // 2 + 7 % 2": "4",
    "sin(radians(30))": "0.5",
    "cos(radians(180))": "-1",
    "sin(radians(180))": "0",
    "round(degrees(atan(1)), 3)": "45.000",
    "round(exp(1), 5)": "2.71828",
    "round(ln(10), 5)": "2.30259",
    "log10(1000)": "3",
    "factorial(20)": "2432902008176640000",
    "comb(49, 6)": "13983816",
    "max(x, mu) - min(x, mu, s)": "85",
    "abs(x - mu) + floor(1.9) + ceil(1.1)": "18",
    "round(pi, 4)": "3.1416",
}
UNREADABLE = (
    "", " ", "x^2", "x +", "x = 2", "x; 2", "foo(3)", "__import__('os')", "x.real", "'a' * 3", "[1, 2]", "x if x else 2",
    "x < 2", "not x", "True", "1j", "1e999", "max(1)", "round(1, digits=2)", "(lambda: 1)()", "{x}", "f'{x}'", "x\n+ 1\n2",
    "~x", "x @ x", "x << 2", "(x := 2)", "...", "sqrt", "(" * 200, "x" * 301, "\0", "*x", "abs(*x)",
)  # fmt: skip
IMPOSSIBLE = (
    "1 / 0", "x % 0", "x // (s - 15)", "0**-1", "sqrt(-1)", "(-8)**0.3", "ln(0)", "log10(-1)", "tan(radians(90))", "asin(2)",
    "factorial(-1)", "factorial(2.5)", "factorial(9999)", "comb(5000, 2)", "9**9**9", "2**99999", "(2**1000)**1000",
    "exp(99999)", "exp(exp(99))", "round(1, 99)", "sin(9**400)",
)  # fmt: skip


def test_expressions_are_exact() -> None:
    """Fractions are no floats, roots and logarithms have forty digits, halves are rounded away from zero."""

    def check(case: tuple[str, str]) -> None:
        text, wanted = case
        assert numeral(expression(text).value(VALUES)) == wanted

    all_hold(((text, (text, wanted)) for text, wanted in WRITTEN.items()), check)


def test_nothing_but_arithmetic_is_read() -> None:
    """Names without a value, texts, comparisons, attributes, calls of anything else: none of it is run."""

    def check(text: str) -> None:
        with pytest.raises(UnreadableError):
            expression(text)

    # A function by itself is a name.
    all_hold(((text[:20], text) for text in UNREADABLE if text != "sqrt"), check)
    assert expression("sqrt").names == ("sqrt",)


def test_what_has_no_value_is_told_and_never_takes_long() -> None:
    """Division by zero, roots of negative numbers, and numbers too large to be worked with."""

    def check(text: str) -> None:
        with pytest.raises(ImpossibleError):
            expression(text).value(VALUES)

    all_hold(((text, text) for text in IMPOSSIBLE), check)


_PIECES = [*"xs0123456789.+-*/%^()[], '\"=<>{}", *(f"{name}(" for name in FUNCTIONS)]


@given(st.lists(st.sampled_from(_PIECES), max_size=20).map("".join))
def test_any_text_has_a_value_or_is_told(text: str) -> None:
    """Nothing that is written raises anything else."""
    try:
        read = expression(text)
        value = read.value(dict.fromkeys(read.names, Fraction(3)))
    except (UnreadableError, ImpossibleError):
        return
    assert Fraction(numeral(value)) == value or not has_end(value)


def test_only_numbers_that_end_are_written() -> None:
    """A third and a root have no end; fifteen digits are enough for anything else."""
    ends = {
        "1 / 3": False,
        "sqrt(2)": False,
        "1 / 2**60": False,
        "1 / 1024": True,
        "x / 8": True,
        "10**30": True,
    }
    assert {text: has_end(expression(text).value(VALUES)) for text in ends} == ends
