"""Take out of a field's tree what nobody sees, so that equal fields have equal trees.

What is stated here is the whole difference that may be between a field that came in and the Markdown that it becomes,
besides the spelling of attributes, entities and `<br>`; see "The same field" in `docs/existing-decks.md`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from unicodedata import normalize
from urllib.parse import quote

from deckgen.importing.tree import Element, Node
from deckgen.text.characters import FORBIDDEN
from deckgen.text.links import SAFE

#: Two spellings of one thing, where no style says otherwise.
SAME = {"b": "strong", "i": "em", "strike": "del", "s": "del"}
#: What is written beside a text, and shows nothing where there is none.
FORMATS = frozenset(["strong", "em", "del"])
#: Elements that begin and end a line, besides `div`.
BLOCKS = frozenset(
    "p ul ol li table thead tbody tfoot tr td th blockquote pre hr h1 h2 h3 h4 h5 h6 dl dt dd".split()  # noqa: SIM905
)
_SPACE = re.compile(r"[ \t\n\r\f]+")
_TAG_IN_STYLE = re.compile(r"(?<![\w.#:@%-])(b|i|s|em|strong|strike|del|span|div|p|code)(?=[\s,{:.\[>+~])")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_BLOCK_OF_STYLE = re.compile(r"\{[^{}]*\}")


def styled_in(css: str) -> frozenset[str]:
    """Return the elements of plain text that a style sheet names: they look otherwise than what replaces them."""
    selectors = _BLOCK_OF_STYLE.sub("{ ", _COMMENT.sub(" ", css))
    found = set(_TAG_IN_STYLE.findall(f"{selectors} "))
    return frozenset(found)


def alike(styled: frozenset[str]) -> Callable[[str], str]:
    """Return what takes the commonest differences out of HTML: cheaper than the normal form, and tried before it."""
    same = [(one, other) for one, other in SAME.items() if not {one, other} & styled]
    spellings = [
        *((f"<{end}{one}>", f"<{end}{other}>") for one, other in same for end in ("", "/")),
        ("<br>\n", "<br>"),
        (" />", ">"),
        (' alt="">', ">"),
    ]

    def respelt(html: str) -> str:
        for one, other in spellings:
            html = html.replace(one, other)
        return html

    return respelt


def simplify(nodes: Iterable[Node], styled: frozenset[str]) -> list[Node]:
    """Return a simpler tree that looks the same; `styled` are the elements that have a style of their own."""
    return _Simplifier(styled).nodes(nodes, pre=False)


class _Simplifier:
    def __init__(self, styled: frozenset[str]) -> None:
        self._styled = styled

    def nodes(self, nodes: Iterable[Node], *, pre: bool) -> list[Node]:
        found: list[Node] = []
        for node in nodes:
            if isinstance(node, str):
                text = FORBIDDEN_BUT_MARKS.sub("", normalize("NFC", node.replace("\r\n", "\n")))
                found.append(text if pre else _SPACE.sub(" ", text))
            else:
                found += self._element(node, pre=pre)
        return _merged(found, pre=pre)

    def _element(self, element: Element, *, pre: bool) -> list[Node]:
        name = element.name
        if name in SAME and not {name, SAME[name]} & self._styled:
            name = SAME[name]
        attributes = {key: _value(key, value) for key, value in element.attributes.items()}
        children = self.nodes(element.children, pre=pre or name == "pre")
        if name == "span" and self._is_nothing(attributes):
            return children
        if name == "ruby" and not attributes:
            return _ruby(children)
        if name in FORMATS and not attributes:
            return _hoisted(name, children)
        if name == "a":
            attributes.pop("rel", None)
        elif name == "img" and not attributes.get("alt"):
            attributes.pop("alt", None)
        elif name == "pre":
            if attributes.get("class") == "highlight":
                attributes = {}
            children = _code(children, unwrap="code" not in self._styled)
        elif name == "ol" and attributes.get("start") == "1":
            del attributes["start"]
        return [Element(name, dict(sorted(attributes.items())), children)]

    def _is_nothing(self, attributes: dict[str, str]) -> bool:
        if attributes.get("class") == "sound":
            return True
        return not attributes and "span" not in self._styled


#: Marks that `deckgen.importing.normal` puts into a text are kept.
FORBIDDEN_BUT_MARKS = re.compile(f"(?![\ufdd0-\ufdef]){FORBIDDEN.pattern}")


def _value(name: str, value: str) -> str:
    value = normalize("NFC", FORBIDDEN_BUT_MARKS.sub(" ", value))
    if name == "href":
        return quote(value.strip(), safe=SAFE)
    if name == "style":
        parts = (" ".join(part.replace(":", ": ", 1).split()) for part in value.split(";"))
        return "; ".join(part for part in parts if part)
    return value


def _hoisted(name: str, children: list[Node]) -> list[Node]:
    """Return a format without the white space at its ends, which stands beside it; nothing where it holds nothing."""
    before, inner, after = _parted(children)
    if name == "strong" and len(inner) == 1 and isinstance(only := inner[0], Element) and only.name == "em":
        # As `***…***` is written.
        name, inner = "em", [Element("strong", {}, only.children)]
    return [*before, *([Element(name, {}, inner)] if inner else []), *after]


def _parted(children: list[Node]) -> tuple[list[Node], list[Node], list[Node]]:
    inner, before, after = list(children), list[Node](), list[Node]()
    while inner and (inner[0] == "" or _is_break(inner[0])):
        before.append(inner.pop(0))
    if inner and isinstance(inner[0], str) and inner[0].startswith(" "):
        before.append(" ")
        inner[0] = inner[0][1:]
    while inner and (inner[-1] == "" or _is_break(inner[-1])):
        after.insert(0, inner.pop())
    if inner and isinstance(inner[-1], str) and inner[-1].endswith(" "):
        after.insert(0, " ")
        inner[-1] = inner[-1][:-1]
    return before, [node for node in inner if node != ""], after


def _is_break(node: Node) -> bool:
    return isinstance(node, Element) and node.name == "br"


def _ruby(children: list[Node]) -> list[Node]:
    """Return an element for each pair of a base and its reading."""
    found: list[Node] = []
    base: list[Node] = []
    for child in children:
        if isinstance(child, Element) and child.name == "rp":
            continue
        if isinstance(child, Element) and child.name == "rt":
            found.append(Element("ruby", {}, [*base, child]))
            base = []
        elif isinstance(child, Element) and child.name == "rb":
            base += child.children
        else:
            base.append(child)
    return [*found, *base]


def _code(children: list[Node], *, unwrap: bool) -> list[Node]:
    """Return what is in a block of code, without the line ends at its ends, which browsers do not show."""
    inner = children[0] if len(children) == 1 else ""
    if unwrap and isinstance(inner, Element) and inner.name == "code" and not inner.attributes:
        children = inner.children
    if children and isinstance(children[0], str):
        children = [children[0].removeprefix("\n"), *children[1:]]
    if children and isinstance(children[-1], str):
        children = [*children[:-1], children[-1].rstrip("\n")]
    return children


def _merged(nodes: list[Node], *, pre: bool = False) -> list[Node]:
    """Join texts, and equal formats that follow each other."""
    found: list[Node] = []
    for node in nodes:
        last = found[-1] if found else None
        if isinstance(node, str) and isinstance(last, str):
            found[-1] = last + node if pre else _joined(last, node)
        elif (
            isinstance(node, Element)
            and isinstance(last, Element)
            and node.name in FORMATS
            and node.name == last.name
            and node.attributes == last.attributes
        ):
            last.children = _merged([*last.children, *node.children])
        elif node != "":
            found.append(node)
    return found


def _joined(first: str, second: str) -> str:
    return first + second[1:] if first.endswith(" ") and second.startswith(" ") else first + second
