"""How much room rendered text takes, by estimate: no engine is asked, and the estimate errs on the large side.

A text is read once into pieces (`read`), and these are set at as many widths as are tried (`fits`).
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from html import unescape
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import east_asian_width

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator

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
_INDENTED = frozenset({"ul", "ol", "blockquote", "pre", "dd"})
_VOID = frozenset({"br", "img", "hr", "wbr", "input"})
#: Widths in em: of each letter the widest in STIX Two Text, upright and italic, and Atkinson Hyperlegible, rounded up.
_WIDTHS = {
    letter: width
    for width, letters in {
        0.3: " !',.:;`ijl|’‘·",
        0.36: '"()-[]ft{}',
        0.42: "/I\\r",
        0.5: "*1?csvxyz“”–",
        0.55: "27J^_aeko",
        0.58: "3bdghnpqu~",
        0.63: "$45689BEFLPSTZ",
        0.7: "#0<>CKRVXY",
        0.76: "&+=ADGNOQUw",
        0.9: "HMm",
        0.97: "%@W—…",
    }.items()
    for letter in letters
}
#: Of other letters, small and capital; of those in code; of Chinese and the like.
_LETTER, _CAPITAL, _CODE, _WIDE = 0.58, 0.76, 0.58, 1.0
#: Indents of lists, quotations and code, in em.
_INDENT = 1.9
#: The attributes of a gap to fill, and its width.
_BLANK, _BLANK_WIDTH = ' class="blank"', 3.4
#: A line holds so much, in em, however deep it is indented.
_LEAST = 4.0
_LENGTH = re.compile(r"(width|height):\s*([\d.]+)em")
#: A drawing, a tag, or text. The renderer escapes `<` wherever it is not a tag.
_TOKEN = re.compile(
    r'<svg\b(?P<drawing>[^>]*)>.*?</svg>|<(?P<close>/?)(?P<tag>[a-z][a-z0-9]*)(?P<attributes>(?:[^>"]|"[^"]*")*)>|(?P<text>[^<]+)',
    re.DOTALL,
)
_WORDS = re.compile(r"\s+|\S+")


class Picture(NamedTuple):
    """Room that a picture takes, whatever it shows: lines, and its width in em."""

    lines: float
    width: float


class Word(msgspec.Struct, frozen=True):
    """Letters that stand together; widths in em."""

    width: float
    letters: tuple[float, ...]
    #: Whether a line may end anywhere in it, as in Chinese and Japanese.
    breaks: bool


class Space(msgspec.Struct, frozen=True):
    """Room between words, in em; `kept` where it stays at the start of a line."""

    width: float
    kept: bool


class Thing(msgspec.Struct, frozen=True):
    """A drawing: em wide, lines high."""

    width: float
    lines: float


class Image(msgspec.Struct, frozen=True):
    """A picture, which takes what `fits` is told."""


class Break(msgspec.Struct, frozen=True):
    """The end of a line, then room below it in lines; `always` where an empty line counts too."""

    always: bool = False
    below: float = 0.0


class Indent(msgspec.Struct, frozen=True):
    """A change of the indent, in em."""

    by: float


Piece = Word | Space | Thing | Image | Break | Indent
Pieces = tuple[Piece, ...]


def read(html: str) -> Pieces:
    """Return what rendered text consists of, ready to be set."""
    pieces: list[Piece] = []
    open_: list[str] = []
    for token in _TOKEN.finditer(html):
        if token["text"]:
            pieces += _text(unescape(token["text"]), open_)
        elif token["drawing"]:
            sizes = dict(_LENGTH.findall(token["drawing"]))
            pieces.append(Thing(float(sizes.get("width", 1)), float(sizes.get("height", 1)) / 1.25))
        elif token["close"]:
            pieces += _end(token["tag"], open_)
        else:
            pieces += _start(token["tag"], open_)
            if token["attributes"] == _BLANK:
                pieces.append(Thing(_BLANK_WIDTH, 1.0))
    return tuple(pieces)


def fits(pieces: Pieces, width: float, height: float, picture: Picture, *, whole: bool = False) -> bool:
    """Tell whether `pieces` have room in a column `width` em wide and `height` lines high.

    Where `whole`, no word may be broken amid its letters.
    """
    total = indent = at = tallest = 0.0
    for piece in pieces:
        if total > height:
            return False
        if isinstance(piece, Word):
            room = max(_LEAST, width - indent)
            if at and at + piece.width > room and not piece.breaks:
                total += max(tallest, 1.0)
                at = tallest = 0.0
            if at + piece.width <= room:
                at += piece.width
            elif whole and not piece.breaks:
                return False
            else:
                for letter in piece.letters:
                    if at and at + letter > room:
                        total += max(tallest, 1.0)
                        at = tallest = 0.0
                    at += letter
            tallest = max(tallest, 1.0)
        elif isinstance(piece, Space):
            at += piece.width if at or piece.kept else 0.0
        elif isinstance(piece, Break):
            if at or piece.always:
                total += max(tallest, 1.0)
            at = tallest = 0.0
            total += piece.below
        elif isinstance(piece, Indent):
            indent += piece.by
        else:
            across, high = picture[::-1] if isinstance(piece, Image) else (piece.width, piece.lines)
            if at and across > _WIDE and at + across > width - indent:
                total += max(tallest, 1.0)
                at = tallest = 0.0
            at += across
            tallest = max(tallest, high, 1.0)
    return (total + max(tallest, 1.0) if at else total) <= height


def _start(tag: str, open_: list[str]) -> Iterator[Piece]:
    if tag not in _VOID:
        open_.append(tag)
    if tag == "br":
        yield Break(always=True)
    elif tag == "img" or tag in _BLOCKS:
        yield Break()
    if tag == "img":
        yield Image()
    if tag in _INDENTED:
        yield Indent(_INDENT)
    if tag in {"td", "th"}:
        yield Thing(_WIDE, 1.0)


def _end(tag: str, open_: list[str]) -> Iterator[Piece]:
    if tag in open_:
        while open_.pop() != tag:
            pass
    if tag in _BLOCKS:
        yield Break(below=_SPACED.get(tag, 0))
    if tag in _INDENTED:
        yield Indent(-_INDENT)


def _text(text: str, open_: list[str]) -> Iterator[Piece]:
    whole = "pre" in open_
    code = whole or "code" in open_ or "kbd" in open_
    for number, line in enumerate(text.split("\n") if whole else (text,)):
        if number:
            yield Break(always=True)
        for word in _WORDS.findall(line):
            if not word.isspace():
                yield _word(word, code=code)
            elif whole:
                yield Space(_CODE * len(word), kept=True)
            else:
                yield _SPACE


_SPACE = Space(_WIDTHS[" "], kept=False)


@lru_cache(maxsize=8192)
def _word(word: str, *, code: bool) -> Word:
    letters = (_CODE,) * len(word) if code else tuple(map(_width, word))
    return Word(sum(letters), letters, any(map(_is_wide, word)))


@cache
def _is_wide(letter: str) -> bool:
    return east_asian_width(letter) in "WF"


@cache
def _width(letter: str) -> float:
    if _is_wide(letter):
        return _WIDE
    return _WIDTHS.get(letter) or (_CAPITAL if letter.isupper() else _LETTER)
