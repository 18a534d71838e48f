"""`type = "choice"`: one right answer among distractors."""

from typing import Annotated

from msgspec import Meta

from deckgen import core
from deckgen.language.annotations import Distractor, Markdown
from deckgen.language.question.common import Graded, wrong_option
from deckgen.language.setting import Setting


class Choice(Graded, frozen=True, kw_only=True, tag="choice"):
    """Choose the one right answer."""

    prompt: Markdown
    answer: Annotated[Markdown, Meta(description="The right answer.")]
    distractors: Annotated[
        tuple[str | Distractor, ...],
        Meta(description="Wrong options: a text, or { text, why } that says why it is wrong."),
    ]
    last: Annotated[
        tuple[str, ...], Meta(description='Options that stay last, such as "None of these".')
    ] = ()

    def lower(self, setting: Setting) -> core.Choice:
        right = core.Option(self.answer, right=True, last=self.answer in self.last)
        wrong = [wrong_option(distractor, setting, self.last) for distractor in self.distractors]
        return core.Choice(
            prompt=self.prompt, options=in_order([right, *wrong], self.last), **self.head(setting)
        )


def in_order(options: list[core.Option], last: tuple[str, ...]) -> tuple[core.Option, ...]:
    """Number the options, and move those named in `last` to the end, in the order of `last`."""
    numbered = core.in_source_order(options)
    if not last:
        return numbered
    tail = sorted((o for o in numbered if o.last), key=lambda o: last.index(str(o.text)))
    return (*(o for o in numbered if not o.last), *tail)
