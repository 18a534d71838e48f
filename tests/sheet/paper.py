"""What came out on paper: words of a PDF with their places, read by poppler."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import combining, east_asian_width
from xml.etree import ElementTree as ET

import pytest
from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Iterator

_XHTML = "{http://www.w3.org/1999/xhtml}"
#: Points in a millimetre.
MM = 72 / 25.4


class Word(NamedTuple):
    """A word, the page it stands on (from 1) and its box in points from the page's top left."""

    text: str
    page: int
    left: float
    top: float
    right: float
    bottom: float


class Paper(NamedTuple):
    """A printed document: size of each page in points, and its words in reading order."""

    sizes: tuple[tuple[float, float], ...]
    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """All words in reading order, between single spaces."""
        return " ".join(word.text for word in self.words)

    def on(self, page: int) -> list[Word]:
        """Return the words of one page."""
        return [word for word in self.words if word.page == page]


def _run(program: str, pdf: bytes, *arguments: str) -> str:
    if not shutil.which(program):
        pytest.skip(f"{program} (poppler-utils) is missing")
    return subprocess.run([program, *arguments], input=pdf, capture_output=True, check=True).stdout.decode()


def read(pdf: bytes) -> Paper:
    """Read a PDF."""
    document = ET.fromstring(_run("pdftotext", pdf, "-bbox", "-", "-"))  # noqa: S314 -- poppler wrote it
    pages = list(document.iter(f"{_XHTML}page"))
    return Paper(
        tuple((float(page.get("width", 0)), float(page.get("height", 0))) for page in pages),
        tuple(
            Word(
                word.text or "",
                number,
                *(float(word.get(side, 0)) for side in ("xMin", "yMin", "xMax", "yMax")),
            )
            for number, page in enumerate(pages, start=1)
            for word in page.iter(f"{_XHTML}word")
        ),
    )


def plain_text(pdf: bytes, *, in_file_order: bool = False) -> str:
    """Return the text: in the order that poppler makes out of its places, or in that of the file.

    Where columns stand beside each other, only the file knows.
    """
    return _run("pdftotext", pdf, *(("-raw",) if in_file_order else ()), "-", "-")


def info(pdf: bytes) -> dict[str, str]:
    """Return what `pdfinfo` says."""
    lines = _run("pdfinfo", pdf, "-").splitlines()
    return {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}


def fonts(pdf: bytes) -> dict[str, bool]:
    """Return the names of the fonts, and whether each is in the file."""
    _, _, *lines = _run("pdffonts", pdf, "-").splitlines()
    return {line.split()[0]: line.split()[-5] == "yes" for line in lines}


def metadata(pdf: bytes) -> str:
    """Return the XMP packet."""
    return _run("pdfinfo", pdf, "-meta", "-")


def structure(pdf: bytes) -> set[str]:
    """Return the names of the tags in use."""
    return set(re.findall(r"^ *(\w+)", _run("pdfinfo", pdf, "-struct", "-"), re.MULTILINE))


def outline(pdf: bytes) -> list[str]:
    """Return the bookmarks, indented by two spaces a level."""
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:  # this program of poppler reads files only
        file.write(pdf)
        file.flush()
        lines = _run("pdftohtml", b"", "-xml", "-i", "-stdout", file.name)
    found: list[str] = []
    level = -1
    for tag, text in re.findall(r"<(/?outline|item)[^>]*>([^<]*)", lines):
        level += {"outline": 1, "/outline": -1, "item": 0}[tag]
        if tag == "item":
            found.append("  " * level + text)
    return found


def spilled(paper: Paper, margin: float) -> list[Word]:
    """Return the words that come nearer to an edge than `margin` (mm)."""
    away = margin * MM
    return [
        word
        for word in paper.words
        if word.left < away
        or word.top < away
        or word.right > paper.sizes[word.page - 1][0] - away
        or word.bottom > paper.sizes[word.page - 1][1] - away
    ]


def paints_near_edge(pdf: bytes, margin: float) -> list[int]:
    """Return the pages on which anything, lines and pictures too, comes nearer to an edge than `margin` (mm)."""
    dots_a_mm = 2
    room = int(margin * dots_a_mm)
    found = []
    for number, image in enumerate(_pictures(pdf, dots_a_mm), start=1):
        box = image.point(lambda grey: 255 * (grey < 250)).getbbox()  # nearly white is white
        if box and (min(box[:2]) < room or box[2] > image.width - room or box[3] > image.height - room):
            found.append(number)
    return found


def coverage(pdf: bytes) -> list[float]:
    """Return for each page how much of it is covered with ink, 0 to 1."""
    return [
        sum((255 - grey) * count for grey, count in enumerate(image.histogram()))
        / 255
        / image.width
        / image.height
        for image in _pictures(pdf, dots_a_mm=6)
    ]


def _pictures(pdf: bytes, dots_a_mm: int) -> Iterator[Image.Image]:
    with tempfile.TemporaryDirectory() as folder:
        stem = str(Path(folder) / "page")
        _run("pdftoppm", pdf, "-gray", "-r", str(25.4 * dots_a_mm), "-", stem)
        for path in sorted(Path(folder).glob("page-*.pgm")):
            with Image.open(path) as image:
                yield image


def overlapping(paper: Paper) -> list[tuple[Word, Word]]:
    """Return pairs of words that lie on one another by more than a quarter of the smaller's box.

    The box of a Chinese or Japanese word is as high as its face allows, of which the letters are the middle; that of a
    word with marks above its letters is wider than the letters.
    """
    found = []
    for page in range(1, len(paper.sizes) + 1):
        words = sorted(map(_inked, paper.on(page)), key=lambda word: word.top)
        for place, first in enumerate(words):
            for second in words[place + 1 :]:
                if second.top >= first.bottom:
                    break
                if _shared(first, second) > 0.25 * min(_area(first), _area(second)):
                    found.append((first, second))
    return found


def _inked(word: Word) -> Word:
    if any(map(combining, word.text)):
        beside = 0.15 * (word.right - word.left)
        return word._replace(left=word.left + beside, right=word.right - beside)
    if not all(east_asian_width(letter) in "WF" for letter in word.text):
        return word
    # Each letter is as high as it is wide.
    above = max(0.0, (word.bottom - word.top - (word.right - word.left) / len(word.text)) / 2)
    return word._replace(top=word.top + above, bottom=word.bottom - above)


def _area(word: Word) -> float:
    return (word.right - word.left) * (word.bottom - word.top)


def _shared(first: Word, second: Word) -> float:
    across = min(first.right, second.right) - max(first.left, second.left)
    down = min(first.bottom, second.bottom) - max(first.top, second.top)
    return max(0.0, across) * max(0.0, down)
