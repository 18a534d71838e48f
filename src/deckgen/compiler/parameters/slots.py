"""Texts with placeholders for numbers: how a value is written where it stands.

In prose a number is written as the project's language writes it. In a formula it has the language's decimal sign and no
groups, in code it is as TOML has it. A negative number is in brackets after an operator, after a factor and before a
power: `3 + (−2)`, `(−2)²`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from html import escape
from typing import Any, Literal

import msgspec

from deckgen.arithmetic import Expression, ImpossibleError, UnreadableError, expression, has_end, numeral
from deckgen.core.text import Html, Text
from deckgen.language.parameters import Value
from deckgen.numerals import written
from deckgen.patterns import lazy_pattern
from deckgen.placeholders import template
from deckgen.text.literal import LiteralKind, literals
from deckgen.words.numbers import marks

#: Commands of a formula after which a negative number is in brackets: operators and functions.
_BEFORE = frozenset(
    "cdot times div pm mp ast sin cos tan arcsin arccos arctan sinh cosh tanh ln log exp min max".split()  # noqa: SIM905
)
_COMMAND = lazy_pattern(r"\\([A-Za-z]+)\s*$")
_WORDS = lazy_pattern(r"\\(?:text\w*|mathrm|operatorname)\{[^{}]*\}\s*$")
#: An operator after a number, a bracket or a letter that stands for one.
_OPERATION = lazy_pattern(r"(?:[\d)\]²³]|(?<![^\W_])[A-Za-z])\s*(?:[+−×·÷/^-]|\\?\*(?=\s))\s*$")
_POWER = lazy_pattern(r"\s*[\^²³]|<sup>")
#: What fills a text to see where its placeholders stand.
_PROBE = "5"


class Slot(msgspec.Struct, frozen=True):
    """A placeholder in a text."""

    #: As its author wrote it, between the braces.
    piece: str
    expression: Expression
    where: Literal["prose", "formula", "code", "html"]
    #: Whether a negative number is in brackets here.
    in_brackets: bool = False
    #: Whether a number is one group of a formula, as an exponent is.
    in_braces: bool = False


class Filled(msgspec.Struct, frozen=True):
    """A text that takes values."""

    #: Text, slot, text, …, text.
    parts: tuple[str | Slot, ...]
    is_html: bool

    @property
    def slots(self) -> tuple[Slot, ...]:
        """Its placeholders."""
        return tuple(part for part in self.parts if isinstance(part, Slot))

    def fill(self, values: Mapping[str, Value], language: str, known: dict[Any, str]) -> Text:
        """Return the text with values; `known` keeps what was written before.

        Raises:
            NoValueError: if an expression has none.
        """
        made = "".join(
            [part if isinstance(part, str) else _said(part, values, language, known) for part in self.parts]
        )
        return Html(made) if self.is_html else made


class NoValueError(Exception):
    """A placeholder has no value that can be written; the message says why."""

    def __init__(self, message: str, written_as: str, names: tuple[str, ...]) -> None:
        super().__init__(message)
        #: The expression as its author wrote it.
        self.written_as = written_as
        self.names = names


def read(text: Text) -> Filled | None:
    """Read a text with placeholders; None if it has none.

    Raises:
        UnreadableError: if one is not an expression; its `piece` is a part of the text.
    """
    is_html = isinstance(text, Html)
    found = template(text.html if isinstance(text, Html) else text)
    if found is None:
        return None
    parts = found.parts
    expressions = []
    for name in found.names:
        try:
            expressions.append(expression(name))
        except UnreadableError as error:
            raise UnreadableError(str(error), f"@{{{name}}}", error.proposal) from None
    made: list[str | Slot] = list(parts)
    if is_html:
        made[1::2] = [Slot(*each, "html") for each in zip(found.names, expressions, strict=True)]
    else:
        made[1::2] = list(_slots(parts, expressions))
    return Filled(tuple(made), is_html)


def _slots(parts: tuple[str, ...], expressions: list[Expression]) -> Iterator[Slot]:
    probe = "".join(part if at % 2 == 0 else _PROBE for at, part in enumerate(parts))
    pieces = literals(probe)
    start = len(parts[0])
    for name, each, after in zip(parts[1::2], expressions, parts[2::2], strict=True):
        end = start + len(_PROBE)
        around = next((piece for piece in pieces if piece.start <= start < piece.end), None)
        if around is None:
            line = probe.rfind("\n", 0, start) + 1
            brackets = bool(_OPERATION.search(probe[line:start]) or _POWER.match(probe[end:]))
            yield Slot(name, each, "prose", in_brackets=brackets)
        elif around.kind is LiteralKind.CODE:
            yield Slot(name, each, "code")
        else:
            before = probe[around.start : start].lstrip("$")
            braces = before.endswith(("^", "_"))
            after_it = probe[end : around.end].lstrip()
            brackets = not braces and (_is_operand(before) or after_it.startswith(("^", "!")))
            yield Slot(name, each, "formula", in_brackets=brackets, in_braces=braces)
        start = end + len(after)


def _is_operand(before: str) -> bool:
    """Return whether a number in a formula belongs to an operator or a factor before it."""
    before = before.rstrip()
    if command := _COMMAND.search(before):
        return command[1] in _BEFORE
    if before.endswith(tuple("+-*/:·×)]}")):
        return not _WORDS.search(before)
    return before[-1:].isalnum()


def _said(slot: Slot, values: Mapping[str, Value], language: str, known: dict[Any, str]) -> str:
    names = slot.expression.names
    key = (id(slot), *[values[name] for name in names])
    made = known.get(key)
    if made is None:
        made = known[key] = _written(slot, values, language)
    return made


def _written(slot: Slot, values: Mapping[str, Value], language: str) -> str:
    value: Value = values[slot.piece] if slot.piece in values else calculated(slot.expression, values)
    if isinstance(value, str):
        return escape(value) if slot.where == "html" else value
    number = finite(value, slot.expression)
    if slot.where == "code":
        return number
    if slot.where == "formula":
        decimal = marks(language).decimal
        shown = number.replace(".", "{,}") if decimal == "," else number
        # In a group of its own a minus is a sign, set closer than an operator.
        if slot.in_braces or number.startswith("-"):
            shown = f"{{{shown}}}"
    else:
        shown = written(number, language)
    return f"({shown})" if slot.in_brackets and number.startswith("-") else shown


def calculated(each: Expression, values: Mapping[str, Value]) -> Fraction:
    """Return the value of an expression.

    Raises:
        NoValueError: if it has none.
    """
    try:
        return each.value({name: value for name in each.names if isinstance(value := values[name], Fraction)})
    except ImpossibleError as error:
        raise NoValueError(str(error), each.text, each.names) from None


def finite(value: Fraction, each: Expression) -> str:
    """Write a number as TOML does.

    Raises:
        NoValueError: if it has too many digits, or no end.
    """
    if not has_end(value):
        raise NoValueError("a number with too many digits", each.text, each.names)
    return numeral(value)
