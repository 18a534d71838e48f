"""`type = "matching"`: entries to pair."""

from typing import Annotated

from msgspec import Meta

from deckgen import core
from deckgen.language.annotations import Markdown
from deckgen.language.question.common import Graded
from deckgen.language.scoring import PartialOther
from deckgen.language.setting import Setting


class Matching(Graded, frozen=True, kw_only=True, tag="matching"):
    """Find the partner of each entry."""

    prompt: Markdown
    pairs: Annotated[
        tuple[tuple[Markdown, Markdown], ...],
        Meta(description='Pairs that belong together, two or more: [["22", "ssh"], ["80", "http"]].'),
    ]
    extra: Annotated[
        tuple[Markdown, ...], Meta(description="Further entries on the right that match nothing.")
    ] = ()
    partial: Annotated[
        PartialOther | None,
        Meta(
            description="How pairs that are partly right are credited: `each` (the default: each right pair its part), "
            "`none` (all or nothing)."
        ),
    ] = None

    def lower(self, setting: Setting) -> core.Matching:
        return core.Matching(
            prompt=self.prompt,
            pairs=tuple(core.Pair(left, right) for left, right in self.pairs),
            extra=self.extra,
            **self.head(setting),
        )
