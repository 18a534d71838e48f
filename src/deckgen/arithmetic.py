"""Arithmetic that authors write, `(x - mu) / s`: exact numbers, no code, and an end to everything.

simpleeval walks the expression; which operators, functions and names there are is said here. Numbers are fractions,
so that `0.1 + 0.2` is `0.3`. What no fraction is (roots, logarithms) has 40 digits, correctly rounded by `decimal`;
angles have twelve decimals, where the C libraries of all systems agree. So a result is the same on every machine.
"""

from __future__ import annotations

import ast
import math
from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_EVEN, Context, Decimal, DecimalException
from fractions import Fraction
from functools import lru_cache
from threading import local
from typing import Any, Self

#: Letters of an expression; bits of a numerator or denominator; exponents; digits to round to.
_LONGEST, _BITS, _EXPONENT, _DIGITS = 300, 4096, 1000, 15
_MOST_CHOSEN_FROM = 1000
_DECIMAL = Context(prec=40, rounding=ROUND_HALF_EVEN)
_PLACES = 12
#: Beyond this a tangent is one of a right angle.
_STEEP = 10**12
PI = Fraction("3.141592653589793238462643383279502884197")
#: Names that stand for a number everywhere.
CONSTANTS = {"pi": PI}


class UnreadableError(ValueError):
    """What is written is not an expression; the message says why, and `piece` is the part that is meant."""

    def __init__(self, message: str, piece: str = "", proposal: str = "") -> None:
        super().__init__(message)
        self.piece = piece
        self.proposal = proposal


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


class Expression:
    """An expression that can be read."""

    def __init__(self, text: str) -> None:
        """Read an expression.

        Raises:
            UnreadableError: if it is none.
        """
        self.text = text.strip()
        self._tree = _parsed(self.text)
        names = [node.id for node in ast.walk(self._tree) if isinstance(node, ast.Name)]
        called = {id(node.func) for node in ast.walk(self._tree) if isinstance(node, ast.Call)}
        #: The names that it takes values of, each once.
        self.names: tuple[str, ...] = tuple(
            dict.fromkeys(
                node.id
                for node in ast.walk(self._tree)
                if isinstance(node, ast.Name) and id(node) not in called and node.id not in CONSTANTS
            )
        ) if names else ()  # fmt: skip

    def value(self, values: Mapping[str, Fraction]) -> Fraction:
        """Return its value, given those of its names.

        Raises:
            ImpossibleError: if it has none, such as a division by zero.
        """
        evaluator = _evaluator()
        evaluator.names = {**CONSTANTS, **values}
        try:
            value: Fraction = evaluator.eval(self.text, self._tree)
        except ZeroDivisionError:
            raise ImpossibleError("a division by zero") from None
        except (DecimalException, OverflowError, RecursionError):
            raise ImpossibleError("a number that is too large") from None
        return value


@lru_cache(maxsize=4096)
def expression(text: str) -> Expression:
    """Read an expression.

    Raises:
        UnreadableError: if it is none.
    """
    return Expression(text)


def has_end(value: Fraction) -> bool:
    """Return whether a number ends as a decimal, after few enough digits to be written."""
    rest = value.denominator
    for factor in (2, 5):
        while rest % factor == 0:
            rest //= factor
    return rest == 1 and len(_plain(value).strip("-0.")) <= _DIGITS + 1


def numeral(value: Fraction) -> str:
    """Write a number that has an end as TOML does (`-0.5`), a rounded one with all of its decimals (`1.30`)."""
    if isinstance(value, Rounded):
        return f"{Decimal(value.numerator) / Decimal(value.denominator):.{value.digits}f}"
    return _plain(value)


def _plain(value: Fraction) -> str:
    if value.denominator == 1:
        return str(value.numerator)
    return f"{_decimal(value):f}"


def _parsed(text: str) -> ast.expr:
    if not text:
        raise UnreadableError("it is empty")
    if len(text) > _LONGEST:
        raise UnreadableError(f"it is longer than {_LONGEST} characters")
    try:
        tree = ast.parse(text, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise UnreadableError("it is not an expression") from None
    _check(tree, text)
    return tree


def _check(node: ast.AST, text: str) -> None:
    """Refuse everything that is not arithmetic."""
    piece = ast.get_source_segment(text, node) or "" if isinstance(node, ast.expr) else ""
    inner: list[ast.expr]
    match node:
        case ast.BinOp():
            if isinstance(node.op, ast.BitXor):
                raise UnreadableError("`^` is no operator", "^", "**")
            if type(node.op) not in _OPERATORS:
                raise UnreadableError("an operator that there is not", piece)
            inner = [node.left, node.right]
        case ast.UnaryOp(op=ast.USub() | ast.UAdd()):
            inner = [node.operand]
        case ast.Constant(value=int() | float() as number) if not isinstance(number, bool):
            if not math.isfinite(number):
                raise UnreadableError("a number that is too large", piece)
            inner = []
        case ast.Name():
            inner = []
        case ast.Call(func=ast.Name(id=name)) if not node.keywords:
            if name not in _FUNCTIONS:
                raise UnreadableError(f"there is no function `{name}`", name, _near(name))
            least, most = _FUNCTIONS[name][1:]
            if not least <= len(node.args) <= most:
                wanted = str(least) if least == most else f"{least} to {most}"
                raise UnreadableError(f"`{name}` takes {wanted} numbers", piece)
            inner = node.args
        case _:
            raise UnreadableError("it is not arithmetic", piece)
    for each in inner:
        _check(each, text)


def _near(name: str) -> str:
    from deckgen.nearest import nearest

    return nearest(name, list(_FUNCTIONS)) or ""


#: Keeps the evaluator, which takes longer to make than to use; each thread has its own.
_kept = local()


def _evaluator() -> Any:
    if made := getattr(_kept, "evaluator", None):
        return made
    # Its import takes longer than reading most projects.
    from simpleeval import SimpleEval

    made = SimpleEval(operators=_OPERATORS, functions={name: one[0] for name, one in _FUNCTIONS.items()})
    wanted = (ast.BinOp, ast.UnaryOp, ast.Call, ast.Name)
    made.nodes = {kind: made.nodes[kind] for kind in wanted}
    made.nodes[ast.Constant] = lambda node: Fraction(repr(node.value))
    _kept.evaluator = made
    return made


def _bounded(value: Fraction) -> Fraction:
    if max(value.numerator.bit_length(), value.denominator.bit_length()) > _BITS:
        raise ImpossibleError("a number that is too large")
    return value


def _bound(operator: Callable[..., Fraction]) -> Callable[..., Fraction]:
    return lambda *numbers: _bounded(operator(*numbers))


def _decimal(value: Fraction) -> Decimal:
    return _DECIMAL.divide(Decimal(value.numerator), Decimal(value.denominator))


def _whole(value: Fraction, what: str) -> int:
    if value.denominator != 1 or value < 0:
        raise ImpossibleError(f"{what} of {_said(value)}")
    return value.numerator


def _said(value: Fraction) -> str:
    return _plain(value) if has_end(value) else f"{float(value):.6g}"


def _negative(value: Fraction) -> Fraction:
    return Rounded(-value, value.digits) if isinstance(value, Rounded) else -value


def _power(base: Fraction, exponent: Fraction) -> Fraction:
    if exponent == Fraction(1, 2):
        return _root(base)
    if exponent.denominator != 1:
        if base < 0:
            raise ImpossibleError(f"a broken power of {_said(base)}")
        return Fraction(_DECIMAL.power(_decimal(base), _decimal(exponent)))
    size = max(base.numerator.bit_length(), base.denominator.bit_length())
    if abs(exponent) > _EXPONENT or size * abs(exponent) > 2 * _BITS:
        raise ImpossibleError("a number that is too large")
    return Fraction(base) ** exponent.numerator


def _root(value: Fraction) -> Fraction:
    if value < 0:
        raise ImpossibleError(f"the square root of {_said(value)}")
    roots = Fraction(math.isqrt(value.numerator), math.isqrt(value.denominator))
    return roots if roots**2 == value else Fraction(_DECIMAL.sqrt(_decimal(value)))


def _logarithm(function: Callable[[Decimal], Decimal]) -> Callable[[Fraction], Fraction]:
    def logarithm(value: Fraction) -> Fraction:
        if value <= 0:
            raise ImpossibleError(f"the logarithm of {_said(value)}")
        return Fraction(function(_decimal(value)))

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
    if digits.denominator != 1 or abs(digits) > _DIGITS:
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


_OPERATORS: dict[type[ast.AST], Callable[..., Fraction]] = {
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
_FUNCTIONS: dict[str, tuple[Callable[..., Fraction], int, int]] = {
    "abs": (abs, 1, 1),
    "min": (min, 2, _MANY),
    "max": (max, 2, _MANY),
    "round": (_rounded, 1, 2),
    "floor": (lambda value: Fraction(math.floor(value)), 1, 1),
    "ceil": (lambda value: Fraction(math.ceil(value)), 1, 1),
    "sqrt": (_root, 1, 1),
    "exp": (_bound(lambda value: Fraction(_DECIMAL.exp(_decimal(value)))), 1, 1),
    "ln": (_logarithm(_DECIMAL.ln), 1, 1),
    "log10": (_logarithm(_DECIMAL.log10), 1, 1),
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
FUNCTIONS = tuple(_FUNCTIONS)
