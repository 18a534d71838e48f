"""`type = "numeric"`: a number to give."""

from typing import Annotated

from msgspec import Meta

from deckgen import core
from deckgen.language.annotations import Markdown
from deckgen.language.question.common import Number, Question
from deckgen.language.setting import Setting


class Numeric(Question, frozen=True, kw_only=True, tag="numeric"):
    """Give a number."""

    prompt: Markdown
    answer: Annotated[Number, Meta(description="The number.")]
    tolerance: Annotated[
        Number,
        Meta(
            description="How far off still counts as right, in the unit of the answer.",
            extra_json_schema={"minimum": 0},
        ),
    ] = 0
    unit: Annotated[str, Meta(description="Unit, shown behind the gap.")] = ""

    def lower(self, setting: Setting) -> core.Numeric:
        return core.Numeric(
            prompt=self.prompt,
            answer=written(self.answer),
            tolerance=written(self.tolerance),
            unit=self.unit,
            **self.head(setting),
        )


def written(number: Number) -> str:
    """Write a number as a person would: no exponent where the digits are few, no `.0` that says nothing."""
    if isinstance(number, int):
        return str(number)
    from decimal import Decimal

    text = format(Decimal(repr(number)), "f")
    return text.rstrip("0").rstrip(".") if "." in text and len(text) < 40 else text  # noqa: PLR2004
