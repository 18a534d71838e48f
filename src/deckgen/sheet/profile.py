"""Page profiles: on which paper, how large, how sparing with ink; what `[sheet]` in `deckgen.toml` says."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

#: Millimetres, portrait.
PAPERS = {"A4": (210.0, 297.0), "Letter": (215.9, 279.4)}

Paper = Literal["A4", "Letter"]
Name = Literal["plain", "large-print", "ink-saving", "landscape", "two-up"]


class PageProfile(msgspec.Struct, frozen=True, kw_only=True):
    """How a page is set. Lengths are mm where nothing else is said."""

    paper: Paper = "A4"
    #: `large-print`: 15 pt on 22.5 pt, sans serif, no slant, one column (Trinity College Dublin, University
    #: of Glasgow). `ink-saving`: small type, narrow margins, thin rules, two columns. `two-up`: two pages of
    #: half the size side by side, to be cut apart.
    name: Name = "plain"

    @property
    def landscape(self) -> bool:
        """Whether the longer side of the paper lies at the top."""
        return self.name in ("landscape", "two-up")

    @property
    def width(self) -> float:
        """Return the width of the page."""
        return PAPERS[self.paper][self.landscape]

    @property
    def height(self) -> float:
        """Return the height of the page."""
        return PAPERS[self.paper][not self.landscape]

    @property
    def large(self) -> bool:
        """Whether it is set in large print."""
        return self.name == "large-print"

    @property
    def sparing(self) -> bool:
        """Whether it saves ink and paper."""
        return self.name == "ink-saving"

    @property
    def columns(self) -> int:
        """Return how many columns of questions stand side by side."""
        return 1 if self.name in ("plain", "large-print") else 2

    @property
    def option_letters(self) -> int:
        """Return how long options may be, in letters, to stand two in a line; 0 for never."""
        return {"plain": 30, "landscape": 18, "ink-saving": 16, "two-up": 14, "large-print": 0}[self.name]

    @property
    def writing(self) -> float:
        """Return the distance of lines to write on."""
        return {"large-print": 12.0, "ink-saving": 7.0}.get(self.name, 8.0)

    @property
    def lines_a_page(self) -> int:
        """Return how many lines to write on go on a page below a prompt."""
        return int((self.height - 75) / self.writing)


class SheetSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, rename="kebab"):
    """The table `[sheet]` of `deckgen.toml`: how sheets are printed."""

    paper: Annotated[Paper, Meta(description="Size of the paper.")] = "A4"
    profile: Annotated[
        Name,
        Meta(
            description="How pages are set: `plain`; `large-print` (15 pt, wide lines, one column); `ink-saving` "
            "(small type, two columns); `landscape` (two columns); `two-up` (two half pages on a sheet)."
        ),
    ] = "plain"
    also: Annotated[
        tuple[Name, ...],
        Meta(description="Further profiles to print every version in, with the same questions and key."),
    ] = ()
    study_guides: Annotated[bool, Meta(description="Write a study guide of each top-level deck.")] = True
    flashcards: Annotated[
        Literal[0, 8, 10], Meta(description="Paper flashcards a page, 8 or 10; 0 for none.")
    ] = 0
    flip: Annotated[
        Literal["long-edge", "short-edge"], Meta(description="Edge over which the printer turns the paper.")
    ] = "long-edge"
    bubble_sheets: Annotated[
        bool, Meta(description="Write an answer sheet to fill in, with its geometry, for every version.")
    ] = False

    @property
    def profiles(self) -> dict[str, PageProfile]:
        """Return the profiles by what they add to a file's name (`A`, `A-large-print`)."""
        also = {f"-{name}": name for name in self.also if name != self.profile}
        return {
            end: PageProfile(paper=self.paper, name=name) for end, name in {"": self.profile, **also}.items()
        }
