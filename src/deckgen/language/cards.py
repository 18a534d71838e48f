"""A file of cards: what may stand in any TOML file below `cards/`."""

from typing import Annotated

import msgspec
from msgspec import Meta

from deckgen.language.comparison import Comparison
from deckgen.language.concept import Concept
from deckgen.language.deck import Deck
from deckgen.language.misconception import Misconception
from deckgen.language.question import AnyQuestion
from deckgen.language.sheet import Sheet
from deckgen.language.source import Source


class CardsFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The whole file."""

    deck: Deck | None = None
    source: Annotated[dict[str, Source], Meta(description="The registry of sources, by key.")] = {}
    concept: tuple[Concept, ...] = ()
    question: tuple[AnyQuestion, ...] = ()
    comparison: tuple[Comparison, ...] = ()
    misconception: tuple[Misconception, ...] = ()
    sheet: tuple[Sheet, ...] = ()
