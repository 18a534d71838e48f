"""`[sheet]` of `deckgen.toml`: how sheets are printed."""

from typing import Annotated

import msgspec
from msgspec import Meta

from deckgen import core

#: What `flashcards` may be.
FLASHCARDS_A_PAGE = (0, 8, 10)


class Printing(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Options of everything that is printed."""

    paper: Annotated[core.Paper, Meta(description="Size of the paper.")] = "A4"
    profile: Annotated[
        core.Profile,
        Meta(
            description="How pages are set: `plain`; `large-print` (15 pt, wide lines, one column); `ink-saving` "
            "(small type, two columns); `landscape` (two columns); `two-up` (two half pages on a sheet)."
        ),
    ] = "plain"
    also: Annotated[
        tuple[core.Profile, ...],
        Meta(description="Further profiles to print every version in, with the same questions and key."),
    ] = ()
    study_guides: Annotated[bool, Meta(description="Write a study guide of each top-level deck.")] = True
    flashcards: Annotated[
        int,
        Meta(
            description="Paper flashcards a page, 8 or 10; 0 for none.",
            extra_json_schema={"enum": list(FLASHCARDS_A_PAGE)},
        ),
    ] = 0
    flip: Annotated[core.Edge, Meta(description="Edge over which the printer turns the paper.")] = "long-edge"
    bubble_sheets: Annotated[
        bool, Meta(description="Write an answer sheet to fill in, with its geometry, for every version.")
    ] = False

    def lower(self) -> core.Printing:
        """Return it in core terms."""
        return core.Printing(**msgspec.structs.asdict(self))
