"""`type = "short"`: a word or phrase to write."""

from typing import Annotated

from msgspec import Meta

from deckgen import core
from deckgen.language.annotations import Markdown
from deckgen.language.question.common import Graded
from deckgen.language.setting import Setting


class Short(Graded, frozen=True, kw_only=True, tag="short"):
    """Give a word or phrase."""

    prompt: Markdown
    answer: Annotated[str, Meta(description="The answer, in plain text.")]
    accept: Annotated[tuple[str, ...], Meta(description="Other answers that count as right.")] = ()

    def lower(self, setting: Setting) -> core.Short:
        return core.Short(
            prompt=self.prompt,
            answer=self.answer,
            accept=self.accept,
            accents=setting.accents,
            **self.head(setting),
        )
