"""Boxes to write in on answer sheets: where they are, in both engines, and what a program is told of them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from deckgen import core
from deckgen.sheet import export
from deckgen.sheet.plan import plan
from deckgen.sheet.writing import writing_lines
from marking import simulator
from sheet import paper
from sheet.engines import weasyprint_pdf
from sheet.quizzes import course, head, random_items, whole
from sheet.scanner import Scan
from sheet.test_answer_sheets import DPI, SCHEMA, TEMPLATES

if TYPE_CHECKING:
    from collections.abc import Callable

ITEMS = (
    *random_items(14, 5),
    core.Open(
        **head("essay", points=4), prompt="Why?", model="Since $x^2 > 0$.", lines=30, explanation="So."
    ),
    *(core.Short(**head(f"s{n}"), prompt=f"Capital {n}?", answer="Paris") for n in range(3)),
)


def printed(items: tuple[core.Item, ...] = ITEMS, *, boxes: bool = True, **printing: Any) -> dict[str, bytes]:
    made = course(items, whole(items, versions=1, seed=4, student_number=6, written_answers=boxes))
    settings = core.Printing(study_guides=False, **printing)
    project = msgspec.structs.replace(made.project, printing=settings)
    return export(msgspec.structs.replace(made, project=project), TEMPLATES, {})


@pytest.mark.parametrize(
    ("printing", "engine"),
    [({}, "weasyprint"), ({"paper": "Letter"}, "chromium"), ({"profile": "large-print"}, "chromium")],
    ids=["A4", "Letter", "large"],
)
def test_boxes_are_printed_where_the_json_says(
    printing: dict[str, Any], engine: str, print_pdf: Callable[[bytes], bytes]
) -> None:
    """The frame of each is black and what is within white, to half a millimetre; nothing lies on anything."""
    files = printed(**printing)
    geometry = json.loads(files["answer-sheets/quiz/A.json"])
    SCHEMA.validate(geometry)
    html = files["answer-sheets/quiz/A.html"]
    pdf = print_pdf(html) if engine == "chromium" else weasyprint_pdf(html)
    said = paper.read(pdf)
    assert (paper.overlapping(said), paper.spilled(said, margin=5)) == ([], [])
    seen = []
    for page, picture in zip(geometry["pages"], simulator.printed(pdf, DPI), strict=True):
        scan = Scan(picture, geometry)

        def dark(x: float, y: float, scan: Scan = scan) -> bool:
            return min(scan.level(*scan.at(x + off, y + off)) for off in (-0.2, -0.1, 0, 0.1, 0.2)) < 200

        for box in page.get("writing", []):
            left, top, right, bottom = (
                box["x"], box["y"], box["x"] + box["width"], box["y"] + box["height"],
            )  # fmt: skip
            step = box["height"] / box["lines"]
            middles = [top + (line + 0.5) * step for line in range(box["lines"])]
            assert all(dark(x, y) for x in (left, right) for y in middles), box
            assert all(dark(left + part * box["width"], y) for part in (0.3, 0.7) for y in (top, bottom)), box
            assert not any(dark(left + 0.5 * box["width"], y) for y in middles), box
            lines = [top + line * step for line in range(1, box["lines"])]
            assert all(dark(left + 0.5 * box["width"], y) for y in lines), box
            assert bottom < geometry["paper"]["height"] - 20
            lowest = max((bubble["y"] + bubble["radius"] for bubble in page["bubbles"]), default=0)
            assert top > lowest
            seen.append((box["question"], box["part"], box["lines"]))
    version_items = {question["number"]: question["id"] for question in geometry["written"]}
    by_id = {item.id: item for item in ITEMS}
    lines_of: dict[int, int] = {}
    for number, part, lines in seen:
        assert part == 1 or lines_of[number]
        lines_of[number] = lines_of.get(number, 0) + lines
    assert lines_of == {number: writing_lines(by_id[id_]) for number, id_ in version_items.items()}


def test_the_json_says_what_is_written_and_what_is_right() -> None:
    """All questions without bubbles, with their points and their part of the key; nothing is left for elsewhere."""
    files = printed()
    geometry = json.loads(files["answer-sheets/quiz/A.json"])
    numbers = [each["number"] for each in (*geometry["questions"], *geometry["written"])]
    assert sorted(numbers) == list(range(1, len(ITEMS) + 1))
    assert geometry["on_paper"] == []
    essay = next(each for each in geometry["written"] if each["id"] == "essay")
    assert (essay["kind"], essay["points"], essay["floor"]) == ("open", 4, 0)
    assert "Since" in essay["key"]
    assert "<svg" in essay["key"]
    assert "So." in essay["key"]


def test_the_question_sheet_has_no_lines_then() -> None:
    """It says where to write; without the key it is as it was, and the code of the version too."""
    with_boxes, without = printed(), printed(boxes=False)
    page = "sheets/quiz/A.html"
    assert b"Write all answers on the answer sheet." in with_boxes[page]
    assert b'class="lines"' not in with_boxes[page]
    assert b"Write all answers on the answer sheet." not in without[page]
    assert b'class="lines"' in without[page]
    geometry = json.loads(without["answer-sheets/quiz/A.json"])
    assert "written" not in geometry
    assert all("writing" not in each for each in geometry["pages"])


def test_the_code_tells_how_many_lines_there_are() -> None:
    """Another number of lines moves the boxes, so a page that was printed before is told."""

    def code(lines: int, *, boxes: bool) -> str:
        items = (core.Open(**head("why"), prompt="Why?", model="Because.", lines=lines),)
        made = course(items, whole(items, versions=1, written_answers=boxes))
        return plan(made, made.sheets[0])[0].code

    assert code(4, boxes=True) != code(5, boxes=True)
    assert code(4, boxes=False) == code(5, boxes=False)


def test_a_sheet_without_bubbles_has_boxes_alone() -> None:
    """Its answer sheet says nothing of circles."""
    items = (core.Open(**head("why"), prompt="Why?", model="Because."),)
    made = course(items, whole(items, versions=1, written_answers=True))
    files = export(made, TEMPLATES, {})
    assert b"Write in the boxes" in files["answer-sheets/quiz/A.html"]
    assert b"Fill the whole circle" not in files["answer-sheets/quiz/A.html"]
