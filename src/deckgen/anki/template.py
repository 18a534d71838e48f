"""Anki's template language: `{{Field}}`, `{{filter:Field}}`, `{{#Field}}…{{/Field}}`, read as Anki reads it.

The rules are those of rslib/template.rs, including odd ones: `{{` without `}}` is text, comments hide what
is in them, a conditional is closed by exactly the name that opened it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from functools import lru_cache

import msgspec

from deckgen.patterns import lazy_pattern

#: Fields that Anki adds to a note's own. All but `FrontSide` count as filled when Anki decides cards.
SPECIAL_FIELDS = frozenset({"FrontSide", "Card", "CardFlag", "Deck", "Subdeck", "Tags", "Type", "CardID"})

#: Unicode's White_Space, which `str.strip()` is not: Python also strips U+001C to U+001F.
WHITE_SPACE = (
    "\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)

_TOKEN = lazy_pattern(r"\{\{(.*?)\}\}|<!--.*?-->", re.DOTALL)
_ALTERNATIVE = "{{=<% %>=}}"
_ALTERNATIVE_TOKEN = lazy_pattern(r"<%(.*?)%>|<!--.*?-->", re.DOTALL)
#: What Anki counts as empty: ASCII white space, `<br>` and `<div>`, opened or closed.
_EMPTY = lazy_pattern(r"(?:[ \t\n\v\f\r]|</?(?:br|div) ?/?>)*", re.IGNORECASE)


class TemplateError(ValueError):
    """A card template that Anki refuses to render; the message says what is wrong with it."""


class Replacement(msgspec.Struct, frozen=True):
    """`{{filter:…:Field}}`; `filters` in the order in which they are applied."""

    field: str
    filters: tuple[str, ...]


class Conditional(msgspec.Struct, frozen=True):
    """`{{#Field}}…{{/Field}}`, or with `negated` `{{^Field}}…{{/Field}}`."""

    field: str
    negated: bool
    nodes: tuple[Node, ...]


Node = str | Replacement | Conditional


@lru_cache(maxsize=512)
def parse(text: str) -> tuple[Node, ...]:
    """Read one side of a card template.

    Raises:
        TemplateError: A conditional is not closed, or closed without being open.
    """
    tokens = _tokens(text)
    return _nodes(tokens, None)


def is_empty(value: str) -> bool:
    """Return whether a field's value is empty to Anki."""
    return _EMPTY.fullmatch(value) is not None


def shows_anything(nodes: tuple[Node, ...], filled: AbstractSet[str]) -> bool:
    """Return whether a front shows at least one of the `filled` fields: Anki's condition for a card."""
    for node in nodes:
        if isinstance(node, Replacement):
            if node.field in filled:
                return True
        elif (
            isinstance(node, Conditional)
            and (node.field in filled) is not node.negated
            and shows_anything(node.nodes, filled)
        ):
            return True
    return False


def _tokens(text: str) -> Iterator[str | tuple[str, str]]:
    """Yield texts, including comments, and tags: a sign (`#`, `^`, `/` or none) and what follows it."""
    pattern = _TOKEN
    bare = text.lstrip(WHITE_SPACE)
    if bare.startswith(_ALTERNATIVE):
        while bare.startswith(_ALTERNATIVE):
            bare = bare[len(_ALTERNATIVE) :]
        text, pattern = bare, _ALTERNATIVE_TOKEN
    start = 0
    for token in pattern.finditer(text):
        if token.start() > start:
            yield text[start : token.start()]
        start = token.end()
        yield token[0] if token[1] is None else _handle(token[1])
    if start < len(text):
        yield text[start:]


def _handle(inner: str) -> tuple[str, str]:
    inner = inner.lstrip("{").strip(WHITE_SPACE)
    if len(inner) > 1 and inner[0] in "#^/":
        return inner[0], inner[1:].lstrip(WHITE_SPACE)
    return "", inner


def _nodes(tokens: Iterator[str | tuple[str, str]], opened: str | None) -> tuple[Node, ...]:
    nodes: list[Node] = []
    for token in tokens:
        if isinstance(token, str):
            nodes.append(token)
            continue
        sign, name = token
        if sign == "":
            *filters, field = name.split(":")
            nodes.append(Replacement(field, tuple(reversed(filters))))
        elif sign == "/":
            if name == opened:
                return tuple(nodes)
            raise TemplateError(_not_open(name, opened))
        else:
            nodes.append(Conditional(name, sign == "^", _nodes(tokens, name)))
    if opened is not None:
        raise TemplateError(f"missing `{{{{/{opened}}}}}`")
    return tuple(nodes)


def _not_open(closed: str, opened: str | None) -> str:
    if opened is not None:
        return f"found `{{{{/{closed}}}}}`, but expected `{{{{/{opened}}}}}`"
    return f"found `{{{{/{closed}}}}}`, but missing `{{{{#{closed}}}}}` or `{{{{^{closed}}}}}`"
