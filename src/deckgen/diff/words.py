"""Compare two fields word by word, as a learner reads them."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from html import unescape
from typing import Literal

from deckgen.nearest import shared_start
from deckgen.patterns import lazy_pattern

#: A piece of text that stayed (`=`), was removed (`-`) or added (`+`).
Piece = tuple[Literal["=", "-", "+"], str]

#: Elements that end a line.
_BLOCK = lazy_pattern(
    r"</?(?:p|div|ul|ol|li|dl|dt|dd|table|tr|thead|tbody|pre|blockquote|h[1-6]|br|hr|figure)\b[^>]*>",
    re.IGNORECASE,
)
_CELL = lazy_pattern(r"</t[dh]>", re.IGNORECASE)
_IMAGE = lazy_pattern(r"<(?:img|audio)\b[^>]*?\ssrc=\"([^\"]*)\"[^>]*>", re.IGNORECASE)
_COMMENT = lazy_pattern(r"<!--.*?-->", re.DOTALL)
_TAG = lazy_pattern(r"</?[a-zA-Z][^>]*>")
_SPACES = lazy_pattern(r"[ \t]+")
_LINES = lazy_pattern(r"\s*\n\s*")
#: A picture's name is one word: its hash would be several words.
_TOKEN = lazy_pattern(r"\s+|\[[^\s\[\]]*\]|\w+|[^\w\s]")
#: Above so many comparisons of words, everything counts as replaced: the time grows with the product.
_MOST = 4_000_000


def readable(html: str) -> str:
    """Return the text of a field: lines for blocks, pictures by their names in brackets, no markup."""
    if "<" in html:
        html = _IMAGE.sub(r"[\1]", _COMMENT.sub("", html))
        html = _TAG.sub("", _CELL.sub(" | ", _BLOCK.sub("\n", html)))
    return _LINES.sub("\n", _SPACES.sub(" ", unescape(html))).strip()


def compare_words(before: str, after: str) -> tuple[Piece, ...]:
    """Return the pieces of two texts: those that stayed or were removed make up `before`, the others `after`."""
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    start = shared_start(old, new)
    end = shared_start(old[start:][::-1], new[start:][::-1])
    pieces: list[Piece] = [("=", "".join(old[:start]))]
    middle_old, middle_new = old[start : len(old) - end], new[start : len(new) - end]
    if len(middle_old) * len(middle_new) > _MOST:
        pieces += [("-", "".join(middle_old)), ("+", "".join(middle_new))]
    else:
        for what, a, b, c, d in SequenceMatcher(None, middle_old, middle_new, autojunk=False).get_opcodes():
            if what == "equal":
                pieces.append(("=", "".join(middle_old[a:b])))
            else:
                pieces += [("-", "".join(middle_old[a:b])), ("+", "".join(middle_new[c:d]))]
    pieces.append(("=", "".join(old[len(old) - end :])))
    return _joined(pieces)


def _joined(pieces: list[Piece]) -> tuple[Piece, ...]:
    """Join changes with only white space between them: `[-a b-]{+c d+}` reads better than four pieces."""
    groups: list[list[str]] = []
    kept: list[Piece] = []

    def close() -> None:
        if groups:
            went, came = groups.pop()
            kept.extend(piece for piece in (("-", went), ("+", came)) if piece[1])

    for index, (sign, text) in enumerate(pieces):
        if not text:
            continue
        if sign == "=":
            changes_on = any(other != "=" and said for other, said in pieces[index + 1 : index + 3])
            if groups and text.isspace() and "\n" not in text and changes_on:
                groups[-1] = [part + text for part in groups[-1]]
                continue
            close()
            kept.append((sign, text))
        else:
            if not groups:
                groups.append(["", ""])
            groups[-1][0 if sign == "-" else 1] += text
    close()
    return tuple(kept)
