r"""The normal form of a field: two fields that look the same to learners, and do the same in Anki, have the same one.

Anki finds `[sound:…]`, `[latex]`, `{{c1::…}}` and `\(…\)` in a field's source. So they are marked before references are
resolved: `&#91;sound:` is a text, and no sound.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from deckgen.importing.simplify import BLOCKS, simplify
from deckgen.importing.tree import Element, Node, tree
from deckgen.text.characters import FORBIDDEN
from deckgen.text.chemistry import expand
from deckgen.text.escape import SOURCE_TRIGGER


class Change(StrEnum):
    """What is written otherwise in Markdown, and looks the same or nearly so: it is counted and told."""

    LINES = "lines"
    PARAGRAPHS = "paragraphs"
    BREAKS = "breaks"
    LATEX = "latex"
    COMMENTS = "comments"
    CHARACTERS = "characters"
    REPAIRED = "repaired"


class Normal(NamedTuple):
    """A normal form."""

    #: Texts, and tags as they are compared: `<`, name, attributes; `/`, name.
    tokens: tuple[object, ...]
    #: What the form does not say of the field.
    changes: frozenset[Change]


#: Marks, in this order: `[` and the second `{` where Anki acts on them; `}}` and `::` in a cloze; after the backslash
#: of what MathJax does not see.
BRACKET, BRACE, END, COLONS, _DEAD = "\ufdd5", "\ufdd6", "\ufdd7", "\ufdd8", "\ufdd9"
_SHOWN = {BRACKET: "[", BRACE: "{", END: "}}", COLONS: "::", _DEAD: ""}
_MARKS = re.compile("[\ufdd5-\ufdd9]")
_PARTED = re.compile(r"\\<span>([(\[])</span>")
#: A formula: MathJax in a line and on its own, and what Anki makes pictures of with LaTeX.
FORMULA = re.compile(
    rf"\\\((?P<line>.+?)\\\)|\\\[(?P<display>.+?)\\\]"
    rf"|{BRACKET}latex\]\s*(?:\$(?!\$)(?P<latex>[^$]+)\$|\$\$(?P<latex_display>[^$]+)\$\$)\s*{BRACKET}/latex\]"
    rf"|{BRACKET}\$\](?P<dollar>.+?){BRACKET}/\$\]|{BRACKET}\$\$\](?P<dollars>.+?){BRACKET}/\$\$\]",
    re.DOTALL | re.IGNORECASE,
)
_MATHJAX = ("line", "display")
_IN_LINE = ("line", "latex", "dollar")
_BREAK = ("<", "br", ())


def mark(html: str, *, cloze: bool) -> str:
    """Mark in HTML what Anki acts on, and drop characters that no text may hold."""
    html = FORBIDDEN.sub(lambda found: "\r" if found[0] == "\r" else "", html)
    if "[" in html or "{{" in html:
        html = SOURCE_TRIGGER.sub(lambda found: BRACKET if found[0] == "[" else BRACE, html)
    if cloze:
        html = html.replace("}}", END).replace("::", COLONS)
    return html if "\\" not in html else _PARTED.sub(rf"\\{_DEAD}\1", html)


def unmarked(text: str) -> str:
    """Write for the marks in a text what they stand for."""
    return _MARKS.sub(lambda found: _SHOWN[found[0]], text)


def normal(html: str, styled: frozenset[str], *, cloze: bool = False) -> Normal | None:
    """Return the normal form of a field; None if its HTML is not well formed."""
    read = tree(mark(html, cloze=cloze))
    if read is None:
        return None
    return normal_of(html, simplify(read.nodes, styled), styled, has_comments=read.has_comments)


def normal_of(html: str, nodes: list[Node], styled: frozenset[str], *, has_comments: bool) -> Normal:
    """Return the normal form of a field whose marked HTML was read and simplified already."""
    form = _Form(styled)
    form.root(nodes)
    if has_comments:
        form.changes.add(Change.COMMENTS)
    if FORBIDDEN.search(html.replace("\r\n", "\n")):
        form.changes.add(Change.CHARACTERS)
    return Normal(tuple(form.tokens), frozenset(form.changes))


def is_formula_in_line(found: re.Match[str]) -> bool:
    """Tell whether a match of `FORMULA` stands in a line."""
    return found.lastgroup in _IN_LINE


def formula(found: re.Match[str]) -> str:
    """Return the LaTeX of a match of `FORMULA`."""
    return found[found.lastgroup or 0].strip()


class _Form:
    def __init__(self, styled: frozenset[str]) -> None:
        self.tokens: list[object] = []
        self.changes: set[Change] = set()
        self._styled = styled

    def root(self, nodes: list[Node]) -> None:
        flat = list(self._flat(nodes))
        blocks = [node for node in flat if isinstance(node, Element) and is_block(node)]
        alone = len(blocks) == 1 and blocks[0].name == "p" and not blocks[0].attributes
        if alone and "p" not in self._styled and all(node is blocks[0] or _is_space(node) for node in flat):
            self.changes.add(Change.PARAGRAPHS)
            flat, blocks = list(self._flat(blocks[0].children)), []
        self._flow(flat, wrap=bool(blocks), last=True)

    def _flow(self, flat: list[Node | None], *, wrap: bool, last: bool = False) -> None:
        run: list[Node | None] = []
        for node in flat:
            if isinstance(node, Element) and is_block(node):
                self._run(run, wrap=wrap, last=False)
                run = []
                self._block(node)
            else:
                run.append(node)
        self._run(run, wrap=wrap, last=last)

    def _flat(self, nodes: Iterable[Node]) -> Iterable[Node | None]:
        """Yield nodes without plain `div`s; None is where a line ends."""
        for node in nodes:
            if isinstance(node, Element) and node.name == "div" and not node.attributes and self._is_line():
                self.changes.add(Change.LINES)
                yield None
                yield from self._flat(node.children)
                yield None
            else:
                yield node

    def _is_line(self) -> bool:
        return "div" not in self._styled

    def _block(self, block: Element) -> None:
        self.tokens.append(_start(block))
        if block.name == "pre":
            self._inline(block.children, self.tokens, pre=True)
        elif block.name in ("ul", "ol", "table", "thead", "tbody", "tfoot", "tr", "dl"):
            for child in block.children:
                if isinstance(child, Element):
                    self._block(child) if is_block(child) else self._inline([child], self.tokens)
                elif child.strip():
                    self.tokens.append(child)
        else:
            self._flow(list(self._flat(block.children)), wrap=block.name == "blockquote")
        self.tokens.append(("/", block.name))

    def _run(self, run: list[Node | None], *, wrap: bool, last: bool) -> None:
        """Add lines of text."""
        tokens: list[object] = []
        for node in run:
            if node is None:
                tokens.append(None)
            else:
                self._inline([node], tokens)
        lines = _lines(tokens)
        if last:
            shown = len(lines)
            while lines and not lines[-1]:
                lines.pop()
            if lines and (len(lines) < shown or tokens[-1] == _BREAK):
                self.changes.add(Change.BREAKS)
        if not lines:
            return
        if wrap:
            self.changes.add(Change.PARAGRAPHS)
            self.tokens.append(("<", "p", ()))
        for number, line in enumerate(lines):
            self.tokens += [_BREAK, *line] if number else line
        # An empty line alone is a break.
        if lines == [[]]:
            self.tokens.append(_BREAK)
        if wrap:
            self.tokens.append(("/", "p"))

    def _inline(self, nodes: Iterable[Node], tokens: list[object], *, pre: bool = False) -> None:
        for node in self._flat(nodes):
            if node is None:
                tokens.append(None)
            elif isinstance(node, str):
                # MathJax leaves code alone.
                tokens.append(node.replace(_DEAD, "") if pre else self._text(node))
            else:
                tokens.append(_start(node))
                if node.name not in ("br", "img", "hr", "wbr", "col"):
                    self._inline(node.children, tokens, pre=pre or node.name == "code")
                    tokens.append(("/", node.name))

    def _text(self, text: str) -> str:
        if "\\" in text or BRACKET in text:
            text = FORMULA.sub(self._formula, text).replace(_DEAD, "")
            # A space there keeps the braces of a formula from the end of its gap.
            text = text.replace(f"\\) {END}", f"\\){END}").replace(f"\\] {END}", f"\\]{END}")
        return text

    def _formula(self, found: re.Match[str]) -> str:
        if found.lastgroup not in _MATHJAX:
            self.changes.add(Change.LATEX)
        latex = re.sub(r" ?([{}:\ufdd5-\ufdd9]) ?", r"\1", re.sub(r"\s+", " ", expand(formula(found))))
        opening, closing = ("(", ")") if is_formula_in_line(found) else ("[", "]")
        return f"\\{opening}{latex.strip()}\\{closing}"


def is_block(element: Element) -> bool:
    """Tell whether an element begins and ends a line."""
    return element.name in BLOCKS or element.name == "div"


def _is_space(node: Node | None) -> bool:
    return node is None or (isinstance(node, str) and not node.strip(" \t\n\r\f"))


def _start(element: Element) -> tuple[object, ...]:
    return ("<", element.name, tuple(element.attributes.items()))


def _lines(tokens: list[object]) -> list[list[object]]:
    """Return the lines of tokens in which None, or a break, ends one; a line that nothing is in is empty."""
    lines: list[list[object]] = []
    line: list[object] = []
    for token in tokens:
        if token == _BREAK:
            lines.append(_trimmed(line))
            line = []
        elif token is not None:
            line.append(token)
        elif _shows(line):
            lines.append(_trimmed(line))
            line = []
    if _shows(line) or (line and _trimmed(line)):
        lines.append(_trimmed(line))
    return lines


def _shows(line: list[object]) -> bool:
    return any(part[:2] == ("<", "img") if isinstance(part, tuple) else part != " " for part in line)


def _trimmed(line: list[object]) -> list[object]:
    """Return a line without white space at its ends."""
    line = list(line)
    if line and isinstance(line[0], str):
        line[0] = line[0].lstrip(" ")
    if line and isinstance(line[-1], str):
        line[-1] = line[-1].rstrip(" ")
    return [token for token in line if token != ""]
