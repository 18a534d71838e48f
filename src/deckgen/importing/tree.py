"""HTML of a field as a tree, where it is well formed: what browsers would have to repair is not read."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

import msgspec

from deckgen.text.allowed import CLOSES, VOID
from deckgen.text.tags import End, Start, Text, tokens

#: Elements whose end tag may be missing (HTML, 13.1.2.4).
_MAY_STAY_OPEN = frozenset(element for closed in CLOSES.values() for element in closed) | {"rt", "rp", "rb"}
#: Elements that a following one of these ends, besides `CLOSES`.
_RUBY = frozenset(["rt", "rp", "rb"])
#: Deeper nesting is nobody's field.
_DEEPEST = 60


class Element(msgspec.Struct):
    """An element with its attributes and what is in it."""

    name: str
    attributes: dict[str, str]
    children: list[Node]


Node: TypeAlias = "Element | str"


class Tree(NamedTuple):
    """What a field holds."""

    nodes: list[Node]
    #: Whether there were comments or declarations, which nobody sees.
    has_comments: bool


def tree(html: str) -> Tree | None:
    """Read HTML; None if tags are not in order, or nested too deep. Comments are left out."""
    root = Element("", {}, [])
    opened = [root]
    has_comments = False
    for token in tokens(html):
        match token:
            case Text():
                opened[-1].children.append(token.text)
            case Start():
                _close_implied(opened, token.name)
                element = Element(token.name, token.attributes, [])
                opened[-1].children.append(element)
                if token.name not in VOID:
                    opened.append(element)
                if len(opened) > _DEEPEST:
                    return None
            case End():
                while opened[-1].name != token.name and opened[-1].name in _MAY_STAY_OPEN:
                    opened.pop()
                if opened[-1].name != token.name or len(opened) == 1:
                    return None
                opened.pop()
            case _:
                if not token.text.endswith(">"):
                    return None
                has_comments = True
    while opened[-1].name in _MAY_STAY_OPEN:
        opened.pop()
    return Tree(root.children, has_comments) if len(opened) == 1 else None


def _close_implied(opened: list[Element], name: str) -> None:
    closed = _RUBY if name in _RUBY else CLOSES.get(name, ())
    while opened[-1].name in closed:
        opened.pop()
