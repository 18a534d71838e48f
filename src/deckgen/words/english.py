"""All fixed words in English, which is what the catalogues in `locale/` translate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deckgen.words import anki, marks, report, review, sheet, tables, typed, vocabulary, web

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Texts by key; `{names}` are filled in.
ENGLISH: Mapping[str, str] = (
    marks.WORDS
    | tables.WORDS
    | vocabulary.WORDS
    | anki.WORDS
    | sheet.WORDS
    | typed.WORDS
    | web.WORDS
    | report.WORDS
    | review.WORDS
)
#: Texts that count something, for one and for any other number; `{n}` is the number.
COUNTED: Mapping[str, tuple[str, str]] = sheet.COUNTED | typed.COUNTED | web.COUNTED
