"""How a project is printed: what `[sheet]` of `deckgen.toml` says."""

from __future__ import annotations

from typing import Literal

import msgspec

from deckgen.core.scoring import Scoring

Paper = Literal["A4", "Letter"]
Profile = Literal["plain", "large-print", "ink-saving", "landscape", "two-up"]
#: Points of large print where its author sets none.
LARGE_SIZE = 18.0
Edge = Literal["long-edge", "short-edge"]


class SizedProfile(msgspec.Struct, frozen=True):
    """Large print in its own size, in points."""

    profile: Profile
    size: float = LARGE_SIZE


AnyProfile = Profile | SizedProfile


class Printing(msgspec.Struct, frozen=True, kw_only=True):
    """Options of everything that is printed."""

    paper: Paper = "A4"
    #: How pages are set.
    profile: AnyProfile = "plain"
    #: Further profiles that every version is printed in, with the same questions and key.
    also: tuple[AnyProfile, ...] = ()
    #: Whether each top-level deck has a study guide on paper.
    study_guides: bool = True
    #: Paper flashcards a page, 8 or 10; 0 for none.
    flashcards: int = 0
    #: Edge over which the printer turns the paper.
    flip: Edge = "long-edge"
    #: Whether every version has an answer sheet to fill in.
    bubble_sheets: bool = False
    #: Of sheets that say nothing else, also on a screen.
    scoring: Scoring = Scoring()
