"""Spell the text of a cell as an id, which is permanent: the same text has the same id for ever."""

from __future__ import annotations

import re
from unicodedata import category, normalize

from deckgen.latin import digest_id, in_latin
from deckgen.text.ruby import base

_PARTS = re.compile(r"[^a-z0-9]+")


def spelt_id(text: str) -> str:
    """Return a text as an id: `el niño` is `el-nino`. A text that Latin letters cannot spell gets a digest of it.

    Of ruby the base alone counts.
    """
    text = base(normalize("NFC", text)).strip()
    latin = "".join(letter for letter in in_latin(text) if category(letter) != "Mn")
    if any(not letter.isascii() and category(letter)[0] in "LN" for letter in latin):
        return digest_id(text)
    return _PARTS.sub("-", latin).strip("-")
