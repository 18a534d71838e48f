"""`type = "true-false"`: a statement to judge."""

from typing import Annotated

from msgspec import Meta

from deckgen import core
from deckgen.language.annotations import Markdown
from deckgen.language.question.common import Graded
from deckgen.language.setting import Setting


class TrueFalse(Graded, frozen=True, kw_only=True, tag="true-false"):
    """Say whether the statement is true."""

    prompt: Annotated[Markdown, Meta(description="The statement.")]
    answer: Annotated[bool, Meta(description="Whether it is true.")]
    correction: Annotated[Markdown, Meta(description="What is true instead, if it is false.")] = ""

    def lower(self, setting: Setting) -> core.TrueFalse:
        return core.TrueFalse(
            prompt=self.prompt, answer=self.answer, correction=self.correction, **self.head(setting)
        )
