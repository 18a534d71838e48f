"""A number in quotes is not one that deckgen can read.

A number in quotes is written as TOML writes it without quotes: digits, a decimal point, an exponent (`6.022e23`), or a
fraction of whole numbers (`1/3`). A tolerance may also be relative (`1 %`), or say how many significant digits must
agree (`3 digits`). A penalty is a number of points, or a share of the question's (`25 %`).

Bad:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id        = "pi"
    type      = "numeric"
    prompt    = "What is the ratio of a circle's circumference to its diameter?"
    answer    = "3,1416"
    tolerance = "a bit"
    ```

Good:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id        = "pi"
    type      = "numeric"
    prompt    = "What is the ratio of a circle's circumference to its diameter?"
    answer    = 3.1416
    tolerance = "1 %"
    ```
"""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.core.number import is_tolerance, number, percentage
from deckgen.diagnostics import Diagnostic, Place
from deckgen.language.manuscript import Manuscript
from deckgen.language.question import Numeric
from deckgen.language.question.common import Graded
from deckgen.language.question.numeric import spelled
from deckgen.language.scoring import Says, written
from deckgen.language.sheet import Sheet
from deckgen.placeholders import template
from deckgen.rules._rule import Rule

RULE = Rule(__name__)
KINDS = (Graded, Sheet)


def check(item: Graded | Sheet, at: Place) -> Iterator[Diagnostic]:
    """Check the answer and the tolerance of a numeric question, and penalties, where they are texts."""
    yield from _check_penalty(item, at)
    if isinstance(item, Sheet):
        for index, section in enumerate(item.section):
            yield from _check_penalty(section, at.child("section", index))
    if isinstance(item, Numeric):
        yield from _check_numeric(item, at)


def check_all(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Check the penalty of the project."""
    yield from _check_penalty(manuscript.project.sheet, Place("deckgen.toml", ("sheet",)))


def _check_penalty(said: Says, at: Place) -> Iterator[Diagnostic]:
    if (
        isinstance(said.penalty, str)
        and number(percentage(written(said.penalty)) or written(said.penalty)) is None
    ):
        yield RULE.error(
            f"`{said.penalty}` is not a penalty",
            at.child("penalty"),
            _proposal(said.penalty) or 'write points, `0.5`, or a share of them in quotes, `"25 %"`',
        )


def _check_numeric(item: Numeric, at: Place) -> Iterator[Diagnostic]:
    if isinstance(item.answer, str) and number(spelled(item.answer)) is None:
        yield RULE.error(
            f"`{item.answer}` is not a number",
            at.child("answer"),
            _proposal(item.answer) or "write a number such as `3.10`, `6.022e23` or `1/3`",
        )
    if isinstance(item.tolerance, str) and not is_tolerance(spelled(item.tolerance)):
        value = number(spelled(item.tolerance).removesuffix("%").strip())
        if value is None:
            yield RULE.error(
                f"`{item.tolerance}` is not a tolerance",
                at.child("tolerance"),
                _proposal(item.tolerance) or 'write a number, `"1 %"` or `"3 digits"`',
            )


def _proposal(text: str) -> str:
    """Propose a point for a decimal comma, and an expression for a placeholder."""
    if found := template(text):
        return (
            f'write `{{ expr = "{found.names[0]}" }}`'
            if found.names[:1] == (text.strip()[2:-1].strip(),)
            else ""
        )
    pointed = text.strip().replace(",", ".")
    return f"the decimal sign is a point: `{pointed}`" if "," in text and number(pointed) is not None else ""
