"""On no page of any kind does text lie on text, or outside of its box."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import msgspec
import pytest

from deckgen import core
from deckgen.compiler.compile import compile_project
from deckgen.reading import read_media, read_project
from deckgen.reading.media import pictures_in
from deckgen.sheet import export
from deckgen.sheet.flashcards import COLUMNS, grid
from deckgen.sheet.pdf import pdf
from deckgen.templating.own import templates_of
from sheet import unwieldy
from sheet.paper import MM, overlapping, paints_near_edge, read, spilled
from sheet.quizzes import showcase

if TYPE_CHECKING:
    from collections.abc import Callable

    from sheet.paper import Paper, Word

TEMPLATES = templates_of({})
ROOT = Path(__file__).resolve().parents[2]
#: Marks of answer sheets and cuts of flashcards are near the edge.
MARGINS = {"sheets": 8.0, "guides": 8.0, "answer-sheets": 5.0, "flashcards": 2.0}


@cache
def course_of(name: str) -> tuple[core.Course, dict[str, bytes]]:
    """Return a course and its pictures."""
    if name == "showcase":
        return showcase(), {}
    if name == "unwieldy":
        return unwieldy.quiz(), unwieldy.MEDIA
    folder = ROOT if name == "sample" else ROOT / "tests" / name
    snapshot, _ = read_project(folder)
    pictures = pictures_in(folder)
    course = compile_project(snapshot, lambda path: read_media(folder, path), lambda: pictures).course
    assert course
    return course, {path: (folder / path).read_bytes() for path in pictures}


ALL = [
    (name, profile, engine)
    for name in ("showcase", "stress", "unwieldy", "sample", "exam")
    for profile in get_args(core.Profile)
    for engine in ("weasyprint", "chromium")
]
QUICK = {
    ("stress", "plain", "weasyprint"),
    ("exam", "large-print", "weasyprint"),
    ("exam", "plain", "chromium"),
}


@pytest.mark.parametrize(
    ("name", "profile", "engine"),
    [each if each in QUICK else pytest.param(*each, marks=pytest.mark.long) for each in ALL],
)
def test_no_text_lies_on_another(
    name: str, profile: core.Profile, engine: str, print_pdf: Callable[[bytes], bytes]
) -> None:
    """Nor beyond the margins, nor across the edge of a card: sheets, keys, guides, flashcards, answer sheets."""
    course, media = course_of(name)
    printing = msgspec.structs.replace(
        course.project.printing, profile=profile, also=(), flashcards=8, bubble_sheets=True
    )
    project = msgspec.structs.replace(course.project, printing=printing)
    files = export(msgspec.structs.replace(course, project=project), TEMPLATES, media)
    pages = {path: html for path, html in files.items() if path.endswith(".html")}
    assert {path.partition("/")[0] for path in pages} == set(MARGINS)
    for path, html in pages.items():
        printed = pdf(html) if engine == "weasyprint" else print_pdf(html)
        paper = read(printed)
        margin = MARGINS[path.partition("/")[0]]
        if path.startswith("flashcards/"):
            # The title, which only screen readers see, has no place on paper.
            paper = paper._replace(words=tuple(word for word in paper.words if word.top > 8 * MM))
        assert overlapping(paper) == [], path
        assert spilled(paper, margin) == [], path
        assert paints_near_edge(printed, margin) == [], path
        if path.startswith("flashcards/"):
            assert across_cuts(paper, html.decode()) == [], path


def across_cuts(paper: Paper, html: str) -> list[Word]:
    """Return the words that do not stand within one card; the foot of a page is outside of all."""
    found = []
    for number, part in enumerate(html.split('<section class="side')[1:], start=1):
        height = float(re.findall(r"; height: ([\d.]+)mm; font-size", part)[0])
        rows = next(rows for rows in (4, 2, 1) if abs(grid("A4", 8, rows).height - height) < 0.01)
        lattice = grid("A4", 8, rows)
        boxes = []
        for place in range(rows * COLUMNS):
            x, y = lattice.place(place)
            boxes.append((x * MM, y * MM, (x + lattice.width) * MM, (y + lattice.height) * MM))
        bottom = (lattice.top + rows * lattice.height) * MM
        found += [
            word
            for word in paper.on(number)
            if word.top < bottom
            and not any(
                left <= word.left and top <= word.top and word.right <= right and word.bottom <= low
                for left, top, right, low in boxes
            )
        ]
    return found
