"""`type = "cloze"`: a text with gaps."""

from typing import Annotated

from msgspec import Meta

from deckgen import core
from deckgen.language.annotations import Markdown
from deckgen.language.question.common import Graded
from deckgen.language.question.gaps import read_gaps
from deckgen.language.scoring import PartialOther
from deckgen.language.setting import Setting


class Cloze(Graded, frozen=True, kw_only=True, tag="cloze"):
    """Fill the gaps."""

    text: Annotated[
        str,
        Meta(
            description="Text with gaps: `{{answer}}`, `{{answer::hint}}`; "
            "`{{c1::…}}` numbers by hand, and gaps of one number are asked together."
        ),
    ]
    prompt: Annotated[Markdown, Meta(description="What to do, above the text.")] = ""
    partial: Annotated[
        PartialOther | None,
        Meta(
            description="How gaps that are partly right are credited: `each` (the default: each right gap its part), "
            "`none` (all or nothing)."
        ),
    ] = None

    def lower(self, setting: Setting) -> core.Cloze:
        text, gaps, _ = read_gaps(self.text)
        return core.Cloze(
            text=text, gaps=gaps, prompt=self.prompt, accents=setting.accents, **self.head(setting)
        )
