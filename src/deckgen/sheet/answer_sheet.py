"""Answer sheets: a grid of bubbles for each version, and its geometry for programs that read scans."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deckgen.direction import direction
from deckgen.sheet.bubble_marks import LIKE_THIS, NOT_LIKE_THIS, TAKEN_BACK
from deckgen.sheet.bubble_rows import asked
from deckgen.sheet.bubbles import pages
from deckgen.sheet.describe import describe
from deckgen.sheet.geometry import geometry_json
from deckgen.sheet.layout import LARGE_SCALE, SCALE
from deckgen.sheet.marks import marks
from deckgen.sheet.writing import written

if TYPE_CHECKING:
    from collections.abc import Sequence

    import jinja2

    from deckgen.core import Printing, Project, Sheet
    from deckgen.sheet.bubble_rows import Asked
    from deckgen.sheet.bubbles import SheetPage
    from deckgen.sheet.layout import Scale
    from deckgen.sheet.profile import PageProfile
    from deckgen.sheet.version import Question, Version


def has_any(version: Version) -> bool:
    """Return whether a version has something to fill in or to write on an answer sheet."""
    return bool(asked(version)) or version.sheet.written_answers


def wanted(printing: Printing, sheet: Sheet) -> bool:
    """Return whether a sheet is to have answer sheets."""
    return printing.bubble_sheets or sheet.student_number is not None or sheet.written_answers


def page(
    project: Project, version: Version, profile: PageProfile, env: jinja2.Environment, *, filled: bool = False
) -> bytes:
    """Return the answer sheet of a version; `filled` says that the student number will be printed onto it.

    Raises:
        jinja2.TemplateError: if a template is wrong.
    """
    found = asked(version)
    writing = _written(version, found)
    there = {question.number for question in (*(each.question for each in found), *writing)}
    html = env.get_template("sheet/answers.html").render(
        project=project,
        sheet=version.sheet,
        version=version,
        pages=_pages(project, version, found, profile),
        scale=_scale(version.sheet, profile),
        marks=marks(profile.width, profile.height),
        bubbles=bool(found),
        several=any(each.several for each in found),
        single=not all(each.several for each in found),
        like_this=LIKE_THIS,
        not_like_this=NOT_LIKE_THIS,
        taken_back=TAKEN_BACK,
        filled=filled,
        elsewhere=[q.number for q in version.questions if q.number not in there],
    )
    return html.encode()


def data(
    project: Project,
    version: Version,
    profile: PageProfile,
    env: jinja2.Environment,
    *,
    numbered: bool = False,
) -> bytes:
    """Return the geometry of an answer sheet as JSON; of one with a serial number if it is `numbered`.

    Raises:
        jinja2.TemplateError: if a template is wrong.
    """
    found = asked(version)
    made = _pages(project, version, found, profile)
    entry = env.get_template("sheet/entry.html")
    return geometry_json(
        describe(
            version,
            found,
            made,
            profile.paper,
            _written(version, found),
            lambda item: entry.render(item=item).strip(),
            numbered=numbered,
        )
    )


def _written(version: Version, found: Sequence[Asked]) -> tuple[Question, ...]:
    return written(version, frozenset(each.question.number for each in found))


def _scale(sheet: Sheet, profile: PageProfile) -> Scale:
    return (LARGE_SCALE if profile.large else SCALE).for_head(sheet.head)


def laid_out(project: Project, version: Version, profile: PageProfile) -> tuple[SheetPage, ...]:
    """Return the pages of the answer sheet of a version."""
    return _pages(project, version, asked(version), profile)


def _pages(
    project: Project, version: Version, found: Sequence[Asked], profile: PageProfile
) -> tuple[SheetPage, ...]:
    from_right = direction(project.language) == "rtl"
    scale = _scale(version.sheet, profile)
    writing = _written(version, found)
    return tuple(pages(version, found, profile.paper, scale, writing, from_right=from_right))
