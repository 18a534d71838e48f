"""Find the catalogue of a language: `locale/<language>/LC_MESSAGES/deckgen.mo`, as gettext has it.

A message is known by its key, which stands as `msgctxt`, and by its English text, the `msgid`. So a translator
sees English in any editor of catalogues, equal English words with different translations are different messages
(`False` of a statement, `False` of a verdict), and an edit of the English text makes translations of it stale
instead of silently wrong: `make locale` marks them fuzzy, and they fall back to English until looked at.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from deckgen.patterns import lazy_pattern

if TYPE_CHECKING:
    from gettext import GNUTranslations

LOCALE = Path(__file__).parents[1] / "locale"
DOMAIN = "deckgen"
#: What can be looked for on disk: subtags of BCP 47, 2.1, and nothing that leads elsewhere.
_TAG = lazy_pattern(r"[a-z]{2,8}(?:-[a-z0-9]{1,8})*", re.IGNORECASE)


@cache
def catalogue(language: str) -> GNUTranslations | None:
    """Return the catalogue of a BCP 47 language, None where there is none.

    `de-CH` is looked for first, then `de` (RFC 4647, 3.4); what the first lacks, the second has.
    """
    if not _TAG.fullmatch(language):
        return None
    names = _names(language)
    paths = [path for name in names if (path := LOCALE / name / "LC_MESSAGES" / f"{DOMAIN}.mo").is_file()]
    if not paths:
        return None
    from gettext import GNUTranslations

    found: GNUTranslations | None = None
    for path in reversed(paths):
        with path.open("rb") as stream:
            nearer = GNUTranslations(stream)
        if found:
            nearer.add_fallback(found)
        found = nearer
    return found


def _names(language: str) -> list[str]:
    """Return the folders where a language may be, the nearest first: `zh_Hans_SG`, `zh_Hans`, `zh`."""
    first, *rest = language.split("-")
    parts = [first.lower(), *map(_written, rest)]
    return ["_".join(parts[:count]) for count in range(len(parts), 0, -1)]


def _written(subtag: str) -> str:
    """Write a subtag as folders do: scripts `Hans`, regions `CH`, others small."""
    return {4: subtag.title(), 2: subtag.upper()}.get(len(subtag), subtag.lower())
