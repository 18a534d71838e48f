"""What all things have in common that a person decides: what to look at, and where the decision is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import msgspec

if TYPE_CHECKING:
    from collections.abc import Mapping

    from deckgen.marking.decisions import Decisions
    from deckgen.marking.rows import MarkedPage

#: Of the head of a page, which has the name: from and to, mm.
_HEAD = (17.0, 54.0)


class Crop(msgspec.Struct, frozen=True):
    """A part of a page to look at; mm from the top left. Beyond the page there is nothing."""

    page: str
    left: float
    top: float
    right: float
    bottom: float
    #: What it shows, for people.
    text: str


class Ask(Protocol):
    """Something to decide."""

    @property
    def id(self) -> str:
        """Its name, which stays while other things are decided."""

    @property
    def decided(self) -> Any:
        """What a person decided; None where nobody did."""

    @property
    def crops(self) -> tuple[Crop, ...]:
        """What to look at."""

    @property
    def line(self) -> str:
        """Say what is left to decide, for a list; what is the same for many asks is said once."""

    def shown(self) -> dict[str, Any]:
        """Return what the page shows of it."""

    def decide(self, decisions: Decisions, value: Any) -> bool:
        """Keep a decision, None to undo it; return whether it is one that can be made."""


def put(kept: dict[Any, Any], place: Any, value: Any, fits: bool) -> bool:
    """Keep a decision that fits, or undo it where it is None; return whether it could be made."""
    if value is None:
        kept.pop(place, None)
    elif fits:
        kept[place] = value
    return fits or value is None


def head(page: MarkedPage, text: Mapping[str, str]) -> Crop:
    """Return the head of a page, and what it is in fixed words."""
    return Crop(page.key, 15, _HEAD[0], 1000, _HEAD[1], text["review-crop-head"].format(page=page.name))
