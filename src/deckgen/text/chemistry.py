r"""Turn chemistry into ordinary LaTeX: `\ce{2H2 + O2 -> 2H2O}`, `\pu{8.314 J mol-1 K-1}`.

MathJax's mhchem is not part of Anki's set-up, and nothing draws it for paper; what is written here both can show. The
syntax is that of mhchem 4 (https://mhchem.github.io/MathJax-mhchem/): formulas, charges, isotopes, states, bonds,
fractions, gaps of stoichiometry, additions, arrows with texts, precipitates and gases, units and powers of ten.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from deckgen.patterns import lazy_pattern
from deckgen.text.quantity import quantity

if TYPE_CHECKING:
    from collections.abc import Iterator

_COMMAND = lazy_pattern(r"\\(ce|pu)\s*\{")
_ARROWS = {"->": r"\longrightarrow", "<-": r"\longleftarrow", "<->": r"\longleftrightarrow"}
_ARROWS |= {"<-->": r"\rightleftarrows"} | dict.fromkeys(("<=>", "<=>>", "<<=>"), r"\rightleftharpoons")
_BONDS = {"-": "{-}", "=": "{=}", "#": r"{\equiv}", "~": "{-}", "1": "{-}", "2": "{=}", "3": r"{\equiv}"}
_BONDS |= {"...": r"{\cdots}", "....": r"{\cdots}", "->": r"{\rightarrow}", "<-": r"{\leftarrow}"}

#: A step of a formula, tried in this order.
_ARROW = lazy_pattern(r"\s*(<-->|<=>>|<<=>|<=>|<->|->|<-)")
_SPACE = lazy_pattern(r"\s+")
_FRACTION = lazy_pattern(r"(\d+)/(\d+)\s*")
_INDEX = lazy_pattern(r"\d+")
_NUMBER = lazy_pattern(r"(\d+(?:[.,]\d+)?)\s*")
_SCRIPT = lazy_pattern(r"([\^_])\s*(\{|\d+[+-]?|[+-]+|[.*]|[A-Za-z]+|\\[A-Za-z]+)")
_STATE = lazy_pattern(r"\((?:aq|s|l|g|cr|am|sln|ads|mon|vit|lc|[A-Za-z]{1,4},\s*[^()$]+)\)")
_LETTERS = lazy_pattern(r"[A-Za-z]+")
_CHARGE = lazy_pattern(r"[+-]+(?=[\s)\]},.;]|\Z|->|<)")
_ADDITION = lazy_pattern(r"\s*(?:\*|\.(?=\s*\d*[A-Z]))\s*")
_TEX = lazy_pattern(r"\\(?:[A-Za-z]+|.)\s*")
_BOND = lazy_pattern(r"\\bond\s*\{([^{}]*)\}")
_MATHS = lazy_pattern(r"\$([^$]*)\$")
_OPERATOR = lazy_pattern(r"\s+([+\-=])\s+")
_GAS = lazy_pattern(r"\s+([v^])(?=\s|\Z)|\s*\(([v^])\)")


@lru_cache(maxsize=1024)
def expand(latex: str) -> str:
    r"""Return a formula with its `\ce{…}` and `\pu{…}` as ordinary LaTeX; unclosed ones do not change."""
    pieces: list[str] = []
    at = 0
    while command := _COMMAND.search(latex, at):
        end = _closing(latex, command.end())
        if end < 0:
            break
        inside = latex[command.end() : end]
        made = _Formula(inside).latex() if command[1] == "ce" else quantity(inside)
        pieces += [latex[at : command.start()], "{", made, "}"]
        at = end + 1
    return "".join([*pieces, latex[at:]])


def _closing(text: str, start: int, brackets: str = "{}") -> int:
    """Return the index of the bracket that closes the one before `start`, or -1."""
    depth = 0
    at = start
    while at < len(text):
        if text[at] == "\\":
            at += 1
        elif text[at] == brackets[0]:
            depth += 1
        elif text[at] == brackets[1]:
            if not depth:
                return at
            depth -= 1
        at += 1
    return -1


class _Formula:
    r"""Reads one `\ce{…}` from left to right."""

    def __init__(self, text: str) -> None:
        self._text = text.strip()
        self._at = 0
        self._out: list[str] = []
        #: Whether the previous token can have an index: an element, a bracket.
        self._base = False

    def latex(self) -> str:
        while self._at < len(self._text):
            start = self._at
            for step in self._steps():
                if step:
                    break
            if self._at == start:
                self._put(self._text[start], 1, base=False)
        return "".join(self._out).strip()

    def _steps(self) -> Iterator[bool]:
        yield self._arrow()
        yield self._gas()
        yield self._operator()
        yield self._addition()
        yield self._space()
        yield self._number()
        yield self._script()
        yield self._state()
        yield self._charge()
        yield self._bond()
        yield self._letters()
        yield self._group()

    def _match(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        return pattern.match(self._text, self._at)

    def _put(self, latex: str, length: int, *, base: bool) -> bool:
        self._out.append(latex)
        self._at += length
        self._base = base
        return True

    def _arrow(self) -> bool:
        found = self._match(_ARROW)
        if not found:
            return False
        self._at = found.end()
        above, below = self._argument(), self._argument()
        arrow = _ARROWS[found[1]]
        if below:
            arrow = rf"\underset{{{below}}}{{{arrow}}}"
        if above:
            arrow = rf"\overset{{{above}}}{{{arrow}}}"
        while self._at < len(self._text) and self._text[self._at].isspace():
            self._at += 1
        return self._put(rf" \;{arrow}\; ", 0, base=False)

    def _argument(self) -> str:
        """Read the text in brackets after an arrow."""
        if not self._text.startswith("[", self._at):
            return ""
        end = _closing(self._text, self._at + 1, "[]")
        if end < 0:
            return ""
        inside = self._text[self._at + 1 : end].strip()
        self._at = end + 1
        if inside.startswith("{") and _closing(inside, 1) == len(inside) - 1:
            return rf"\text{{{inside[1:-1]}}}"
        return _Formula(inside).latex()

    def _gas(self) -> bool:
        found = self._match(_GAS)
        if not found:
            return False
        arrow = r"\downarrow" if (found[1] or found[2]) == "v" else r"\uparrow"
        return self._put(rf"\,{{{arrow}}}", found.end() - self._at, base=False)

    def _operator(self) -> bool:
        found = self._match(_OPERATOR)
        if not found or not self._out:
            return False
        return self._put(f" {found[1]} ", found.end() - self._at, base=False)

    def _addition(self) -> bool:
        found = self._match(_ADDITION)
        if not found or not self._base:
            return False
        return self._put(r" \cdot ", found.end() - self._at, base=False)

    def _space(self) -> bool:
        found = self._match(_SPACE)
        return bool(found) and self._put(r"\ ", found.end() - self._at, base=False) if found else False

    def _number(self) -> bool:
        if self._base:
            found = self._match(_INDEX)
            return self._put(f"_{{{found[0]}}}", len(found[0]), base=True) if found else False
        if found := self._match(_FRACTION):
            return self._put(rf"\tfrac{{{found[1]}}}{{{found[2]}}}\,", len(found[0]), base=False)
        found = self._match(_NUMBER)
        return self._put(rf"{found[1]}\,", len(found[0]), base=False) if found else False

    def _script(self) -> bool:
        found = self._match(_SCRIPT)
        if not found:
            return False
        if found[2] == "{":
            end = _closing(self._text, found.end())
            if end < 0:
                return False
            inside, length = self._text[found.end() : end], end + 1 - self._at
        else:
            inside, length = found[2], found.end() - self._at
        empty = "" if self._base or (self._out and self._out[-1].startswith(("^", "_", "{}"))) else "{}"
        return self._put(f"{empty}{found[1]}{{{_small(inside)}}}", length, base=self._base)

    def _state(self) -> bool:
        found = self._match(_STATE)
        if not found or not self._base:
            return False
        return self._put(rf"\,\mathrm{{{found[0]}}}", len(found[0]), base=False)

    def _charge(self) -> bool:
        found = self._match(_CHARGE)
        if not found or not self._base:
            return False
        before = self._out[-1]
        if before.startswith("^{"):
            self._out.pop()
            return self._put(f"{before[:-1]}{found[0]}}}", len(found[0]), base=True)
        return self._put(f"^{{{found[0]}}}", len(found[0]), base=True)

    def _bond(self) -> bool:
        if found := self._match(_BOND):
            return self._put(_BONDS.get(found[1], "{-}"), len(found[0]), base=False)
        character = self._text[self._at]
        if character in "-=#":
            return self._put(_BONDS[character], 1, base=False)
        return False

    def _letters(self) -> bool:
        found = self._match(_LETTERS)
        if not found:
            return False
        word = found[0]
        alone = len(word) == 1 and word.islower() and not self._base
        ends = self._text[found.end() : found.end() + 1]
        if alone and (not ends or ends.isspace() or ends == "("):
            # An unknown number: `n H2O`.
            return self._put(word, 1, base=False)
        if alone and word == "e" and ends in "+-^":
            return self._put(r"\mathrm{e}", 1, base=True)
        if alone and ends.isupper():
            return self._put(rf"{word}\,", 1, base=False)
        return self._put(rf"\mathrm{{{word}}}", len(word), base=True)

    def _group(self) -> bool:
        character = self._text[self._at]
        if character in "([":
            return self._put(character, 1, base=False)
        if character in ")]":
            return self._put(character, 1, base=True)
        if character == "{":
            end = _closing(self._text, self._at + 1)
            if end < 0:
                return False
            inside = self._text[self._at + 1 : end]
            return self._put(rf"\text{{{inside}}}", end + 1 - self._at, base=True)
        if found := self._match(_MATHS):
            return self._put(f"{{{found[1]}}}", len(found[0]), base=True)
        if found := self._match(_TEX):
            return self._put(found[0], len(found[0]), base=True)
        return False


def _small(text: str) -> str:
    r"""Write an index or exponent: numbers and signs as they are, `.` a radical's dot, words upright."""
    written = re.sub(r"(?<![\d\\])[.*]|\\bullet", r"\\cdot ", text)
    return re.sub(r"(?<![\\A-Za-z])([A-Za-z]{2,}|[A-Z])(?![A-Za-z])", r"\\mathrm{\1}", written)
