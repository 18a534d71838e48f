"""What paper and screen ask of a note that was taken over: the sides of its cards as Markdown, from Anki's templates.

Anki shows the templates themselves. These are their text and fields, without what only Anki can do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from deckgen.anki.template import Conditional, Node, Replacement, TemplateError, parse, shows_anything
from deckgen.importing.collection import Template
from deckgen.importing.literal import Literal, UnsayableError
from deckgen.importing.markdown import markdown
from deckgen.importing.simplify import BLOCKS, simplify
from deckgen.importing.tree import Element, tree
from deckgen.importing.tree import Node as HtmlNode

#: Elements that are taken over; of others only what is in them.
_KEPT = frozenset("b strong i em u s del code br ul ol li".split())  # noqa: SIM905
_LINES = BLOCKS | frozenset("div section article header footer main center figure".split())  # noqa: SIM905
_UNSEEN = re.compile(
    r"<(style|script|button|select|textarea)\b.*?</\1\s*>|<!--.*?-->", re.DOTALL | re.IGNORECASE
)
_ANSWER = re.compile(r"<hr\b[^>]*>", re.IGNORECASE)
#: The place of a field in HTML.
_PLACE = "\ufde0{}\ufde1"
_PLACES = re.compile("\ufde0([0-9]+)\ufde1")


class Sides(NamedTuple):
    """A card as its table in TOML says it."""

    front: str
    back: str
    #: None where it is what the fields of the front say.
    needs: tuple[str, ...] | None
    is_typed: bool


def sides(template: Template, keys: Mapping[str, str], cloze: str = "") -> Sides:
    """Return the sides of a card; `keys` are those of the fields by their names, `cloze` is the field with gaps."""
    names = list(keys)
    try:
        front, back = parse(template.front), parse(template.back)
    except TemplateError:
        front, back = (), ()
    typed = "" if cloze else next((each.field for each in _shown(front) if "type" in each.filters), "")
    said = _Side(names, typed).text(front)
    shown = [names[int(place)] for place in _PLACES.findall(said)]
    first = cloze or next((each.field for each in _shown(front) if each.field in keys), names[0])
    if (cloze and cloze not in shown) or not shown:
        said = f"{_PLACE.format(names.index(first))}\n\n{said}".strip()
        shown = [first, *shown]
    if typed in keys:
        return Sides(_named(said, names, keys), f"@{{{keys[typed]}}}", None, is_typed=True)
    answer = _Side(names, "").text(_answer(back))
    hidden = {names[int(place)] for place in _PLACES.findall(answer)} - {*shown}
    if not answer or (not hidden and len(names) > 1):
        rest = [name for name in names if name not in shown] or names[-1:]
        answer = "\n\n".join(_PLACE.format(names.index(name)) for name in rest)
    needs = None if cloze else _needs(front, shown, names)
    return Sides(
        _named(said, names, keys),
        _named(answer, names, keys),
        None if needs is None else tuple(keys[name] for name in needs),
        is_typed=False,
    )


def _named(text: str, names: list[str], keys: Mapping[str, str]) -> str:
    return _PLACES.sub(lambda found: f"@{{{keys[names[int(found[1])]]}}}", text)


def _needs(front: tuple[Node, ...], shown: list[str], names: list[str]) -> tuple[str, ...] | None:
    """Return the fields without which Anki makes no card; None where these are all that the front shows."""
    everything = frozenset(names)
    needed = [name for name in names if front and not shows_anything(front, everything - {name})]
    needed = needed or shown[:1]
    return None if {*needed} == {*shown} else tuple(needed)


def _answer(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    """Return what follows the line above the answer, if there is one and something does."""
    for at, node in enumerate(nodes):
        if isinstance(node, str) and (found := _ANSWER.search(node)):
            rest = (node[found.end() :], *nodes[at + 1 :])
            return rest if any(True for _ in _shown(rest)) else nodes
    return nodes


def _shown(nodes: Iterable[Node]) -> Iterator[Replacement]:
    for node in nodes:
        if isinstance(node, Replacement):
            yield node
        elif isinstance(node, Conditional) and not node.negated:
            yield from _shown(node.nodes)


class _Side:
    def __init__(self, names: list[str], typed: str) -> None:
        self._names = names
        self._typed = typed

    def text(self, nodes: tuple[Node, ...]) -> str:
        """Return a side as Markdown with places of fields."""
        html = _UNSEEN.sub(" ", "".join(self._html(nodes)))
        read = tree(html)
        if read is not None:
            try:
                plain = simplify(_plain(read.nodes), frozenset())
                said = markdown(plain, Literal(lambda _: None, careful=True, cloze=False))
                # A paragraph of one field is left out where that is empty; a line is not.
                return re.sub(r"(?:\\\n)+", "\n\n", said)
            except UnsayableError:
                pass
        return "\n\n".join(dict.fromkeys(found[0] for found in _PLACES.finditer(html)))

    def _html(self, nodes: Iterable[Node]) -> Iterator[str]:
        for node in nodes:
            if isinstance(node, str):
                yield node
            elif isinstance(node, Conditional):
                if not node.negated:
                    yield from self._html(node.nodes)
            elif node.field in self._names and not self._is_unsaid(node):
                yield _PLACE.format(self._names.index(node.field))

    def _is_unsaid(self, shown: Replacement) -> bool:
        is_read_out = any(name.startswith("tts ") for name in shown.filters)
        return is_read_out or (shown.field == self._typed and "type" in shown.filters)


def _plain(nodes: Iterable[HtmlNode]) -> list[HtmlNode]:
    """Return a template without what frames its text."""
    found: list[HtmlNode] = []
    for node in nodes:
        if isinstance(node, str):
            found.append(node)
        elif node.name in _KEPT:
            found.append(Element("b" if node.name == "u" else node.name, {}, _plain(node.children)))
        elif node.name in _LINES:
            found.append(Element("div", {}, _plain(node.children)))
        else:
            found += _plain(node.children)
    return found
