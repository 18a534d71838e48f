"""What an item needs to know of its surroundings to be lowered."""

import msgspec

from deckgen import core
from deckgen.core.accents import Accents
from deckgen.core.word import Direction
from deckgen.language.concept import Concept
from deckgen.language.misconception import Misconception
from deckgen.language.source import Source, split_citation
from deckgen.language.stem import Stem


class Setting(msgspec.Struct, frozen=True, kw_only=True):
    """The file of an item, and what the item may refer to. Everything referred to is known to exist."""

    deck: str
    topic: str
    #: As `core.Item.file`.
    file: str
    #: Whether the file is a bank: only sheets draw its items.
    bank: bool
    #: Language of the project, for the fixed words of made questions.
    language: str
    #: Language of the deck's texts, empty where it is the project's.
    deck_language: str
    #: Language of what words mean.
    meanings_in: str
    #: Cards of words that do not say which.
    directions: tuple[Direction, ...]
    tags: tuple[str, ...]
    #: Of the deck: how accents count where words are typed.
    accents: Accents
    sources: dict[str, Source]
    concepts: dict[str, Concept]
    misconceptions: dict[str, Misconception]
    note_types: dict[str, core.NoteType]
    #: By id; each with the language that it is in, which is empty where it is the project's.
    stems: dict[str, Stem]
    #: Concept id → ids of the tables it is compared in.
    tables: dict[str, tuple[str, ...]]
    #: Citation text → citation, filled when they are first used.
    known: dict[str, core.Citation]

    def cite(self, citations: tuple[str, ...]) -> tuple[core.Citation, ...]:
        """Look citations up in the registry."""
        return tuple([self.known.get(text) or self._look_up(text) for text in citations])

    def _look_up(self, text: str) -> core.Citation:
        key, locator = split_citation(text)
        self.known[text] = citation = self.sources[key].cite(key, locator)
        return citation

    def language_of(self, own: str) -> str:
        """Return the language of an item's texts, empty where it is the project's."""
        language = own or self.deck_language
        return "" if language == self.language else language

    def term_language(self, own: str) -> str:
        """Return the language of a word's term."""
        return own or self.deck_language or self.language

    @property
    def meaning_language(self) -> str:
        """Return the language of what words mean, empty where it is the project's."""
        return "" if self.meanings_in == self.language else self.meanings_in

    def with_tags(self, tags: tuple[str, ...]) -> tuple[str, ...]:
        """Join the deck's tags with an item's own, each once."""
        if not tags:
            return self.tags
        return tuple(dict.fromkeys(self.tags + tags))
