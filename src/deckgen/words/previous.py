"""Fixed words that previous versions wrote into notes, for comparing their notes with ours."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from deckgen.words import words

if TYPE_CHECKING:
    from collections.abc import Mapping

#: By language and key, without what is filled in: until version 0.1, and from then on as `words` has them.
_PREVIOUS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "cell-of": "This holds of ",
        "match-cells": "Which holds of which?",
        "which-cell": "what holds of ",
        "which-concept": "of which does this hold?",
    },
    "de": {
        "cell-of": "Das gilt für ",
        "match-cells": "Was gilt wofür?",
        "which-cell": "Was gilt für ",
        "which-concept": "Wofür gilt das?",
    },
    "fr": {
        "cell-of": "Cela vaut pour ",
        "match-cells": "Qu’est-ce qui vaut pour quoi\u202f?",
        "which-cell": "qu’en est-il de ",
        "which-concept": "à quoi cela s’applique-t-il\u202f?",
    },
    "es": {
        "cell-of": "Esto vale para ",
        "match-cells": "¿Qué corresponde a qué?",
        "which-cell": "¿qué vale para ",
        "which-concept": "¿a qué se aplica esto?",
    },
    "zh": {
        "cell-of": "这说的是",
        "match-cells": "哪一项说的是哪个概念？",
        "which-cell": "关于 ",
        "which-concept": "这说的是哪一个？",
    },
    "ar": {
        "cell-of": "هذا ينطبق على ",
        "match-cells": "ما الذي ينطبق على ماذا؟",
        "which-cell": "ما الذي ينطبق على ",
        "which-concept": "على أيٍّ منها ينطبق هذا؟",
    },
}
#: What stood after the term in Chinese, and nowhere else.
_BEHIND = ("，哪一项正确？", "？")


def without_fixed_words(text: str) -> str:
    """Replace the fixed words of made questions, previous and present, by the same mark."""
    for key, pattern in _patterns():
        text = pattern.sub(f"\ufdd4{key}", text)
    return text.replace(*_BEHIND)


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    found: dict[str, list[str]] = {}
    for language, previous in _PREVIOUS.items():
        for key, phrase in previous.items():
            found.setdefault(key, []).extend((phrase, words(language)[key]))
    return tuple((key, _pattern(key, phrases)) for key, phrases in found.items())


def _pattern(key: str, phrases: list[str]) -> re.Pattern[str]:
    """Match any of some phrases up to what is filled in, where they stand; white space counts as one space."""
    starts = (" ".join(re.split(r"\{term\}|\*\*", phrase)[0].split()) for phrase in phrases)
    any_of = "|".join(re.escape(start) for start in sorted(set(starts), key=len, reverse=True))
    if key in ("which-cell", "which-concept"):
        # An aspect comes before them, with a colon or without.
        return re.compile(rf"\s*[:：]?\s*(?:{any_of})(?:\s|$)")
    return re.compile(rf"^(?:{any_of})(?:\s|$|(?=\w))")
