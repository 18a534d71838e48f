"""`[deck]`: the deck a file's items belong to."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from deckgen.core.accents import Accents
from deckgen.language.annotations import Tags
from deckgen.language.word import Directions


class Deck(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The deck of every item in the file; several files may name one deck."""

    name: Annotated[str, Meta(description="Full name; `::` makes subdecks: `Networking::Sockets and ports`.")]
    tags: Tags = ()
    topic: Annotated[
        str,
        Meta(
            description="What cards name as their subject; the last part of the name where it is missing. For a deck "
            "whose name gives answers away."
        ),
    ] = ""
    language: Annotated[
        str,
        Meta(
            description="BCP 47 tag of the texts of the file's items, where it is not the project's; of words, that of "
            "terms and examples."
        ),
    ] = ""
    meaning_language: Annotated[
        str, Meta(description="BCP 47 tag of what words mean, where it is not the project's.")
    ] = ""
    directions: Directions = None
    new: Annotated[
        Literal["source", "mixed"],
        Meta(
            description="Order of new cards in Anki: `source`, as in the file, or `mixed`, concepts first and the "
            "rest interleaved. One file of a deck is enough to mix the deck."
        ),
    ] = "source"
    accents: Annotated[
        Accents,
        Meta(
            description="What a typed word is that is right but for its accents: wrong (`strict`), half right "
            "(`almost`), or right (`ignore`)."
        ),
    ] = "almost"
    description: Annotated[
        str,
        Meta(description="Shown on the deck's page in Anki. Overwrites what a learner wrote there."),
    ] = ""
    bank: Annotated[
        bool,
        Meta(
            description="A bank: its items are in no package, study guide, table page, flashcard, index or search; "
            "only sheets draw from it."
        ),
    ] = False
