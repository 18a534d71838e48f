"""What can be in a bubble: the rules that answer sheets print, and that marking follows."""

from __future__ import annotations

from enum import StrEnum

import msgspec


class Mark(StrEnum):
    """What is in a bubble; `review-mark-…` says it of one that is doubtful."""

    EMPTY = "empty"
    MARKED = "marked"
    FAINT = "faint"
    AROUND = "around"
    CROSSED_OUT = "crossed-out"
    UNSURE = "unsure"

    @property
    def doubtful(self) -> bool:
        """Whether a person decides."""
        return self not in (Mark.EMPTY, Mark.MARKED)

    @property
    def proposed(self) -> bool:
        """Whether it is proposed to that person as a mark, if nothing in its row is clearly marked."""
        return self in (Mark.FAINT, Mark.AROUND)


class Sample(msgspec.Struct, frozen=True, kw_only=True):
    """A drawing of a mark; lengths are shares of the radius of its bubble."""

    mark: Mark
    #: Radius of a disc in the middle; how far a cross reaches from it, across and down.
    disc: float = 0.0
    cross: float = 0.0


#: What answer sheets show: how a bubble is filled, how not, and how a mark is taken back.
LIKE_THIS = (Sample(mark=Mark.MARKED, disc=1.0),)
NOT_LIKE_THIS = (Sample(mark=Mark.FAINT, cross=0.52), Sample(mark=Mark.FAINT, disc=0.3))
TAKEN_BACK = (Sample(mark=Mark.CROSSED_OUT, disc=1.0, cross=1.5),)
