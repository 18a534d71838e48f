"""`deckgen.toml`: the project."""

from typing import Annotated

import msgspec
from msgspec import Meta

from deckgen import core
from deckgen.language.advice import Advice
from deckgen.language.annotations import Id
from deckgen.language.printing import Printing
from deckgen.language.scoring import Grades


class Anki(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Options of the Anki decks."""

    keep_retired: Annotated[
        int,
        Meta(
            description="For how many releases (changes of `version`) a removed note is still emitted, "
            "marked as retired.",
            extra_json_schema={"minimum": 0},
        ),
    ] = 3
    order: Annotated[
        tuple[str, ...],
        Meta(
            description="Files whose new cards come first in Anki, in this order, named by their paths below `cards/` "
            "without `.toml`: `networking/sockets-and-ports`. The others follow by path."
        ),
    ] = ()


class Web(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Options of the web site."""

    publish: Annotated[
        tuple[core.Published, ...],
        Meta(
            description="What the site in `dist/web/` has: `quizzes`, `guides`, `tables`, `decks`; printed `sheets` "
            "and `keys` only where they are named here."
        ),
    ] = ("quizzes", "guides", "tables", "decks")


class Project(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What `deckgen.toml` says."""

    id: Id
    title: Annotated[str, Meta(description="The title of the project; note types carry it in their names.")]
    language: Annotated[
        str, Meta(description="BCP 47 tag of the texts' language, such as `en` or `de-CH`.")
    ] = "en"
    authors: Annotated[tuple[str, ...], Meta(description="Who wrote it.")] = ()
    license: Annotated[str, Meta(description="SPDX licence of the content.")] = ""
    version: Annotated[str, Meta(description="Of the content; every change counts as a release.")] = ""
    url: Annotated[str, Meta(description="Where the project lives.")] = ""
    anki: Anki = msgspec.field(default_factory=Anki)
    advice: Advice = msgspec.field(default_factory=Advice)
    sheet: Printing = msgspec.field(default_factory=Printing)
    web: Web = msgspec.field(default_factory=Web)
    grades: Grades = {}

    def lower(self) -> core.Project:
        """Return it in core terms."""
        return core.Project(
            id=self.id,
            title=self.title,
            language=self.language,
            authors=self.authors,
            license=self.license,
            version=self.version,
            url=self.url,
            keep_retired=self.anki.keep_retired,
            new_order=self.anki.order,
            printing=self.sheet.lower(),
            publish=self.web.publish,
        )
