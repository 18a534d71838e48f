"""Tell how the text of a CSV file is encoded: spreadsheets do not say."""

from __future__ import annotations

import codecs
from typing import NamedTuple

from deckgen.patterns import lazy_pattern
from deckgen.tables.grid import Problem

#: Encodings that an author may name, as Python calls them.
NAMES = (
    "utf-8",
    "utf-16",
    "windows-1250",
    "windows-1251",
    "windows-1252",
    "windows-1253",
    "windows-1254",
    "windows-1255",
    "windows-1256",
    "windows-1257",
    "windows-1258",
    "iso-8859-1",
    "iso-8859-2",
    "iso-8859-5",
    "iso-8859-7",
    "iso-8859-9",
    "iso-8859-15",
    "koi8-r",
    "mac-roman",
    "shift_jis",
    "euc-jp",
    "gb18030",
    "big5",
    "euc-kr",
)

#: Byte order marks with what they stand for.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: Bytes looked at for the zeros of UTF-16.
_START = 4096
#: What Western European texts in Windows-1252 hold beside ASCII. Anything else hints at another encoding: Polish in
#: Windows-1250 has `³` for `ł`, Japanese in Shift JIS has `‚`.
_USUAL = lazy_pattern("[\x00-\x7fÀ-ÖØ-öø-ÿŠšŽžŒœŸ‘’“”„–—…€«»¿¡°ºª§´·£©®\xa0]*")


class Decoded(NamedTuple):
    """A text, and how it was encoded."""

    text: str
    codec: str
    #: The byte order mark before it.
    mark: bytes
    #: Offset of the first character that speaks against the guess, -1 where there is none.
    doubt: int


def decode(content: bytes, encoding: str = "") -> Decoded | Problem:
    """Decode a text in the encoding that the author names; without one it is found out.

    A byte order mark says it. Else it is UTF-16 where every other byte is zero, UTF-8 where the bytes are that, and
    Windows-1252 (of which Latin-1 is a part) where they are not: what spreadsheets in Western Europe write.
    """
    mark, codec = next(((mark, name) for mark, name in _MARKS if content.startswith(mark)), (b"", ""))
    if encoding:
        return _named(content, encoding, mark, codec)
    codec = codec or _wide(content)
    if codec:
        return _as(content, codec, mark)
    text = _as(content, "utf-8", b"")
    if not isinstance(text, Problem):
        return text
    text = _as(content, "cp1252", b"")
    if isinstance(text, Problem):
        return Problem(
            "is neither UTF-8 nor Windows-1252",
            'say what it is, `encoding = "…"`, or save it as UTF-8',
            line=text.line,
        )
    usual = _USUAL.match(text.text)
    end = usual.end() if usual else 0
    return text if end == len(text.text) else text._replace(doubt=end)


def _named(content: bytes, encoding: str, mark: bytes, marked: str) -> Decoded | Problem:
    codec = codecs.lookup(encoding).name
    if marked and marked.startswith(codec):
        return _as(content, marked, mark)
    return _as(content, "utf-16-le" if codec == "utf-16" else codec, b"")


def _as(content: bytes, codec: str, mark: bytes) -> Decoded | Problem:
    try:
        text = content[len(mark) :].decode(codec)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, len(mark) + error.start) + 1
        return Problem(
            f"is not {codec.upper()}", 'say what it is, `encoding = "…"`, or save it as UTF-8', line=line
        )
    return Decoded(text, codec, mark, -1)


def _wide(content: bytes) -> str:
    """Tell UTF-16 without a mark: of Latin letters, separators and line ends every other byte is zero."""
    start = content[:_START]
    even, odd = start[0::2].count(0), start[1::2].count(0)
    if not even and not odd:
        return ""
    return "utf-16-be" if even > odd else "utf-16-le"
