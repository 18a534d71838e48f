"""The media that texts are rendered for."""

from __future__ import annotations

from enum import Enum


class Medium(Enum):
    """The medium of rendered HTML; it decides how formulas and links are written."""

    #: A field of an Anki note: formulas for MathJax, Anki's own brackets disarmed, NFC.
    ANKI = "anki"
    #: A printed page: formulas as SVG.
    PAPER = "paper"
    #: A page in a browser: formulas as SVG.
    SCREEN = "screen"
