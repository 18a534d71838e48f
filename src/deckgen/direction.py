"""Which way a language is written."""

from __future__ import annotations

from typing import Literal

#: Scripts written from right to left (ISO 15924), and languages whose script is one of them (CLDR).
_SCRIPTS = frozenset({"adlm", "arab", "hebr", "nkoo", "rohg", "syrc", "thaa"})
_LANGUAGES = frozenset(
    {"ar", "arc", "ckb", "dv", "fa", "he", "iw", "ks", "ku", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"}
)
#: Letters of a script's subtag (BCP 47, 2.2.3).
_SCRIPT_LENGTH = 4


def direction(language: str) -> Literal["ltr", "rtl"]:
    """Return how a BCP 47 language is written; a script that it names (`az-Arab`) decides."""
    primary, *rest = language.lower().replace("_", "-").split("-")
    script = next((part for part in rest if len(part) == _SCRIPT_LENGTH and part.isalpha()), "")
    return "rtl" if script in _SCRIPTS or (not script and primary in _LANGUAGES) else "ltr"
