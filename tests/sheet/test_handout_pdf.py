"""Handouts as PDF: tagged, titled, with their fonts, the same for ever."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec
import pytest

from deckgen import core
from deckgen.sheet import export
from deckgen.sheet.pdf import _adapt, pdf
from deckgen.templating.own import templates_of
from sheet.paper import fonts, info, outline, structure
from sheet.quizzes import showcase

if TYPE_CHECKING:
    from collections.abc import Mapping


@pytest.fixture(scope="module")
def handouts() -> dict[str, bytes]:
    """Give a study guide, flashcards and an answer sheet."""
    made = showcase()
    printing = core.Printing(flashcards=8, bubble_sheets=True)
    project = msgspec.structs.replace(made.project, printing=printing)
    files = export(msgspec.structs.replace(made, project=project), templates_of({}), {})
    return {name.partition("/")[0]: html for name, html in files.items() if name.endswith(".html")}


@pytest.mark.parametrize(
    ("kind", "title", "pages", "tags"),
    [
        ("guides", "Networking · Study guide", 2, {"H1", "H2", "H3", "Table", "TH", "L", "LI", "Link"}),
        ("flashcards", "Networking · Flashcards", 4, {"H1", "Figure", "L"}),
        ("answer-sheets", "IT Quiz · Answer sheet · Version B", 1, {"H1", "Figure"}),
    ],
)
def test_a_handout_is_a_whole_pdf(
    kind: str, title: str, pages: int, tags: set[str], handouts: Mapping[str, bytes]
) -> None:
    """Its title, tags and fonts are in it, and printing again gives the same bytes."""
    made = pdf(handouts[kind])
    assert (info(made)["Title"], info(made)["Pages"], info(made)["Tagged"]) == (title, str(pages), "yes")
    assert tags <= structure(made)
    assert all(fonts(made).values())
    assert pdf(handouts[kind]) == made


def test_a_guide_has_bookmarks(handouts: Mapping[str, bytes]) -> None:
    """For its parts, and for each concept, aspect and misconception below them."""
    lines = outline(pdf(handouts["guides"]))
    assert [line.strip() for line in lines if len(line) - len(line.lstrip()) <= 2] == [
        "Networking", "Concepts", "Socket and port", "Main differences", "Misconceptions", "References",
    ]  # fmt: skip
    assert {"    Socket", "    Identified by"} <= set(lines)


@pytest.mark.parametrize(("kind", "figures"), [("flashcards", 4), ("answer-sheets", 5)])
def test_every_figure_says_what_it_is(kind: str, figures: int, handouts: Mapping[str, bytes]) -> None:
    """PDF/UA-1 wants an alternative for each (7.3)."""
    weasyprint = pytest.importorskip("weasyprint")
    page = weasyprint.HTML(string=handouts[kind].decode())
    _adapt(page.etree_element)
    made = page.write_pdf(pdf_variant="pdf/ua-1", uncompressed_pdf=True)
    objects = re.findall(rb"\d+ 0 obj(.*?)endobj", made, re.DOTALL)
    found = [each for each in objects if b"/S /Figure" in each]
    assert len(found) >= figures
    assert [each for each in found if b"/Alt" not in each] == []
