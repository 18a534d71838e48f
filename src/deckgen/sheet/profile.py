"""Page profiles: on which paper, how large, how sparing with ink."""

from __future__ import annotations

import msgspec

from deckgen.core import Paper, Printing, Profile

#: Millimetres, portrait.
PAPERS = {"A4": (210.0, 297.0), "Letter": (215.9, 279.4)}


class PageProfile(msgspec.Struct, frozen=True, kw_only=True):
    """How a page is set. Lengths are mm where nothing else is said."""

    paper: Paper = "A4"
    #: `large-print`: 15 pt on 22.5 pt, sans serif, no slant, one column (Trinity College Dublin, University
    #: of Glasgow). `ink-saving`: small type, narrow margins, thin rules, two columns. `two-up`: two pages of
    #: half the size side by side, to be cut apart.
    name: Profile = "plain"

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


def handout_profile(printing: Printing) -> PageProfile:
    """Return the profile of what is cut up or filled in: large print where sheets are in it, plain otherwise."""
    return PageProfile(
        paper=printing.paper, name="large-print" if printing.profile == "large-print" else "plain"
    )


def profiles(printing: Printing) -> dict[str, PageProfile]:
    """Return the profiles of sheets by what they add to a file's name (`A`, `A-large-print`)."""
    also = {f"-{name}": name for name in printing.also if name != printing.profile}
    return {
        end: PageProfile(paper=printing.paper, name=name)
        for end, name in {"": printing.profile, **also}.items()
    }
