"""`[sheet]` of `deckgen.toml`: how sheets are printed."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from deckgen import core
from deckgen.language import scoring
from deckgen.language.scoring import Floor, PartialByType, Penalty

#: What `flashcards` may be.
FLASHCARDS_A_PAGE = (0, 8, 10)


class Profile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Large print in its own size."""

    profile: Literal["large-print"]
    size: Annotated[
        float,
        Meta(
            description="Points, 14 to 48; lines are half as much again apart.",
            extra_json_schema={"minimum": 14, "maximum": 48},
        ),
    ] = core.LARGE_SIZE

    def lower(self) -> core.SizedProfile:
        """Return it in core terms."""
        return core.SizedProfile(self.profile, self.size)


AnyProfile = core.Profile | Profile
#: The smallest and the largest `size`, in points.
SIZES = (14, 48)


def lowered(profile: AnyProfile) -> core.AnyProfile:
    """Return a profile in core terms."""
    return profile.lower() if isinstance(profile, Profile) else profile


HeadFields = Annotated[
    tuple[str, ...],
    Meta(
        description='Lines to write on in the head of sheets, beside name, class and date: `["Seat", "Group"]`.',
        extra_json_schema={"maxItems": 4},
    ),
]
Logo = Annotated[
    str, Meta(description="A picture for the head of sheets, by its path in the project: `media/school.svg`.")
]


class Printing(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Options of everything that is printed."""

    paper: Annotated[core.Paper, Meta(description="Size of the paper.")] = "A4"
    profile: Annotated[
        AnyProfile,
        Meta(
            description="How pages are set: `plain`; `large-print` (18 pt, wide lines, one column), in another size "
            '`{ profile = "large-print", size = 20 }`; `ink-saving` (small type, two columns); `landscape` (two '
            "columns); `two-up` (two half pages on a sheet)."
        ),
    ] = "plain"
    also: Annotated[
        tuple[AnyProfile, ...],
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
    head: HeadFields = ()
    logo: Logo = ""
    penalty: Penalty = None
    floor: Floor = None
    partial: PartialByType = None
    section_points: Annotated[
        bool, Meta(description="Print the points of each section of a sheet beside its title.")
    ] = False
    grading_table: Annotated[
        bool,
        Meta(
            description="Print a table on the first page of each sheet, to write the points of each section or "
            "question into."
        ),
    ] = False

    def lower(self) -> core.Printing:
        """Return it in core terms."""
        return core.Printing(
            paper=self.paper,
            profile=lowered(self.profile),
            also=tuple(map(lowered, self.also)),
            study_guides=self.study_guides,
            flashcards=self.flashcards,
            flip=self.flip,
            bubble_sheets=self.bubble_sheets,
            scoring=scoring.lowered(self, self.partial),
        )
