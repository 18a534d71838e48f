"""The fixed words of cards, sheets and pages are not translated into the project's language.

"Question", "Answer", "True" and "False" would be in English among texts in another language.
A catalogue is one file; `docs/translating.md` says how to make it.

Bad:
    ```toml file=deckgen.toml
    id       = "arithmetic"
    title    = "Aritmetiko"
    language = "eo"
    ```

Good:
    ```toml file=deckgen.toml
    id       = "arithmetic"
    title    = "Arithmetic"
    language = "en"
    ```
"""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.diagnostics import Diagnostic, Place
from deckgen.language.manuscript import Manuscript
from deckgen.rules import bad_language
from deckgen.rules._rule import Rule
from deckgen.words.catalogue import catalogue

RULE = Rule(__name__)


def check_all(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Look for the catalogue of the project's language."""
    language = manuscript.project.language
    english = language.partition("-")[0].lower() == "en"
    if not english and bad_language.is_tag(language) and catalogue(language) is None:
        yield RULE.warning(
            f"there is no translation of the fixed words into `{language}`",
            Place("deckgen.toml", ("language",)),
            "they would be in English",
        )
