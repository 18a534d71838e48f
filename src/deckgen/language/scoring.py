"""How answers become points: what a question, a section, a sheet or the project may say of it."""

from typing import Annotated, Any, Literal, Protocol

import msgspec
from msgspec import Meta

from deckgen import core

Penalty = Annotated[
    int | float | str | None,
    Meta(
        description="Points off for a wrong answer, where leaving the question blank costs nothing: `0.5`, or a share "
        'of its points, `"25 %"`.',
        extra_json_schema={"minimum": 0},
    ),
]
Floor = Annotated[
    int | float | None,
    Meta(
        description="The lowest points of a question, 0 or less; where it is missing, a wrong answer costs its "
        "`penalty` and nothing more.",
        extra_json_schema={"maximum": 0},
    ),
]
#: The rules of each kind; `deckgen.scoring` says what they are.
PartialMultiple = Literal["each", "balanced", "options", "none"]
PartialOrdering = Literal["each", "adjacent", "none"]
PartialOther = Literal["each", "none"]


class Partials(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Rules for partial credit, by type of question."""

    multiple: PartialMultiple | None = None
    matching: PartialOther | None = None
    ordering: PartialOrdering | None = None
    cloze: PartialOther | None = None


PartialByType = Annotated[
    PartialOther | Partials | None,
    Meta(
        description="How answers that are partly right are credited: `each` or `none` for all types, or by type: "
        '{ multiple = "balanced", ordering = "adjacent" }.'
    ),
]


class Says(Protocol):
    """What says something of points."""

    @property
    def penalty(self) -> int | float | str | None: ...
    @property
    def floor(self) -> int | float | None: ...


Grades = Annotated[
    dict[str, int | float | str],
    Meta(
        description="Grades and their least scores, from the best one down to one from 0: points, `27`, or per cent of "
        'them, `"90 %"`. Printed with the key, shown with the result of a quiz, and given to papers.'
    ),
]

_NOTHING = core.Scoring()


def lowered(said: Says, partial: PartialOther | Partials | None) -> core.Scoring:
    """Return what a section, a sheet or the project says, in core terms."""
    if isinstance(partial, Partials):
        rules = {kind: rule for kind, rule in msgspec.structs.asdict(partial).items() if rule}
    else:
        rules = {} if partial is None else dict.fromkeys(Partials.__struct_fields__, partial)
    return scoring(said.penalty, said.floor, rules)


def grades(said: dict[str, int | float | str]) -> tuple[core.Grade, ...]:
    """Return a table of grades in core terms."""
    return tuple(core.Grade(name, written(least)) for name, least in said.items())


def scoring(penalty: float | str | None, floor: float | None, partial: dict[str, Any]) -> core.Scoring:
    """Return what is said of points, in core terms; `partial` has rules by kind."""
    if penalty is None and floor is None and not partial:
        return _NOTHING
    return core.Scoring(
        penalty=None if penalty is None else written(penalty), floor=floor, partial=tuple(partial.items())
    )


def written(amount: float | str) -> str:
    """Return a number of points, or a share of them, as it is written."""
    return amount.strip() if isinstance(amount, str) else repr(amount)
