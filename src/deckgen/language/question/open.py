"""`type = "open"`: an answer in sentences."""

from typing import Annotated

from msgspec import Meta

from deckgen import core
from deckgen.language.annotations import Markdown
from deckgen.language.question.common import Question
from deckgen.language.setting import Setting


class Open(Question, frozen=True, kw_only=True, tag="open"):
    """Answer in your own sentences."""

    prompt: Markdown
    model: Annotated[Markdown, Meta(description="A model answer.")]
    lines: Annotated[
        int, Meta(description="Lines to leave for the answer on paper.", extra_json_schema={"minimum": 1})
    ] = 4

    def lower(self, setting: Setting) -> core.Open:
        return core.Open(prompt=self.prompt, model=self.model, lines=self.lines, **self.head(setting))
