r"""A text of a field as Markdown: what would be markup is escaped; formulas, sounds and clozes become deckgen's."""

from __future__ import annotations

import re
from collections.abc import Callable

from deckgen.importing.normal import (
    BRACE,
    BRACKET,
    COLONS,
    END,
    FORMULA,
    formula,
    is_formula_in_line,
    unmarked,
)

#: Markup within a line.
_MARKUP = re.compile(r"[\\`*_\[\]<>&$~|]|\{(?=[^{}|]*\|)|!(?=\[)|@(?=\{)")
#: What makes a block of a line.
_BLOCK = re.compile(r"(?P<space>[ ]*)(?P<mark>[-+*#>=|~`]|_(?=[ ]*_)|\d{1,9}(?P<point>[.)])(?=\s|\Z))")
_PIECE = re.compile(
    rf"(?:{FORMULA.pattern})|{BRACKET}sound:(?P<medium>[^\[\]\n]+)\]", re.DOTALL | re.IGNORECASE
)

#: Returns the path in the project of a medium by its name in Anki; None where there is none.
Paths = Callable[[str], str | None]


class UnsayableError(Exception):
    """Markdown cannot say it."""


class Literal:
    """Writes texts: with `careful` every character that may be markup is escaped, otherwise none is."""

    def __init__(self, paths: Paths, *, careful: bool, cloze: bool) -> None:
        self._paths = paths
        self._careful = careful
        self._cloze = cloze

    def text(self, text: str) -> str:
        """Return Markdown that shows a text."""
        if "\\" not in text and BRACKET not in text:
            return self._plain(text)
        pieces: list[str] = []
        done = 0
        for found in _PIECE.finditer(text):
            pieces += (self._plain(text[done : found.start()]), self._piece(found))
            done = found.end()
        return "".join((*pieces, self._plain(text[done:])))

    def _piece(self, found: re.Match[str]) -> str:
        if found["medium"]:
            return self.medium(found["medium"], "")
        mathematics = FORMULA.match(found[0])
        if mathematics is None:
            raise UnsayableError
        dollars = "$" if is_formula_in_line(mathematics) else "$$"
        return f"{dollars}{self._marks(formula(mathematics))}{dollars}"

    def _plain(self, text: str) -> str:
        if self._careful:
            text = _MARKUP.sub(r"\\\g<0>", text)
        return self._marks(text).replace("\xa0", "&nbsp;")

    def _marks(self, text: str) -> str:
        if BRACKET in text or (not self._cloze and BRACE in text):
            # Anki acts on it, and Markdown would show it.
            raise UnsayableError
        return unmarked(text)

    def medium(self, name: str, alternative: str) -> str:
        """Return a picture or a sound by its name in Anki."""
        path = self._paths(unmarked(name))
        if path is None:
            raise UnsayableError
        path = path.replace("%", "%25")
        if re.search(r"[\s()<>\\&*_`\[\]]", path):
            path = "<" + re.sub(r"[\\<>&*_`\[\]]", r"\\\g<0>", path) + ">"
        return f"![{self._plain(alternative)}]({path})"


def line(text: str) -> str:
    """Return a line of Markdown so that it begins no block."""
    found = _BLOCK.match(text)
    if found is None:
        return text
    at = found.start("point") if found["point"] else found.start("mark")
    return f"{text[:at]}\\{text[at:]}"


__all__ = ["COLONS", "END", "Literal", "Paths", "UnsayableError", "line"]
