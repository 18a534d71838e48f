"""The fixed words of cards, sheets and pages, by language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

_ENGLISH = {
    # Questions made from tables.
    "cell-of": "This holds of {term}.",
    "match-cells": "Which holds of which?",
    "which-cell": "{aspect}: what holds of **{term}**?",
    "which-concept": "{aspect}: of which does this hold?",
}

_GERMAN = {
    # Questions made from tables.
    "cell-of": "Das gilt für {term}.",
    "match-cells": "Was gilt wofür?",
    "which-cell": "{aspect}: Was gilt für **{term}**?",
    "which-concept": "{aspect}: Wofür gilt das?",
}

_BY_LANGUAGE = {"en": _ENGLISH, "de": _GERMAN}


@cache
def words(language: str) -> Mapping[str, str]:
    """Return the words of a BCP 47 language; what it lacks, and an unknown language, is English."""
    return _ENGLISH | _BY_LANGUAGE.get(language.partition("-")[0].lower(), {})
