"""Arithmetic that authors write, `(x - mu) / s`: exact numbers, no code, and an end to everything.

simpleeval walks the expression; which operators, functions and names there are is said here. Numbers are fractions,
so that `0.1 + 0.2` is `0.3`. What no fraction is (roots, logarithms) has 40 digits, correctly rounded by `decimal`;
angles have twelve decimals, where the C libraries of all systems agree. So a result is the same on every machine.
"""

from deckgen.arithmetic.expression import Expression, UnreadableError, expression
from deckgen.arithmetic.functions import CONSTANTS, FUNCTIONS
from deckgen.arithmetic.numbers import ImpossibleError, Rounded, has_end, numeral

__all__ = [
    "CONSTANTS",
    "FUNCTIONS",
    "Expression",
    "ImpossibleError",
    "Rounded",
    "UnreadableError",
    "expression",
    "has_end",
    "numeral",
]
