"""Lines of diagnostics as pieces of text with roles, and the colours of these in a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

#: The style of each role (SGR parameters, ECMA-48). Only the sixteen basic colours: people choose
#: those in their terminals, for light and dark backgrounds.
_LOOKS = {
    "error": "1;31",
    "warning": "1;33",
    "advice": "1;36",
    "strong": "1",
    "frame": "1;34",
    "second": "1;34",
    "help": "1;36",
    "escape": "35",
    "good": "1;32",
    "faint": "2",
}

Paint = Callable[[str, str], str]


class Piece(NamedTuple):
    """A piece of a line; the role is empty for plain text."""

    text: str
    role: str = ""


#: Pieces from left to right.
Line = tuple[Piece, ...]


def stripped(pieces: Iterable[Piece]) -> Line:
    """Return a line without white space at its end."""
    line = list(pieces)
    while line and not (text := line[-1].text.rstrip()):
        line.pop()
    return (*line[:-1], line[-1]._replace(text=text)) if line else ()


def painted(lines: Iterable[Line], paint: Paint) -> str:
    """Return lines as text, with the pieces that have a role painted."""
    return "\n".join(
        "".join(paint(piece.role, piece.text) if piece.role else piece.text for piece in line)
        for line in lines
    )


def painter(*, color: bool) -> Paint:
    """Return the function that paints a text by its role; without colour it changes nothing."""
    return _colored if color else _plain


def _colored(role: str, text: str) -> str:
    return f"\x1b[{_LOOKS[role]}m{text}\x1b[0m" if text else ""


def _plain(_role: str, text: str) -> str:
    return text
