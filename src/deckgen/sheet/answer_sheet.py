"""Answer sheets: a grid of bubbles for each version, and its geometry for whoever reads a scan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from deckgen.core import Numeric
from deckgen.direction import direction
from deckgen.sheet.bubbles import LARGE_SCALE, SCALE, asked, marks, pages
from deckgen.sheet.profile import PAPERS, handout_profile
from deckgen.sheet.typesetting import environment

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from deckgen.core import Course, Paper, Sheet
    from deckgen.sheet.bubbles import Asked, SheetPage, Square
    from deckgen.sheet.plan import Version
    from deckgen.sheet.typesetting import Typesetter
    from deckgen.templating import Templates

#: Of the geometry; another number, another meaning.
FORMAT = "deckgen-answer-sheet/1"


def export(
    course: Course,
    templates: Templates,
    typesetter: Typesetter,
    plans: Iterable[tuple[Sheet, tuple[Version, ...]]],
) -> dict[str, bytes]:
    """Return `answer-sheets/<sheet id>/<version>.html` and `.json` of every version of `plans`.

    A version without any question to fill bubbles for has none.
    Raises `jinja2.TemplateError` where a template is wrong.
    """
    printing = course.project.printing
    if not printing.bubble_sheets:
        return {}
    profile = handout_profile(printing)
    template = environment(templates, typesetter, profile).get_template("sheet/answers.html")
    from_right = direction(course.project.language) == "rtl"
    files: dict[str, bytes] = {}
    for sheet, versions in plans:
        for version in versions:
            if not (found := asked(version)):
                continue
            scale = LARGE_SCALE if profile.large else SCALE
            made = pages(version, found, profile.paper, scale, from_right=from_right)
            name = f"answer-sheets/{sheet.id}/{version.name}"
            there = {each.question.number for each in found}
            html = template.render(
                project=course.project,
                sheet=sheet,
                version=version,
                pages=made,
                scale=scale,
                marks=marks(profile.paper),
                several=any(each.several for each in found),
                elsewhere=[q.number for q in version.questions if q.number not in there],
            )
            files[f"{name}.html"] = html.encode()
            described = geometry(version, found, made, profile.paper)
            files[f"{name}.json"] = msgspec.json.format(msgspec.json.encode(described), indent=1) + b"\n"
    return files


def geometry(
    version: Version, found: Sequence[Asked], made: Sequence[SheetPage], paper: Paper
) -> dict[str, Any]:
    """Return what a program must know to read a version's answer sheets; lengths are mm from the top left corner."""
    width, height = PAPERS[paper]
    return {
        "format": FORMAT,
        "unit": "mm",
        "origin": "top left corner of the page",
        "paper": {"name": paper, "width": width, "height": height},
        "sheet": version.sheet.id,
        "title": version.sheet.title,
        "version": version.name,
        "code": version.code,
        "marks": {name: _square(mark) for name, mark in marks(paper).items()},
        "questions": [_question(each) for each in found],
        "pages": [
            {
                "page": page.number,
                "bits": [{**_square(bit), "filled": bit.filled} for bit in page.bits],
                "bubbles": [
                    {
                        "question": bubble.question,
                        "row": bubble.row,
                        "option": bubble.option,
                        "x": bubble.x,
                        "y": bubble.y,
                        "radius": bubble.radius,
                        "shape": bubble.shape,
                    }
                    for bubble in page.bubbles
                ],
            }
            for page in made
        ],
    }


def _square(square: Square) -> dict[str, float]:
    return {"x": square.x, "y": square.y, "side": square.side}


def _question(each: Asked) -> dict[str, Any]:
    item = each.question.item
    said: dict[str, Any] = {
        "number": each.question.number,
        "id": item.id,
        "kind": item.kind,
        "points": item.points,
        "several": each.several,
        "right": [list(row.right) for row in each.rows],
    }
    if isinstance(item, Numeric):
        # Any digits that make this number are right, wherever they stand.
        said |= {"answer": item.answer, "tolerance": item.tolerance}
    return said
