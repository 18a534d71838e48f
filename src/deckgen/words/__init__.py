"""The fixed words of cards, sheets and pages, by language; `docs/translating.md` says how to add a language."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from deckgen.words.catalogue import catalogue
from deckgen.words.english import COUNTED, ENGLISH
from deckgen.words.numbers import marks

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Languages in which fractions take the plural form of their whole part: 1.5 goes with 1
#: (CLDR, Language Plural Rules: the operand `i` of the category `one`). In all others they go with 100.
_BY_WHOLE_PART = frozenset({"ff", "fr", "hy", "kab", "pt"})
_LIKE_FRACTIONS = 100


@cache
def words(language: str) -> Mapping[str, str]:
    """Return the words of a BCP 47 language by key; what it lacks, and an unknown language, is English."""
    found = catalogue(language)
    if found is None:
        return ENGLISH
    return {key: found.pgettext(key, text) for key, text in ENGLISH.items()}


def counted(language: str, key: str, number: float) -> str:
    """Return words that count something, `1 point`, `2.5 points`, in a BCP 47 language."""
    one, other = COUNTED[key]
    found = catalogue(language)
    shown = f"{number:g}".replace(".", marks(language).decimal)
    if found is None:
        return (one if number == 1 else other).replace("{n}", shown)
    return found.npgettext(key, one, other, _counts_as(number, language)).replace("{n}", shown)


def _counts_as(number: float, language: str) -> int:
    """Return the whole number whose plural form a number takes."""
    if number == int(number) or language.partition("-")[0].lower() in _BY_WHOLE_PART:
        return int(number)
    return _LIKE_FRACTIONS
