"""Words about words of a language."""

from __future__ import annotations

WORDS = {
    # The common gender, as in Swedish or Dutch.
    "word-gender-c": "common gender",
    "word-gender-f": "feminine",
    "word-gender-m": "masculine",
    "word-gender-mf": "masculine or feminine",
    "word-gender-n": "neuter",
    # Name of what plays a recording of a word; only screen readers say it.
    "word-sound": "Pronunciation",
}
