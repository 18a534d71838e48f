"""What answer sheets print about marks is what marking does."""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest

from deckgen import core
from deckgen.marking import files
from deckgen.marking.decisions import Decisions
from deckgen.marking.marking import Pile, read_pile
from deckgen.sheet import export
from deckgen.sheet.bubble_marks import LIKE_THIS, NOT_LIKE_THIS, TAKEN_BACK, Mark
from deckgen.sheet.geometry import AnswerSheet
from marking import simulator
from marking.exam import TEMPLATES, items
from sheet.engines import weasyprint_pdf
from sheet.quizzes import course, whole

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Question and option.
Place = tuple[int, str]
SAMPLE = re.compile(r'<svg class="sample" aria-hidden="true"(.*?</svg>)', re.DOTALL)


def filled_in(profile: core.Profile, out: Path, drawn: Mapping[Place, int]) -> Pile:
    """Print a page on which samples, by their places among those of the page, are drawn in bubbles, and read it."""
    found = items("few")
    made = course(found, whole(found, versions=1, order="source"))
    printing = core.Printing(study_guides=False, bubble_sheets=True, profile=profile)
    project = msgspec.structs.replace(made.project, printing=printing)
    pages = export(msgspec.structs.replace(made, project=project), TEMPLATES, {})
    html = pages["answer-sheets/quiz/A.html"].decode()
    sheet = msgspec.json.decode(pages["answer-sheets/quiz/A.json"], type=AnswerSheet)
    bubbles = {(bubble.question, bubble.option): bubble for bubble in sheet.pages[0].bubbles}
    samples = SAMPLE.findall(html)
    marks = ""
    for place, number in drawn.items():
        bubble = bubbles[place]
        # The radius of the bubble in a sample is a third of its height.
        x, y, side = bubble.x - 1.5 * bubble.radius, bubble.y - 1.5 * bubble.radius, 3 * bubble.radius
        marks += f'<svg x="{x}" y="{y}" width="{side}" height="{side}"{samples[number]}'
    [picture] = simulator.printed(
        weasyprint_pdf(html.replace("</svg>\n  <div", f"{marks}</svg>\n  <div", 1).encode()), 200
    )
    simulator.taken(picture, simulator.CLEAN, random.Random(1)).save(out / "scan.png")
    return read_pile(files.leaves(out / "scan.png"), [sheet], out / "marked")


@pytest.mark.parametrize("profile", ["plain", "large-print"])
def test_marks_count_as_the_sheet_shows(profile: core.Profile, tmp_path: Path) -> None:
    """Each drawing of the sheet, put into a bubble as it is printed, is read as the sheet says of it."""
    samples = (*LIKE_THIS, *NOT_LIKE_THIS, *TAKEN_BACK)
    like, *others = range(len(samples))
    drawn = {(question, "A"): like for question in range(1, 5)}
    drawn |= {(question, "C"): number for question, number in enumerate(others, start=2)}
    pile = filled_in(profile, tmp_path, drawn)
    [paper] = pile.collated(Decisions()).papers
    [page] = paper.pages
    read = {
        (bubble.question, bubble.option): mark
        for bubble, mark in zip(page.page.bubbles, page.marks, strict=True)
        if mark is not Mark.EMPTY
    }
    assert read == {place: samples[number].mark for place, number in drawn.items()}
    # A mark that was taken back is not proposed.
    assert [row.likely for row in pile.doubtful] == [("A",)] * len(others)


def test_two_marks_where_one_is_asked_for_are_wrong(tmp_path: Path) -> None:
    """Also if one of them is right; and nobody is asked, as the sheet says so."""
    pile = filled_in("plain", tmp_path, {(1, "A"): 0, (2, "A"): 0, (2, "B"): 0})
    [(_, responses)] = pile.answered(Decisions())
    assert [response.points for response in responses[:3]] == [1, 0, 0]
    assert responses[1].chosen == (frozenset("AB"),)
    assert pile.doubtful == ()
