"""How much room rendered text takes, by estimate: no engine is asked, and the estimate errs on the large side."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import NamedTuple
from unicodedata import east_asian_width

_BLOCKS = frozenset(
    [
        "p",
        "div",
        "pre",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "blockquote",
        "table",
        "tr",
        "hr",
        "figure",
        "h1",
        "h2",
        "h3",
    ]
)
#: Blocks with space below them, in lines.
_SPACED = {"p": 0.5, "pre": 0.5, "ul": 0.5, "ol": 0.5, "blockquote": 0.5, "table": 0.5, "dl": 0.5, "tr": 0.25}
_VOID = frozenset({"br", "img", "hr", "wbr", "input"})
#: Widths in em, those of STIX Two Text and Atkinson Hyperlegible rounded up.
_NARROW, _LETTER, _CAPITAL, _CODE, _WIDE = 0.33, 0.54, 0.74, 0.58, 1.0
#: Indents of lists, quotations and code, in em.
_INDENT = 1.9
_LENGTH = re.compile(r"(width|height):\s*([\d.]+)em")


class Picture(NamedTuple):
    """Room that a picture takes, whatever it shows: lines, and its width in em."""

    lines: float
    width: float


def lines(html: str, width: float, picture: Picture) -> float:
    """Return how many lines `html` takes in a column of `width` em."""
    measure = _Measure(width, picture)
    measure.feed(html)
    measure.close()
    return measure.total()


class _Measure(HTMLParser):
    """Sets words into lines as an engine would, with rounded widths."""

    def __init__(self, width: float, picture: Picture) -> None:
        super().__init__(convert_charrefs=True)
        self._width = width
        self._picture = picture
        self._open: list[str] = []
        self._indent = 0.0
        self._lines = 0.0
        self._at = 0.0  # how far the line is filled, in em
        self._tallest = 0.0  # the tallest thing on the line, in lines
        self._svg = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._svg:
            self._svg += tag not in _VOID
            return
        if tag == "svg":
            self._svg = 1
            sizes = dict(_LENGTH.findall(dict(attrs).get("style") or ""))
            self._put(float(sizes.get("width", 1)), float(sizes.get("height", 1)) / 1.25)
            return
        if tag == "img":
            self._break()
            self._put(self._picture.width, self._picture.lines)
        elif tag == "br":
            self._break(always=True)
        elif tag in _BLOCKS:
            self._break()
        if tag in {"ul", "ol", "blockquote", "pre", "dd"}:
            self._indent += _INDENT
        if tag in {"td", "th"}:
            self._put(1.0)
        if tag not in _VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._svg:
            self._svg -= 1
            return
        if tag in self._open:
            while self._open.pop() != tag:
                pass
        if tag in _BLOCKS:
            self._break()
            self._lines += _SPACED.get(tag, 0)
        if tag in {"ul", "ol", "blockquote", "pre", "dd"}:
            self._indent -= _INDENT

    def handle_data(self, data: str) -> None:
        if self._svg:
            return
        if "pre" in self._open:
            for place, line in enumerate(data.split("\n")):
                if place:
                    self._break(always=True)
                self._words(line)
        else:
            self._words(data)

    def _words(self, text: str) -> None:
        code = bool({"code", "pre", "kbd"} & set(self._open))
        for word in re.findall(r"\s+|[^\s]+", text):
            if word.isspace():
                self._at += _CODE * len(word) if "pre" in self._open else _NARROW if self._at else 0
            else:
                self._word(word, code=code)

    def _word(self, word: str, *, code: bool) -> None:
        widths = [_CODE if code else _width(letter) for letter in word]
        whole = sum(widths)
        room = max(4.0, self._width - self._indent)
        if self._at and self._at + whole > room and not _breaks_anywhere(word):
            self._break()
        for width in widths:
            if self._at + width > room:
                self._break()
            self._put(width)

    def _put(self, width: float, height: float = 1.0) -> None:
        if self._at and self._at + width > self._width - self._indent and width > _WIDE:
            self._break()
        self._at += width
        self._tallest = max(self._tallest, height, 1.0)

    def _break(self, *, always: bool = False) -> None:
        if self._at or always:
            self._lines += max(self._tallest, 1.0)
        self._at = self._tallest = 0.0

    def total(self) -> float:
        self._break()
        return self._lines


def _width(letter: str) -> float:
    if east_asian_width(letter) in "WF":
        return _WIDE
    if letter in " .,;:!|'’ijl()[]t":
        return _NARROW
    return _CAPITAL if letter.isupper() or letter in "mwMW@%—" else _LETTER


def _breaks_anywhere(word: str) -> bool:
    return any(east_asian_width(letter) in "WF" for letter in word)
