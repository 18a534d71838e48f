"""Page profiles: on which paper, how large, how sparing with ink."""

from __future__ import annotations

from typing import Literal

import msgspec

#: Millimetres, portrait.
PAPERS = {"A4": (210.0, 297.0), "Letter": (215.9, 279.4)}


class PageProfile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="kebab"):
    """How pages are set: the table `[sheet]` of `deckgen.toml`."""

    paper: Literal["A4", "Letter"] = "A4"
    orientation: Literal["portrait", "landscape"] = "portrait"
    #: 15 pt, line spacing 1.5, one column, and it is said where to go on: for low vision and dyslexia.
    large_print: bool = False
    #: Smaller type, narrower margins, two columns of questions.
    ink_saving: bool = False
    #: Two pages of half the paper's size side by side on a landscape sheet.
    two_up: bool = False

    @property
    def landscape(self) -> bool:
        """Whether the longer side of the paper lies at the top."""
        return self.two_up or self.orientation == "landscape"

    @property
    def width(self) -> float:
        """Width of the page in mm."""
        return PAPERS[self.paper][self.landscape]

    @property
    def height(self) -> float:
        """Height of the page in mm."""
        return PAPERS[self.paper][not self.landscape]
