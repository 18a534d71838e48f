"""HTML of fields to Markdown of deckgen's dialect, as far as that can say it.

Whether it says the same is proved afterwards (`deckgen.importing.values`), so nothing here needs to be sure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from deckgen.importing.literal import Literal, UnsayableError, line
from deckgen.importing.normal import is_block, unmarked
from deckgen.importing.tree import Element, Node
from deckgen.text.links import is_allowed

_SIGNS = {"strong": "**", "em": "*", "del": "~~"}
#: In a text of lines: a break, and where a line ends if something is in it.
_BREAK, _LINE_END = "\ufdda", "\ufddb"
_ENDS = re.compile(f"([{_BREAK}{_LINE_END}])")
_WIDTH = re.compile(r"width: (\d{1,4}(?:\.\d{1,3})?)(%|px|em|cm|mm|in|pt)")
_HEADINGS = {f"h{level}": "#" * level for level in range(1, 7)}
_ALIGNMENTS = {"": "---", "text-align: left": ":--", "text-align: center": ":-:", "text-align: right": "--:"}
_LANGUAGE = re.compile(r"language-([\w+#.-]+)")


def markdown(nodes: list[Node], literal: Literal) -> str:
    """Return Markdown for the simplified tree of a field.

    Raises:
        UnsayableError: Markdown has no way to say it.
    """
    writer = _Writer(literal)
    nodes = _without_divs(nodes)
    if not any(isinstance(node, Element) and is_block(node) for node in nodes):
        lines = writer.lines(nodes)
        # A text of one line begins no block, whatever it begins with.
        return lines[0] if len(lines) == 1 else writer.paragraph(nodes)
    return "\n\n".join(writer.blocks(nodes))


def _without_divs(nodes: Iterable[Node]) -> list[Node]:
    """Return the nodes with paragraphs of one piece for lines in `div`s: their ends are line ends."""
    found: list[Node] = []
    for node in nodes:
        if isinstance(node, Element) and node.name == "div":
            if node.attributes:
                raise UnsayableError
            inner = _without_divs(node.children)
            found += [_END, *inner, _END]
        else:
            found.append(node)
    return found


#: The end of a line, if there is something in it.
_END = Element("end", {}, [])


class _Writer:
    def __init__(self, literal: Literal) -> None:
        self._literal = literal

    def blocks(self, nodes: Iterable[Node]) -> list[str]:
        """Return blocks: what stands between elements that are blocks is a paragraph."""
        found: list[str] = []
        run: list[Node] = []
        for node in nodes:
            if isinstance(node, Element) and is_block(node):
                found.append(self.paragraph(run))
                run = []
                found.append(self._block(node))
            else:
                run.append(node)
        found.append(self.paragraph(run))
        return [block for block in found if block]

    def paragraph(self, nodes: Iterable[Node]) -> str:
        """Return a paragraph of lines."""
        return "\\\n".join(map(line, self.lines(nodes)))

    def lines(self, nodes: Iterable[Node]) -> list[str]:
        """Return the lines of a paragraph, without those at the end that are empty."""
        lines: list[str] = []
        piece = ""
        for part in _ENDS.split("".join(map(self._inline, nodes))):
            if part == _BREAK or (part == _LINE_END and piece.strip(" ")):
                lines.append(piece.strip(" "))
                piece = ""
            elif part != _LINE_END:
                piece += part
        lines.append(piece.strip(" "))
        while lines and not lines[-1]:
            lines.pop()
        return lines

    def _inline(self, node: Node) -> str:
        if isinstance(node, str):
            return self._literal.text(node)
        if node is _END:
            return _LINE_END
        match node.name, node.attributes:
            case "br", {**rest} if not rest:
                return _BREAK
            case (("strong" | "em" | "del"), {**rest}) if not rest:
                sign = _SIGNS[node.name]
                return f"{sign}{self._all(node)}{sign}"
            case "code", {**rest} if not rest:
                return _code(_text_of(node))
            case "ruby", _:
                return self._ruby(node)
            case "a", {"href": target, **rest} if not rest and is_allowed(target):
                return self._link(node, target)
            case "img", _:
                return self._image(node.attributes)
        raise UnsayableError

    def _all(self, element: Element) -> str:
        return "".join(map(self._inline, element.children))

    def _link(self, element: Element, target: str) -> str:
        text = self._all(element)
        bare = re.fullmatch(r"(?i:https?:|mailto:)[^\x00-\x20<>]*", target)
        if bare and element.children == [target]:
            return f"<{target}>"
        return f"[{text}](<{target}>)" if re.search(r"[()\s]", target) else f"[{text}]({target})"

    def _image(self, attributes: dict[str, str]) -> str:
        source, style = attributes.get("src", ""), attributes.get("style", "")
        width = _WIDTH.fullmatch(style)
        if attributes.keys() - {"src", "alt", "style"} or (style and not width):
            raise UnsayableError
        shown = self._literal.medium(source, attributes.get("alt", ""))
        return shown + (f"{{width={width[1]}{width[2]}}}" if width else "")

    def _ruby(self, element: Element) -> str:
        match element.children:
            case [str(base), Element(name="rt", attributes={**rest}, children=[str(reading)])] if not rest:
                return f"{{{unmarked(base)}|{unmarked(reading)}}}"
        raise UnsayableError

    def _block(self, block: Element) -> str:
        name = block.name
        if name in _HEADINGS and not block.attributes:
            return f"{_HEADINGS[name]} {_one_line(self.lines(block.children))}"
        if name in ("ul", "ol"):
            return self._list(block)
        if block.name == "table":
            return self._table(block)
        if block.attributes:
            raise UnsayableError
        if name == "p":
            return self.paragraph(_without_divs(block.children))
        if name == "hr":
            return "---"
        if name == "blockquote":
            inner = "\n\n".join(self.blocks(_without_divs(block.children)))
            return "\n".join(f"> {each}".rstrip() for each in inner.split("\n"))
        if name == "pre":
            return _fenced(block)
        raise UnsayableError

    def _list(self, element: Element) -> str:
        start = element.attributes.get("start", "1")
        if (
            element.attributes.keys() - ({"start"} if element.name == "ol" else set())
            or not start.isdecimal()
        ):
            raise UnsayableError
        items: list[str] = []
        for item in element.children:
            if isinstance(item, str):
                if item.strip():
                    raise UnsayableError
                continue
            if item.name != "li" or item.attributes:
                raise UnsayableError
            sign = f"{int(start) + len(items)}." if element.name == "ol" else "-"
            inner = "\n".join(self.blocks(_without_divs(item.children)))
            if any(
                isinstance(node, Element) and is_block(node) and node.name not in ("ul", "ol")
                for node in item.children
            ):
                raise UnsayableError
            indent = "\n" + " " * (len(sign) + 1)
            items.append(f"{sign} {inner.replace(chr(10), indent)}".rstrip())
        if not items:
            raise UnsayableError
        return "\n".join(items)

    def _table(self, table: Element) -> str:
        rows = [row for part in _elements(table, "thead", "tbody") for row in _elements(part, "tr")]
        heads = [part for part in _elements(table, "thead", "tbody") if part.name == "thead"]
        if (
            table.attributes
            or len(heads) != 1
            or len(_elements(heads[0], "tr")) != 1
            or table.children[0] is not heads[0]
        ):
            raise UnsayableError
        lines = [self._row(row) for row in rows]
        styles = [cell.attributes.get("style", "") for cell in _elements(rows[0], "th")]
        lines.insert(1, "".join(f"| {_ALIGNMENTS.get(style, '---')} " for style in styles) + "|")
        return "\n".join(lines)

    def _row(self, row: Element) -> str:
        cells = (_one_line(self.lines(_without_divs(cell.children))) for cell in _elements(row, "th", "td"))
        return "".join(f"| {_in_cell(cell)} " for cell in cells) + "|"


def _in_cell(text: str) -> str:
    """Escape the pipes of a cell, which escapes in a text have already; in code and formulas they have none."""
    return re.sub(r"(?<!\\)\|", r"\\|", text)


def _one_line(lines: list[str]) -> str:
    if len(lines) > 1:
        raise UnsayableError
    return lines[0] if lines else ""


def _elements(element: Element, *names: str) -> list[Element]:
    """Return what is in an element, which must be elements of these names."""
    found: list[Element] = []
    for child in element.children:
        if isinstance(child, Element) and child.name in names:
            found.append(child)
        elif not isinstance(child, str) or child.strip():
            raise UnsayableError
    return found


def _text_of(element: Element) -> str:
    if any(not isinstance(child, str) for child in element.children):
        raise UnsayableError
    return unmarked("".join(map(str, element.children)))


def _fence(text: str, sign: str, least: int) -> str:
    longest = max((len(run) for run in re.findall(rf"{sign}+", text)), default=0)
    return sign * max(least, longest + 1)


def _code(text: str) -> str:
    fence = _fence(text, "`", 1)
    space = " " if text.startswith(("`", " ")) or text.endswith(("`", " ")) else ""
    return f"{fence}{space}{text}{space}{fence}"


def _fenced(block: Element) -> str:
    language = ""
    if len(block.children) == 1 and isinstance(inner := block.children[0], Element) and inner.name == "code":
        found = _LANGUAGE.fullmatch(inner.attributes.get("class", ""))
        language, block = found[1] if found else "", inner
    text = _text_of(block)
    fence = _fence(text, "`", 3)
    return f"{fence}{language}\n{text}\n{fence}"
