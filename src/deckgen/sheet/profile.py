"""Page profiles: on which paper, how large, how sparing with ink."""

from __future__ import annotations

import math

import msgspec

from deckgen.core import LARGE_SIZE, AnyProfile, Paper, Printing, Profile, Sheet, SizedProfile

#: Millimetres in a point.
POINT = 25.4 / 72
#: Millimetres, portrait.
PAPERS = {"A4": (210.0, 297.0), "Letter": (215.9, 279.4)}


class PageProfile(msgspec.Struct, frozen=True, kw_only=True):
    """How a page is set. Lengths are in mm unless stated otherwise."""

    paper: Paper = "A4"
    #: `large-print`: 18 pt or as the author says, half as much again from line to line, sans serif, no slant, one
    #: column (UKAAF, American Printing House for the Blind). `ink-saving`: small type, narrow margins, thin rules,
    #: two columns. `two-up`: two pages of half the size side by side, to be cut apart.
    name: Profile = "plain"
    #: Points of large print; no other profile has a choice.
    large_size: float = LARGE_SIZE
    #: Whether it is for flashcards.
    on_cards: bool = False

    @property
    def landscape(self) -> bool:
        """Whether the longer side of the paper is at the top."""
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
        """Return the number of columns of questions."""
        return 1 if self.name in ("plain", "large-print") else 2

    @property
    def size(self) -> float:
        """Return the size of type, in points."""
        return self.large_size if self.large else 9 if self.sparing else 10 if self.columns > 1 else 10.5

    @property
    def line(self) -> float:
        """Return the distance of lines, in points."""
        return 1.5 * self.size if self.large else 12 if self.sparing else 14 if self.columns > 1 else 15

    @property
    def line_height(self) -> float:
        """Return the distance of lines."""
        return self.line * POINT

    @property
    def hang(self) -> float:
        """Return the room for the number before a question."""
        return round(13 * max(1.0, self.size / LARGE_SIZE), 2) if self.large else 7.0

    @property
    def side(self) -> float:
        """Return the left and the right margin."""
        return 12.0 if self.sparing else 14.0 if self.landscape else 20.0

    @property
    def measure(self) -> float:
        """Return the width of a question in em; of any width on cards, which are fitted one by one."""
        if self.on_cards:
            return math.inf
        between = 28.0 if self.name == "two-up" else 12.0
        column = (self.width - 2 * self.side - (self.columns - 1) * between) / self.columns
        return (column - self.hang) / (self.size * POINT)

    @property
    def text_height(self) -> float:
        """Return the height of a page between its margins."""
        return self.height - (26 if self.sparing else 31 if self.landscape else 38)

    @property
    def option_letters(self) -> int:
        """Return the most letters of options for two in a line; 0 for never."""
        return {"plain": 30, "landscape": 18, "ink-saving": 16, "two-up": 14, "large-print": 0}[self.name]

    @property
    def writing(self) -> float:
        """Return the distance of lines to write on."""
        return max(12.0, 0.667 * self.size) if self.large else 7.0 if self.sparing else 8.0

    @property
    def lines_a_page(self) -> int:
        """Return how many lines to write on go on a page below a prompt."""
        return int((self.height - 75) / self.writing)

    @classmethod
    def of(cls, paper: Paper, profile: AnyProfile) -> PageProfile:
        """Return the profile that an author names, alone or with its size."""
        if isinstance(profile, SizedProfile):
            return cls(paper=paper, name=profile.profile, large_size=profile.size)
        return cls(paper=paper, name=profile)

    @property
    def suffix(self) -> str:
        """Return what it adds to the name of a file: `-large-print`, `-large-print-20`."""
        return f"-{self.name}" + (f"-{self.size:g}" if self.large and self.size != LARGE_SIZE else "")


def handout_profile(printing: Printing, sheet: Sheet | None = None) -> PageProfile:
    """Return the profile of what is cut up or filled in: large print where sheets are in it, plain otherwise."""
    main = PageProfile.of(printing.paper, _main(printing, sheet))
    return main if main.large else PageProfile(paper=printing.paper)


def profiles(printing: Printing, sheet: Sheet | None = None) -> dict[str, PageProfile]:
    """Return the profiles of a sheet by what they add to a file's name (`A`, `A-large-print`).

    What a sheet says of itself goes before what the project says of all.
    """
    main = PageProfile.of(printing.paper, _main(printing, sheet))
    also = printing.also if sheet is None or sheet.also is None else sheet.also
    others = [PageProfile.of(printing.paper, each) for each in also]
    return {"": main, **{each.suffix: each for each in others if each != main}}


def _main(printing: Printing, sheet: Sheet | None) -> AnyProfile:
    return printing.profile if sheet is None or sheet.profile is None else sheet.profile
