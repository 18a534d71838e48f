r"""The gaps of a cloze text: `{{answer}}`, `{{answer::hint}}`, `{{c1::…}}`.

In code and formulas braces and colons mostly stand for themselves:

- `{{ name }}`, with spaces inside, is code, as is every `{{…}}` in code or a formula where gaps are numbered by hand;
- `::` inside a piece of code or a formula is part of it. In a gap within code, a hint follows `:: `
  (with a space after the colons, and none before): `{{bind:: takes an address}}`.

Elsewhere the first `::` that a hint follows divides; `\::` is the text `::`, and so is the one of an IPv6 address.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache
from typing import Literal, NamedTuple

from deckgen import core
from deckgen.patterns import lazy_pattern
from deckgen.text.literal import Literal as Piece
from deckgen.text.literal import LiteralKind, literals
from deckgen.text.plain import visible_gaps

#: Anki: a note has at most 500 cloze cards.
HIGHEST_GAP = 500
_BRACE = lazy_pattern(r"[{}]")
#: `c1::` in front of an answer: a gap numbered by hand.
_NUMBER = lazy_pattern(r"c(\d{1,9})::")
_NUMBERED = lazy_pattern(r"\{\{c\d{1,9}::")
_DIVIDER = lazy_pattern(r"(?<!\\)((?:\\\\)*)::(?=\s*[^\s:])")
#: In code and formulas, where `::` is part of many languages.
_DIVIDER_IN_CODE = lazy_pattern(r"(?<=[^\s:])()::(?=\s+\S)")
_ESCAPED = lazy_pattern(r"(?<!\\)((?:\\\\)*)\\::")
_IPV6 = lazy_pattern(
    r"\s*(?=[^\s]*[0-9])(?:[0-9A-Fa-f]{1,4}(?::[0-9A-Fa-f]{1,4})*)?::(?:[0-9A-Fa-f]{1,4}(?::[0-9A-Fa-f]{1,4})*)?"
    r"(?:%\w+)?(?:/\d{1,3})?(?=\s*(?:::|\Z))"
)


class GapProblem(NamedTuple):
    """What is wrong with a gap, and where in the text it begins (0-based offset)."""

    what: Literal["unclosed", "empty", "number", "mixed", "nested", "hidden"]
    offset: int


class _Literals:
    """The pieces of a text that are code or formulas, found by their place."""

    def __init__(self, text: str) -> None:
        self._pieces = literals(text)
        self._starts = [piece.start for piece in self._pieces]

    def at(self, offset: int) -> Piece | None:
        """Return the piece that contains a character."""
        piece = self._pieces[at - 1] if (at := bisect_right(self._starts, offset)) else None
        return piece if piece and offset < piece.end else None


class _Read(NamedTuple):
    """A text that was read: with markers for its gaps, the gaps, what is wrong, and where each gap begins."""

    marked: str
    gaps: tuple[core.Gap, ...]
    problems: tuple[GapProblem, ...]
    starts: tuple[int, ...]


def read_gaps(text: str) -> tuple[str, tuple[core.Gap, ...], tuple[GapProblem, ...]]:
    r"""Return the text with markers for gaps, the gaps, and what is wrong with them.

    Braces inside a gap are counted, so `{{\\frac{a}{b}}}` is one gap with the answer `\\frac{a}{b}`.
    """
    read = _read(text)
    return read.marked, read.gaps, read.problems


@lru_cache(maxsize=64)
def _read(text: str) -> _Read:
    pieces: list[str] = []
    starts: list[int] = []
    gaps: list[core.Gap] = []
    problems: list[GapProblem] = []
    inside = _Literals(text)
    numbered = _NUMBERED.search(text) is not None
    done, at, unnumbered = 0, 0, 0
    while (start := text.find("{{", at)) >= 0:
        around = inside.at(start)
        end = _gap_end(text, start + 2, around, inside)
        if _is_text(text, start, end, around, numbered=numbered):
            at = start + 2
            continue
        if end < 0:
            problems.append(GapProblem("unclosed", start))
            break
        number, answer, hint = _take_apart(text, start + 2, end, around, inside)
        if number is None:
            unnumbered += 1
            number = unnumbered
        if not answer.strip():
            problems.append(GapProblem("empty", start))
        if not 1 <= number <= HIGHEST_GAP:
            problems.append(GapProblem("number", start))
        nested = _nested(text, start + 2, end, around, inside)
        if nested >= 0:
            problems.append(GapProblem("nested", nested))
        pieces += [text[done:start], core.gap_marker(len(gaps))]
        starts.append(start)
        gaps.append(core.Gap(number, answer.strip(), hint.strip()))
        done = at = end + 2
    pieces.append(text[done:])
    if 0 < unnumbered < len(gaps):
        problems.append(GapProblem("mixed", text.find("{{")))
    return _Read("".join(pieces), tuple(gaps), tuple(problems), tuple(starts))


def hidden_gaps(text: str) -> tuple[GapProblem, ...]:
    """Return the gaps that nobody sees: in the address of a link, the alternative of a picture, an info string."""
    if "](" not in text and "]:" not in text and "<" not in text and "```" not in text and "~~~" not in text:
        return ()
    read = _read(text)
    seen = visible_gaps(read.marked)
    return tuple(GapProblem("hidden", start) for at, start in enumerate(read.starts) if at not in seen)


def _is_text(text: str, start: int, end: int, around: Piece | None, *, numbered: bool) -> bool:
    """Return whether braces are literal and do not start a gap."""
    if around is None:
        before = text[:start]
        return (len(before) - len(before.rstrip("\\"))) % 2 == 1
    if _NUMBERED.match(text, start):
        return False
    if numbered:
        return True
    whole = text[start + 2 : end] if end >= 0 else text[start + 2 : start + 3]
    return around.kind is LiteralKind.CODE and whole != whole.strip()


def _gap_end(text: str, start: int, around: Piece | None, inside: _Literals) -> int:
    """Return the offset of the `}}` that closes a gap whose inside begins at `start`, or -1."""
    depth = 0
    for brace in _BRACE.finditer(text, start, around.end if around else len(text)):
        if around is None and inside.at(brace.start()):
            continue
        if brace[0] == "{":
            depth += 1
        elif depth:
            depth -= 1
        elif text.startswith("}}", brace.start()):
            return brace.start()
        else:
            break
    if around is None or around.kind is not LiteralKind.CODE:
        return -1
    # Code may open more braces than it closes: `{{if (x) {}}`.
    end = text.find("}}", start, around.end)
    return end if "}" not in text[start:end] and "\n" not in text[start:end] else -1


def _take_apart(
    text: str, start: int, end: int, around: Piece | None, inside: _Literals
) -> tuple[int | None, str, str]:
    """Return the number, if there is one, the answer and the hint of a gap."""
    number = None
    if match := _NUMBER.match(text, start, end):
        number = int(match[1])
        start = match.end()
    whole = text[start:end]
    if around is not None:
        divider = _DIVIDER_IN_CODE.search(whole)
    else:
        address = _IPV6.match(whole)
        begin = address.end() if address else 0
        dividers = (found for found in _DIVIDER.finditer(whole, begin) if not inside.at(start + found.end(1)))
        divider = next(dividers, None)
    if divider is None:
        answer, hint = whole, ""
    else:
        answer, hint = whole[: divider.end(1)], whole[divider.end() :]
    if around is None and "\\::" in whole:
        answer, hint = _ESCAPED.sub(r"\1::", answer), _ESCAPED.sub(r"\1::", hint)
    return number, answer, hint


def _nested(text: str, start: int, end: int, around: Piece | None, inside: _Literals) -> int:
    """Return where a gap begins inside a gap, or -1."""
    at = start
    while (at := text.find("{{", at, end)) >= 0:
        within = inside.at(at) if around is None else around
        if within is None or _NUMBERED.match(text, at):
            return at
        at += 2
    return -1
