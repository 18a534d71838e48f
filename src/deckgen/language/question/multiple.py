"""`type = "multiple"`: all right answers among distractors."""

from typing import Annotated

from msgspec import Meta

from deckgen import core
from deckgen.language.annotations import Distractor, Markdown
from deckgen.language.question.choice import in_order
from deckgen.language.question.common import Graded, wrong_option
from deckgen.language.scoring import PartialMultiple
from deckgen.language.setting import Setting


class Multiple(Graded, frozen=True, kw_only=True, tag="multiple"):
    """Choose all that apply."""

    prompt: Markdown
    answers: Annotated[tuple[Markdown, ...], Meta(description="The right answers, one or more.")]
    distractors: Annotated[
        tuple[str | Distractor, ...],
        Meta(description="Wrong options: a text, or { text, why } that says why it is wrong."),
    ] = ()
    last: Annotated[
        tuple[str, ...], Meta(description='Options that stay last, such as "None of these".')
    ] = ()
    partial: Annotated[
        PartialMultiple | None,
        Meta(
            description="How ticks that are partly right are credited: `each` (the default: each right one its part, "
            "and a wrong one takes as much), `balanced` (all wrong ones together take everything), `options` (each "
            "option that is ticked or left rightly its part), `none` (all or nothing)."
        ),
    ] = None

    def lower(self, setting: Setting) -> core.Choice:
        right = [core.Option(answer, right=True, last=answer in self.last) for answer in self.answers]
        wrong = [wrong_option(distractor, setting, self.last) for distractor in self.distractors]
        return core.Choice(
            prompt=self.prompt,
            options=in_order([*right, *wrong], self.last),
            multiple=True,
            **self.head(setting),
        )
