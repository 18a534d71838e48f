"""The language of the project, of a deck or of an item is not a BCP 47 tag.

It chooses the fixed words, the reading direction and the hyphenation: `en`, `de-CH`, `zh-Hans`, `ar`.

Bad:
    ```toml file=deckgen.toml
    id       = "arithmetic"
    title    = "Arithmetic"
    language = "English, please"
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
from deckgen.patterns import lazy_pattern
from deckgen.rules._rule import Rule

RULE = Rule(__name__)

#: The shape of a tag by RFC 5646, section 2.1; whether its parts are registered is not looked up.
_TAG = lazy_pattern(
    r"[A-Za-z]{2,3}(-[A-Za-z]{3}){0,3}(-[A-Za-z]{4})?(-(?:[A-Za-z]{2}|[0-9]{3}))?(-[A-Za-z0-9]{4,8})*"
)


def is_tag(language: str) -> bool:
    """Return whether a text has the shape of a language tag."""
    return _TAG.fullmatch(language) is not None


def check_all(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Check the languages of the project, its decks and its items."""
    for file in manuscript.files:
        if file.deck and file.deck.language and not is_tag(file.deck.language):
            yield _found(file.deck.language, Place(file.name, ("deck", "language")))
        if file.deck and file.deck.meaning_language and not is_tag(file.deck.meaning_language):
            yield _found(file.deck.meaning_language, Place(file.name, ("deck", "meaning_language")))
        for entry in (*file.entries, *file.stems):
            own = getattr(entry.item, "language", "")
            if own and not is_tag(own):
                yield _found(own, entry.place.child("language"))
    project = manuscript.project
    if not is_tag(project.language):
        yield _found(project.language, Place("deckgen.toml", ("language",)))


def _found(language: str, place: Place) -> Diagnostic:
    return RULE.error(f"`{language}` is not a language tag", place, 'such as "en" or "de-CH"')
