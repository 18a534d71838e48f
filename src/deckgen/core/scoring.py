"""What is said of how answers become points: by a question, a section, a sheet or the project."""

from __future__ import annotations

from typing import Literal

import msgspec

#: How the parts of an answer earn parts of the points; `deckgen.scoring` has the rules.
Partial = Literal["each", "balanced", "options", "adjacent", "none"]


class Grade(msgspec.Struct, frozen=True):
    """A grade, and from when on it is given."""

    name: str
    #: In points, `27`, or in per cent of the sheet's, `90 %`.
    least: str


class Scoring(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is said; the rest is left to what stands around it."""

    #: Points off for a wrong answer, `0.5`, or a share of the question's, `25 %`.
    penalty: str | None = None
    #: The lowest points of a question, 0 or less; None for what a wrong answer costs.
    floor: float | None = None
    #: Rules for partial credit by kind, as pairs of both.
    partial: tuple[tuple[str, Partial], ...] = ()

    def over(self, around: Scoring) -> Scoring:
        """Return it with what is said around it where it says nothing."""
        return Scoring(
            penalty=around.penalty if self.penalty is None else self.penalty,
            floor=around.floor if self.floor is None else self.floor,
            partial=tuple((dict(around.partial) | dict(self.partial)).items()),
        )
