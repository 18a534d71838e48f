"""Parse rendered text into pieces with known sizes, to be set in several widths."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from html import unescape
from typing import TYPE_CHECKING
from unicodedata import east_asian_width, normalize

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
SPACED = {"p": 0.5, "pre": 0.5, "ul": 0.5, "ol": 0.5, "blockquote": 0.5, "table": 0.5, "dl": 0.5, "tr": 0.25}
_INDENTED = frozenset({"ul", "ol", "blockquote", "pre", "dd"})
_TABLE_TAGS = frozenset({"thead", "tbody", "tfoot", "tr", "th", "td"})
_VOID = frozenset({"br", "img", "hr", "wbr", "input"})
#: What the style sheets set in bold letters; `em` is, where nothing may be slanted.
_BOLD_CLASS, _BOLD_TEXT = re.compile(r' class="(?:answer|filled|term)"'), "bold"
_BOLD_TAGS = frozenset({"b", "strong", "em", "th", "h1", "h2", "h3", _BOLD_TEXT})
#: Widths in em: of each letter the widest in the faces of printed pages, upright and italic, rounded up. A letter
#: with a mark on it is as wide as without, unless it stands here.
_WIDTHS = {
    letter: width
    for width, letters in {
        0.3: " !',.:;`ijl|’‘·",
        0.36: '"()-[]ft{}',
        0.42: "/I\\rľ",
        0.5: "*1?csvxyz“”–",
        0.55: "27J^_aeko",
        0.58: "3bdghnpqu~",
        0.63: "$45689BEFLPSTZ£¤¥¬¶÷ɮʜʪʫʬʮʯφψинпцџ⁄∕",
        0.7: "#0<>CKRVXY×ďȡɚɷɸʦʨʷω€",
        0.76: "&+=ADGNOQUw±ŉȵɶʘмфыљ−",
        0.83: "©®ĦƕɰʍʣΌΎΗΩИНтшщюњ",
        0.9: "HMmÆæɯɱʤʥʩΉΏΜϖМЫ™",
        0.97: "%@W…¼¾ĲœЉЖж",
        1.06: "½ŒЊШЩЮ—",
        1.3: "₧№",
    }.items()
    for letter in letters
}
#: Of other letters, small and capital; of those in code; of Chinese and the like, and of these in code.
_LETTER, _CAPITAL, _CODE, WIDE, _WIDE_CODE = 0.58, 0.76, 0.58, 1.0, 0.86
#: How much wider bold letters are, at most. Code has no bold face of its own.
_BOLD = 1.1
#: Indents of lists, quotations and code, in em.
_INDENT = 1.9
#: The attributes of a gap to fill, and its width.
_BLANK, _BLANK_WIDTH = ' class="blank"', 3.4
_LENGTH = re.compile(r"(width|height):\s*([\d.]+)em")
#: A drawing, a tag, or text. The renderer escapes `<` wherever it is not a tag.
_TOKEN = re.compile(
    r'<svg\b(?P<drawing>[^>]*)>.*?</svg>|<(?P<close>/?)(?P<tag>[a-z][a-z0-9]*)(?P<attributes>(?:[^>"]|"[^"]*")*)>|(?P<text>[^<]+)',
    re.DOTALL,
)
#: A line may end after a hyphen.
_WORDS = re.compile(r"\s+|-*[^\s-]+-*|-+")


class Word(msgspec.Struct, frozen=True):
    """Letters without a space; widths in em."""

    width: float
    letters: tuple[float, ...]
    #: Whether a line may end anywhere in it, as in Chinese and Japanese.
    breaks: bool
    #: Whether a line may end after it though no space follows.
    hyphen: bool


class Space(msgspec.Struct, frozen=True):
    """Room between words, in em; `kept` where it stays at the start of a line."""

    width: float
    kept: bool


class Thing(msgspec.Struct, frozen=True):
    """A drawing: em wide, lines high."""

    width: float
    lines: float


class Image(msgspec.Struct, frozen=True):
    """A picture, with the size that `measure.fits` gets."""


class Break(msgspec.Struct, frozen=True):
    """The end of a line, then room below it in lines; `always` where an empty line counts too."""

    always: bool = False
    below: float = 0.0


class Indent(msgspec.Struct, frozen=True):
    """A change of the indent, in em."""

    by: float


class Table(msgspec.Struct, frozen=True):
    """Rows of cells, each with what it consists of."""

    rows: tuple[tuple[Pieces, ...], ...]


Piece = Word | Space | Thing | Image | Break | Indent | Table
Pieces = tuple[Piece, ...]


@lru_cache(maxsize=1000)  # versions of a sheet, and the sizes that a card is tried in, read the same texts
def read(html: str) -> Pieces:
    """Return what rendered text consists of, ready to be set."""
    pieces: list[Piece] = []
    open_: list[str] = []
    rows: list[list[Pieces]] = []
    outside: list[Piece] = []
    for token in _TOKEN.finditer(html):
        if token.lastgroup == "text":
            words = _text(unescape(token["text"]), open_)
            # Within a text, a word touches another one only after a hyphen.
            for piece in words[:1]:
                _append(piece, pieces)
            pieces += words[1:]
            continue
        tag = token["tag"] or ""
        if token["drawing"]:
            sizes = dict(_LENGTH.findall(token["drawing"]))
            pieces.append(Thing(float(sizes.get("width", 1)), float(sizes.get("height", 1)) / 1.25))
        elif tag == "table" and "table" not in open_:
            outside, pieces, rows = pieces, [], []
            open_.append(tag)
        elif tag == "table" and token["close"] and open_.count(tag) == 1:
            _close(tag, open_)
            whole = Table(tuple(tuple(row) for row in rows if row))
            pieces = [*outside, Break(), *((whole,) if whole.rows else ()), Break(below=SPACED[tag])]
        elif open_.count("table") == 1 and tag in _TABLE_TAGS:
            if token["close"]:
                _close(tag, open_)
            else:
                open_.append(tag)
                if tag == "tr":
                    rows.append([])
            if tag in ("td", "th") and rows:
                if token["close"]:
                    rows[-1].append(tuple(pieces))
                pieces = []
        elif token["close"]:
            pieces += _end(tag, open_)
        else:
            pieces += _start(tag, open_)
            if _BOLD_CLASS.match(token["attributes"]):
                open_.append(_BOLD_TEXT)
            if token["attributes"] == _BLANK:
                pieces.append(Thing(_BLANK_WIDTH, 1.0))
    return tuple(pieces)


def _append(piece: Piece, pieces: list[Piece]) -> None:
    """Append a piece; what touches a word without a space is part of it, as after `<b>word</b>`."""
    before = pieces[-1] if pieces else None
    if (
        isinstance(before, Word)
        and isinstance(piece, Word)
        and not (before.hyphen or before.breaks or piece.breaks)
    ):
        letters = before.letters + piece.letters
        pieces[-1] = Word(sum(letters), letters, breaks=False, hyphen=piece.hyphen)
    else:
        pieces.append(piece)


def _close(tag: str, open_: list[str]) -> None:
    if tag in open_:
        while open_.pop() != tag:
            pass


def _start(tag: str, open_: list[str]) -> Iterator[Piece]:
    if tag not in _VOID:
        open_.append(tag)
    if tag == "br":
        yield Break(always=True)
    elif tag == "wbr":
        yield _END
    elif tag == "img" or tag in _BLOCKS:
        yield Break()
    if tag == "img":
        yield Image()
    if tag in _INDENTED:
        yield Indent(_INDENT)
    if tag in {"td", "th"}:
        yield Thing(WIDE, 1.0)


def _end(tag: str, open_: list[str]) -> Iterator[Piece]:
    _close(tag, open_)
    # The letter of an option stands beside its text.
    if tag == "b" and "li" in open_[-2:]:
        yield _END
    if tag in _BLOCKS:
        yield Break(below=SPACED.get(tag, 0))
    if tag in _INDENTED:
        yield Indent(-_INDENT)


def _text(text: str, open_: list[str]) -> list[Piece]:
    """Return what a text without tags consists of."""
    whole = "pre" in open_
    code = whole or "code" in open_ or "kbd" in open_
    bold = not code and not _BOLD_TAGS.isdisjoint(open_)
    found: list[Piece] = []
    for number, line in enumerate(text.split("\n") if whole else (text,)):
        if number:
            found.append(Break(always=True))
        for word in _WORDS.findall(line):
            if not word.isspace():
                found.append(_word(word, code, bold))
            elif whole:
                found.append(Space(_CODE * len(word), kept=True))
            else:
                found.append(SPACE)
    return found


#: Between words.
SPACE = Space(_WIDTHS[" "], kept=False)
#: Where a word may end without a space.
_END = Space(0.0, kept=False)


@lru_cache(maxsize=8192)
def _word(word: str, code: bool, bold: bool) -> Word:
    is_wide = not word.isascii() and any(map(_is_wide, word))
    if code:
        letters = tuple([_WIDE_CODE if is_wide and _is_wide(letter) else _CODE for letter in word])
    else:
        letters = tuple(map(_width, word))
        if bold:
            letters = tuple([width * _BOLD for width in letters])
    return Word(sum(letters), letters, is_wide, word[-1] == "-")


@cache
def _is_wide(letter: str) -> bool:
    return east_asian_width(letter) in "WF"


@cache
def _width(letter: str) -> float:
    if _is_wide(letter):
        return WIDE
    plain = normalize("NFD", letter)[0]
    return _WIDTHS.get(letter) or _WIDTHS.get(plain) or (_CAPITAL if letter.isupper() else _LETTER)
