"""The head of sheets and answer sheets: lines of the author's own, and a logo."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from deckgen import core
from deckgen.cli.session import compile_at
from deckgen.sheet import export
from sheet import paper
from sheet.engines import weasyprint_pdf
from sheet.test_answer_sheets import SCHEMA, TEMPLATES, asking, quiz

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from playwright.sync_api import Page

LOGO = (
    b"<svg xmlns='http://www.w3.org/2000/svg' width='300' height='100' viewBox='0 0 300 100'>"
    b"<rect width='300' height='100'/></svg>"
)
FIELDS = ("Seat", "Group", "Room", "Supervisor")
PROJECT = """\
id = "x"
title = "X"

[sheet]
head = ["Seat"]
logo = "media/school.svg"
"""
CARDS = """\
[deck]
name = "D"

[[question]]
id = "q"
type = "short"
prompt = "?"
answer = "!"

[[sheet]]
id = "one"
title = "One"
from = ["D"]

[[sheet]]
id = "two"
title = "Two"
from = ["D"]
head = []
logo = ""

[[sheet]]
id = "three"
title = "Three"
from = ["D"]
head = ["Group", "Room"]
logo = "media/faculty.svg"
"""


def pages(made: core.Course, **printing: Any) -> dict[str, bytes]:
    settings = core.Printing(study_guides=False, bubble_sheets=True, **printing)
    project = msgspec.structs.replace(made.project, printing=settings)
    files = export(msgspec.structs.replace(made, project=project), TEMPLATES, {"media/l.svg": LOGO})
    SCHEMA.validate(json.loads(files["answer-sheets/quiz/A.json"]))
    return {kind: files[f"{kind}/quiz/A.html"] for kind in ("sheets", "answer-sheets")}


def headed(digits: int | None = None, language: str = "en", **more: Any) -> core.Course:
    """Return a course whose sheet has all that a head can have."""
    settings: dict[str, Any] = {"head": FIELDS, "logo": "![](media/l.svg)"} | more
    return asking(quiz(6, 3, versions=1), digits, language, **settings)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "printing", [{}, {"profile": "large-print"}, {"paper": "Letter", "profile": "two-up"}], ids=str
)
def test_own_lines_and_a_logo_are_printed(
    printing: dict[str, Any], print_pdf: Callable[[bytes], bytes]
) -> None:
    """On the question sheet and on every page of the answer sheet, by both engines, without touching anything."""
    for kind, html in pages(headed(7), **printing).items():
        assert html.count(b"data:image/svg+xml") == html.count(b'class="title"')
        for pdf in (print_pdf(html), weasyprint_pdf(html)):
            printed = paper.read(pdf)
            assert paper.overlapping(printed) == [], kind
            words = [word.text for word in printed.on(1)]
            assert set(FIELDS) <= set(words)


def test_the_head_of_an_answer_sheet_has_room(page: Page) -> None:
    """With a long title, a logo, four lines and a student number, in the longest languages: nothing is cut off."""
    title = "Second examination in operating systems, repeated"
    for profile in ("plain", "large-print"):
        for language, digits in (("de", None), ("de", 7), ("fr", 12), ("ar", 7)):
            page.set_content(
                pages(headed(digits, language, title=title), profile=profile)["answer-sheets"].decode()
            )
            cut = page.evaluate(
                "[...document.querySelectorAll('.head, h1, .again')].map(e => e.scrollHeight - e.clientHeight)"
            )
            assert max(cut) <= 1, (profile, language, digits, cut)


def test_a_head_is_valid_without_barriers(
    page: Page, axe: Callable[[Page], list[str]], html_errors: Callable[[Mapping[str, bytes]], list[str]]
) -> None:
    """What an author says is data; a logo says nothing to those who do not see it."""
    made = pages(headed(7, head=("<b>Seat</b>", "Group & room")))
    assert html_errors({f"{kind}.html": html for kind, html in made.items()}) == []
    for html in made.values():
        assert b"&lt;b&gt;Seat&lt;/b&gt;" in html
        page.set_content(html.decode())
        assert axe(page) == []


def compiled(root: Path, *pictures: str) -> Any:
    (root / "cards").mkdir()
    (root / "media").mkdir()
    (root / "deckgen.toml").write_text(PROJECT, "utf-8")
    (root / "cards/d.toml").write_text(CARDS, "utf-8")
    for name in pictures:
        (root / f"media/{name}").write_bytes(LOGO)
    return compile_at(root)


def test_a_sheet_goes_before_the_project(tmp_path: Path) -> None:
    """Its own head and logo, none, or those of the project; the pictures are read."""
    made, _, found = compiled(tmp_path, "school.svg", "faculty.svg")
    assert found == []
    assert {sheet.id: (sheet.head, sheet.logo) for sheet in made.course.sheets} == {
        "one": (("Seat",), "![](media/school.svg)"),
        "two": ((), ""),
        "three": (("Group", "Room"), "![](media/faculty.svg)"),
    }
    assert dict(made.pictures) == {"media/school.svg": LOGO, "media/faculty.svg": LOGO}


def test_a_logo_that_is_not_there_is_told(tmp_path: Path) -> None:
    """Where it is named, in the project and in a sheet."""
    _, _, found = compiled(tmp_path)
    assert [(each.code, each.place.file, each.place.path) for each in found] == [
        ("missing-media", "deckgen.toml", ("sheet", "logo")),
        ("missing-media", "cards/d.toml", ("sheet", 2, "logo")),
    ]
