"""Limits for a project's own templates: endless loops, macros and numbers are stopped.

A project may be a clone from anybody. Each iteration of a loop and each call of a macro or template counts;
a page of a large course needs some thousand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jinja2 import nodes

#: Limit for the iterations and calls of all own templates of one environment.
MOST_STEPS = 20_000_000
#: Limits for the letters of a text, and the digits of a number, that `*` and `**` make.
MOST_LETTERS = 10_000_000
_MOST_DIGITS = 10_000
#: Names of the counting filters; templates of a project do not use them.
_EACH, _ONCE = "deckgen-each", "deckgen-once"


class TooMuchError(RuntimeError):
    """A template exceeds a limit."""


def filters() -> dict[str, Callable[..., Any]]:
    """Return the counting filters of one environment."""
    from jinja2 import pass_context

    left = MOST_STEPS

    def step() -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise TooMuchError(f"loops and macros take more than {MOST_STEPS:,} turns")

    # With a context, Jinja does not evaluate them as constants.
    @pass_context
    def each(_context: Any, values: Iterable[Any]) -> Iterator[Any]:
        for value in values:
            step()
            yield value

    @pass_context
    def once(_context: Any, value: str) -> str:
        step()
        return value

    return {_EACH: each, _ONCE: once}


def counted(template: nodes.Template) -> nodes.Template:
    """Make the loops and macros of a parsed template, and the template itself, count."""
    from jinja2 import nodes

    for loop in template.find_all(nodes.For):
        loop.iter = nodes.Filter(loop.iter, _EACH, [], [], None, None, lineno=loop.lineno)
    parts: list[Any] = [template, *template.find_all((nodes.Macro, nodes.CallBlock, nodes.Block))]
    for part in parts:
        line = part.lineno
        count = nodes.Filter(nodes.Const("", lineno=line), _ONCE, [], [], None, None, lineno=line)
        part.body.insert(_first(part.body), nodes.ExprStmt(count, lineno=line))
    return template


def _first(body: list[nodes.Node]) -> int:
    """Return where the first statement goes: in a template after `extends`, which does without it."""
    from jinja2 import nodes

    return next((at + 1 for at, node in enumerate(body) if isinstance(node, nodes.Extends)), 0)


def product(operator: str, left: Any, right: Any) -> None:
    """Refuse too large results of `*` or `**`.

    Raises:
        TooMuchError: if it would be.
    """
    if operator == "*":
        for some, times in ((left, right), (right, left)):
            if (
                isinstance(times, int)
                and isinstance(some, str | bytes | list | tuple)
                and len(some) * times > MOST_LETTERS
            ):
                raise TooMuchError(f"`*` would make more than {MOST_LETTERS:,} letters")
    size = [max(abs(number), 2).bit_length() for number in (left, right) if isinstance(number, int)]
    if (
        len(size) > 1
        and (sum(size) if operator == "*" else size[0] * min(abs(right), 1 << 40)) > _MOST_DIGITS * 4
    ):
        raise TooMuchError(f"`{operator}` would make a number of more than {_MOST_DIGITS:,} digits")
