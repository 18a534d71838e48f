"""Write numbers as their authors spelled them, in the notation of a language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from deckgen.core.number import NUMBER, number, percentage, significant_digits
from deckgen.words import counted
from deckgen.words.numbers import marks

if TYPE_CHECKING:
    from fractions import Fraction

    from deckgen.words.numbers import Marks

_NO_BREAK = "\u00a0"
#: Fewer digits are easier to read, and years are written, without groups.
_LONG = 5
_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_MINUS = "−"


def written(numeral: str, language: str) -> str:
    """Write a number as its author spelled it, in the notation of a language: `6.022 × 10²³`, `3,10`, `65,536`.

    `numeral` is in the notation of `deckgen.core.number`; anything else is returned as it is.
    """
    found = NUMBER.fullmatch(numeral)
    if found is None:
        return numeral
    sign = found["sign"].replace("-", _MINUS).replace("+", "")
    if found["based"]:
        return sign + found["based"]
    if found["over"]:
        return f"{sign}{found['over']}/{found['under']}"
    mark = marks(language)
    whole = found["whole"] if found["power"] else _grouped(found["whole"], mark)
    mantissa = sign + whole + (mark.decimal + found["fraction"] if found["fraction"] else "")
    if not found["power"]:
        return mantissa
    return f"{mantissa}{_NO_BREAK}×{_NO_BREAK}10{str(int(found['power'])).translate(_RAISED)}"


def written_points(points: Fraction, language: str) -> str:
    """Write points with two decimals at most, halves rounded away from zero, in the notation of a language."""
    hundredths = int(200 * abs(points) + 1) // 2
    whole = f"{hundredths / 100:.2f}".rstrip("0").rstrip(".").replace(".", marks(language).decimal)
    return _MINUS + whole if points < 0 and hundredths else whole


def exactness(tolerance: str, language: str) -> str:
    """Write how near an answer has to be: `± 0.05`, `± 1 %`, `3 significant digits`; empty for exactly."""
    digits = significant_digits(tolerance)
    if digits:
        return counted(language, "significant-digits", digits)
    return "" if is_exact(tolerance) else f"±{_NO_BREAK}{written_tolerance(tolerance, language)}"


def is_exact(tolerance: str) -> bool:
    """Return whether a tolerance is none."""
    return not significant_digits(tolerance) and number(percentage(tolerance) or tolerance) == 0


def written_tolerance(tolerance: str, language: str) -> str:
    """Write what may stand after `±`: an absolute tolerance or a relative one."""
    percent = percentage(tolerance)
    if not percent:
        return written(tolerance, language)
    # With a space where its author put one, which must not break.
    return written(percent, language) + re.sub(r"\s+", _NO_BREAK, tolerance[len(percent) :])


def _grouped(whole: str, mark: Marks) -> str:
    if len(whole) < _LONG:
        return whole
    head, tail = whole[:-3], whole[-3:]
    size = 2 if mark.by_two else 3
    first = len(head) % size or size
    groups = [head[:first], *(head[at : at + size] for at in range(first, len(head), size)), tail]
    return mark.group.join(groups)
