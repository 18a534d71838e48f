"""`[deck]`: the deck a file's items belong to."""

from typing import Annotated

import msgspec
from msgspec import Meta

from deckgen.language.annotations import Tags


class Deck(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The deck of every item in the file; several files may name one deck."""

    name: Annotated[str, Meta(description="Full name; `::` makes subdecks: `Networking::Sockets and ports`.")]
    tags: Tags = ()
    description: Annotated[
        str,
        Meta(description="Shown on the deck's page in Anki. Overwrites what a learner wrote there."),
    ] = ""
