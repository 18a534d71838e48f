"""Answer sheets: a grid of bubbles for each version, and its geometry for programs that read scans."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from deckgen.core import Numeric
from deckgen.direction import direction
from deckgen.sheet.bubble_rows import asked
from deckgen.sheet.bubbles import LARGE_SCALE, SCALE, marks, pages
from deckgen.sheet.profile import PAPERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    import jinja2

    from deckgen.core import Paper, Project
    from deckgen.sheet.bubble_rows import Asked
    from deckgen.sheet.bubbles import Scale, SheetPage, Square
    from deckgen.sheet.plan import Version
    from deckgen.sheet.profile import PageProfile

#: Of the geometry; another number, another meaning.
FORMAT = "deckgen-answer-sheet/1"


def has_any(version: Version) -> bool:
    """Return whether a version has a question to fill bubbles for."""
    return bool(asked(version))


def page(project: Project, version: Version, profile: PageProfile, env: jinja2.Environment) -> bytes:
    """Return the answer sheet of a version.

    Raises:
        jinja2.TemplateError: if a template is wrong.
    """
    found = asked(version)
    there = {each.question.number for each in found}
    html = env.get_template("sheet/answers.html").render(
        project=project,
        sheet=version.sheet,
        version=version,
        pages=_pages(project, version, found, profile),
        scale=_scale(profile),
        marks=marks(profile.paper),
        several=any(each.several for each in found),
        elsewhere=[q.number for q in version.questions if q.number not in there],
    )
    return html.encode()


def data(project: Project, version: Version, profile: PageProfile) -> bytes:
    """Return the geometry of an answer sheet as JSON."""
    found = asked(version)
    described = geometry(version, found, _pages(project, version, found, profile), profile.paper)
    return msgspec.json.format(msgspec.json.encode(described), indent=1) + b"\n"


def _scale(profile: PageProfile) -> Scale:
    return LARGE_SCALE if profile.large else SCALE


def _pages(
    project: Project, version: Version, found: Sequence[Asked], profile: PageProfile
) -> tuple[SheetPage, ...]:
    from_right = direction(project.language) == "rtl"
    return tuple(pages(version, found, profile.paper, _scale(profile), from_right=from_right))


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
    described: dict[str, Any] = {
        "number": each.question.number,
        "id": item.id,
        "kind": item.kind,
        "points": item.points,
        "several": each.several,
        "right": [list(row.right) for row in each.rows],
    }
    if isinstance(item, Numeric):
        # Any digits that make this number are right, in any position.
        described |= {"answer": item.answer, "tolerance": item.tolerance}
    return described
