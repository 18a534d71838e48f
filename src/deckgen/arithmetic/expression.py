"""Expressions: reading and evaluating them. simpleeval walks the tree; what may be in one is said here."""

from __future__ import annotations

import ast
import math
from collections.abc import Mapping
from decimal import DecimalException
from fractions import Fraction
from functools import lru_cache
from threading import local
from typing import Any

from deckgen.arithmetic.functions import CONSTANTS, FUNCTIONS, OPERATORS
from deckgen.arithmetic.numbers import ImpossibleError

#: Letters of an expression.
_LONGEST = 300


class UnreadableError(ValueError):
    """What is written is not an expression; the message says why, and `piece` is the part that is meant."""

    def __init__(self, message: str, piece: str = "", proposal: str = "") -> None:
        super().__init__(message)
        self.piece = piece
        self.proposal = proposal


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
            if type(node.op) not in OPERATORS:
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
            if name not in FUNCTIONS:
                raise UnreadableError(f"there is no function `{name}`", name, _near(name))
            least, most = FUNCTIONS[name][1:]
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

    return nearest(name, list(FUNCTIONS)) or ""


#: Keeps the evaluator, which takes longer to make than to use; each thread has its own.
_kept = local()


def _evaluator() -> Any:
    if made := getattr(_kept, "evaluator", None):
        return made
    # Its import takes longer than reading most projects.
    from simpleeval import SimpleEval

    made = SimpleEval(operators=OPERATORS, functions={name: one[0] for name, one in FUNCTIONS.items()})
    wanted = (ast.BinOp, ast.UnaryOp, ast.Call, ast.Name)
    made.nodes = {kind: made.nodes[kind] for kind in wanted}
    made.nodes[ast.Constant] = lambda node: Fraction(repr(node.value))
    _kept.evaluator = made
    return made
