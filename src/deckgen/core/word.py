"""Word: a word of a language, asked in several directions."""

from __future__ import annotations

from typing import Literal

import msgspec

from deckgen.core.accents import Accents
from deckgen.core.cloze import Gap
from deckgen.core.item import Item
from deckgen.core.text import Text

#: The cards of a word, in the order of its note type: term → meaning, meaning → term, sound → both, typed term.
Direction = Literal["recognise", "produce", "listen", "spell"]
DIRECTIONS: tuple[Direction, ...] = ("recognise", "produce", "listen", "spell")
#: Masculine, feminine, neuter, common, masculine or feminine.
Gender = Literal["", "m", "f", "n", "c", "mf"]
#: How a sheet asks words: in a direction, by options, by pairs, or in their example sentences.
Ask = Literal["recognise", "produce", "listen", "choose", "match", "fill"]


class Example(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """A sentence with the word in it, in which `gap_marker(i)` marks `gaps[i]`."""

    text: Text
    gaps: tuple[Gap, ...] = ()
    translation: Text = ""


class Word(Item, frozen=True, kw_only=True):
    """A term of one language and its meanings in another: a card for each of its directions.

    `term`, `meanings`, `accept` and `part` are plain text. `language` is that of the meanings.
    """

    term: str
    meanings: tuple[str, ...]
    #: BCP 47 tag of the term and of the examples.
    term_language: str
    directions: tuple[Direction, ...]
    #: Other terms that count as right when typed.
    accept: tuple[str, ...] = ()
    #: Part of speech, such as `noun`.
    part: str = ""
    gender: Gender = ""
    #: Markdown that plays the term, without a word for it, as the term would tell the answer; or nothing.
    sound: Text = ""
    #: Markdown that shows what it means; or nothing.
    picture: Text = ""
    examples: tuple[Example, ...] = ()
    accents: Accents = "almost"
    #: How a sheet asks the word; empty for the word itself. In `fill` it has one example.
    ask: Literal["", "recognise", "produce", "listen", "fill"] = ""

    @property
    def kind(self) -> str:
        return "word"

    @property
    def cards(self) -> int:
        return len(self.directions)

    @property
    def introduces(self) -> bool:
        return True
