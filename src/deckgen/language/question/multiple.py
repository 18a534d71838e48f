"""`type = "multiple"`: all right answers among distractors."""

from typing import Annotated

from msgspec import Meta

from deckgen import core
from deckgen.language.annotations import Distractor, Markdown
from deckgen.language.question.choice import in_order
from deckgen.language.question.common import Question, wrong_option
from deckgen.language.setting import Setting


class Multiple(Question, frozen=True, kw_only=True, tag="multiple"):
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

    def lower(self, setting: Setting) -> core.Choice:
        right = [core.Option(answer, right=True, last=answer in self.last) for answer in self.answers]
        wrong = [wrong_option(distractor, setting, self.last) for distractor in self.distractors]
        return core.Choice(
            prompt=self.prompt,
            options=in_order([*right, *wrong], self.last),
            multiple=True,
            **self.head(setting),
        )
