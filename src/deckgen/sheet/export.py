"""Export sheets: course in, files out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deckgen.embedding import embedded
from deckgen.sheet import answer_sheet, flashcards, guide
from deckgen.sheet.key import entries, marking
from deckgen.sheet.plan import plan
from deckgen.sheet.profile import PageProfile, profiles
from deckgen.sheet.typesetting import Typesetter, environment
from deckgen.text import Medium, Renderer

if TYPE_CHECKING:
    from collections.abc import Mapping

    import jinja2

    from deckgen.core import Course, Sheet
    from deckgen.sheet.plan import Version
    from deckgen.templating import Templates


def export(course: Course, templates: Templates, media: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return `sheets/<sheet id>/<version>.html` and `sheets/<sheet id>/key.html` of every sheet, and handouts.

    A version in a further profile is `<version>-<profile>.html`. `media` holds the project's files by
    their path. Every page stands alone: pictures are data URIs.
    Raises `jinja2.TemplateError` where a template is wrong.
    """
    renderer = Renderer(Medium.PAPER, embedded(media))
    typesetter = Typesetter(renderer, course.project.language)
    plans = [(sheet, plan(course, sheet)) for sheet in course.sheets]
    pages: dict[str, bytes] = {}
    for end, profile in profiles(course.project.printing).items():
        env = environment(templates, typesetter, profile)
        for sheet, versions in plans:
            pages |= _versions(course, sheet, versions, env, end)
    env = environment(templates, typesetter, PageProfile(paper=course.project.printing.paper))
    for sheet, versions in plans:
        pages[f"sheets/{sheet.id}/key.html"] = _key(course, sheet, versions, env)
    for handouts in (guide, flashcards):
        pages |= handouts.export(course, templates, typesetter)
    return pages | answer_sheet.export(course, templates, typesetter, plans)


def _versions(
    course: Course, sheet: Sheet, versions: tuple[Version, ...], env: jinja2.Environment, end: str
) -> dict[str, bytes]:
    page = env.get_template("sheet/page.html")
    tables = {table.id: table for table in course.tables}
    return {
        f"sheets/{sheet.id}/{version.name}{end}.html": page.render(
            project=course.project, sheet=sheet, version=version, tables=tables
        ).encode()
        for version in versions
    }


def _key(course: Course, sheet: Sheet, versions: tuple[Version, ...], env: jinja2.Environment) -> bytes:
    text = env.get_template("sheet/key.html").render(
        project=course.project,
        sheet=sheet,
        versions=versions,
        marking=marking(versions),
        entries=entries(course, versions),
    )
    return text.encode()
