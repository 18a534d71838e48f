"""`type = "ordering"`: entries to put in order."""

from typing import Annotated

from msgspec import Meta

from deckgen import core
from deckgen.language.annotations import Markdown
from deckgen.language.question.common import Graded
from deckgen.language.scoring import PartialOrdering
from deckgen.language.setting import Setting


class Ordering(Graded, frozen=True, kw_only=True, tag="ordering"):
    """Put the entries in order."""

    prompt: Markdown
    order: Annotated[tuple[Markdown, ...], Meta(description="The entries in the right order, two or more.")]
    partial: Annotated[
        PartialOrdering | None,
        Meta(
            description="How an order that is partly right is credited: `each` (the default: each entry in its place), "
            "`adjacent` (each pair of neighbours that follow each other), `none` (all or nothing)."
        ),
    ] = None

    def lower(self, setting: Setting) -> core.Ordering:
        return core.Ordering(prompt=self.prompt, entries=self.order, **self.head(setting))
