"""Where a text is shown."""

from __future__ import annotations

from enum import Enum


class Medium(Enum):
    """What the HTML of a text is written for; decides how formulas and links come out."""

    #: A field of an Anki note: formulas for MathJax, Anki's own brackets disarmed, NFC.
    ANKI = "anki"
    #: A printed page: formulas as SVG.
    PAPER = "paper"
    #: A page in a browser: formulas as SVG.
    SCREEN = "screen"
