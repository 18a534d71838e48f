"""`type = "numeric"`: a number to give."""

from typing import Annotated

from msgspec import Meta

from deckgen import core
from deckgen.language.annotations import Markdown
from deckgen.language.parameters import Expression
from deckgen.language.question.common import Graded, Number
from deckgen.language.setting import Setting


class Numeric(Graded, frozen=True, kw_only=True, tag="numeric"):
    """Give a number."""

    prompt: Markdown
    # A number that Python would write in another way comes as its author spelled it: `"3.10"`.
    answer: Annotated[
        Number | str | Expression,
        Meta(
            description='The number: `3.10`, `6.022e23`, or in quotes, a fraction also: `"1/3"`; `{ expr = "x - mu" }` '
            "where parameters make it."
        ),
    ]
    tolerance: Annotated[
        Number | str,
        Meta(
            description="How far off still counts as right: in the unit of the answer (`0.05`), relative "
            '(`"1 %"`), or as many significant digits as must agree (`"3 digits"`).',
            extra_json_schema={"minimum": 0},
        ),
    ] = 0
    unit: Annotated[str, Meta(description="Unit, shown after the gap.")] = ""

    @property
    def is_drawn(self) -> bool:
        return bool(self.params) or isinstance(self.answer, Expression)

    def lower(self, setting: Setting) -> core.Numeric:
        return core.Numeric(
            prompt=self.prompt,
            answer=spelled(self.answer),
            tolerance=spelled(self.tolerance),
            unit=self.unit,
            **self.head(setting),
        )


def spelled(number: Number | str | Expression) -> str:
    """Return how the author spelled a number, without the underscores between digits."""
    if isinstance(number, Expression):
        raise TypeError(number)
    return number.strip().replace("_", "") if isinstance(number, str) else repr(number)
