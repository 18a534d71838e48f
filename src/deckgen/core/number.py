"""Numbers as authors write them: exact, and without losing how they are spelled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deckgen.patterns import lazy_pattern

if TYPE_CHECKING:
    from fractions import Fraction

#: What TOML writes (`65536`, `3.10`, `6.022e23`, `0xFF`), and fractions of whole numbers (`1/3`).
NUMBER = lazy_pattern(
    r"(?P<sign>[+-]?)(?:"
    r"(?P<over>[0-9]+)/(?P<under>[0-9]*[1-9][0-9]*)"
    r"|(?P<based>0(?:x[0-9a-fA-F]+|o[0-7]+|b[01]+))"
    r"|(?P<whole>[0-9]+)(?:\.(?P<fraction>[0-9]+))?(?:[eE](?P<power>[+-]?[0-9]{1,4}))?"
    r")"
)
#: Characters of a number that can be filled in by bubbles; a longer one is written on the question sheet.
MOST_PLACES = 8
#: Characters of any number; Python refuses to convert some thousand digits.
_LONGEST = 1000
_PERCENT = lazy_pattern(r"(?P<number>\S+)\s*%")
_DIGITS = lazy_pattern(r"(?P<count>[1-9][0-9]?) digits?")


def number(text: str) -> Fraction | None:
    """Return the value of a number, None where `text` is not one."""
    from fractions import Fraction

    found = NUMBER.fullmatch(text)
    if found is None or len(text) > _LONGEST:
        return None
    if found["over"]:
        value = Fraction(int(found["over"]), int(found["under"]))
    elif found["based"]:
        value = Fraction(int(found["based"], 0))
    else:
        value = Fraction(text.lstrip("+-"))
    return -value if found["sign"] == "-" else value


def percentage(tolerance: str) -> str:
    """Return the number of a relative tolerance (`1 %`), empty where it is not one."""
    found = _PERCENT.fullmatch(tolerance)
    return found["number"] if found and number(found["number"]) is not None else ""


def significant_digits(tolerance: str) -> int:
    """Return the number of digits to round to (`3 digits`), 0 where the tolerance is not of this kind."""
    found = _DIGITS.fullmatch(tolerance)
    return int(found["count"]) if found else 0


def is_tolerance(text: str) -> bool:
    """Return whether a text is a tolerance: `0.05`, `1 %` or `3 digits`; none is less than 0."""
    value = number(percentage(text) or text)
    return significant_digits(text) > 0 or (value is not None and value >= 0)
