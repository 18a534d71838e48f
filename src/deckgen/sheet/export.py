"""Export sheets: course in, files out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deckgen.embedding import embedded
from deckgen.sheet.key import entries, marking
from deckgen.sheet.plan import plan
from deckgen.sheet.profile import PageProfile
from deckgen.sheet.typesetting import environment
from deckgen.text import Medium, Renderer

if TYPE_CHECKING:
    from collections.abc import Mapping

    import jinja2

    from deckgen.core import Course, Sheet
    from deckgen.templating import Templates


def export(
    course: Course, templates: Templates, media: Mapping[str, bytes], profile: PageProfile | None = None
) -> dict[str, bytes]:
    """Return `sheets/<sheet id>/<version>.html` and `sheets/<sheet id>/key.html` of every sheet.

    `media` holds the project's files by their path. Every page stands alone: pictures are data URIs.
    Raises `jinja2.TemplateError` where a template is wrong.
    """
    renderer = Renderer(Medium.PAPER, embedded(media))
    env = environment(templates, renderer, course.project.language, profile or PageProfile())
    pages: dict[str, bytes] = {}
    for sheet in course.sheets:
        pages |= _sheet_pages(course, sheet, env)
    return pages


def _sheet_pages(course: Course, sheet: Sheet, env: jinja2.Environment) -> dict[str, bytes]:
    folder = f"sheets/{sheet.id}"
    versions = plan(course, sheet)
    page = env.get_template("sheet/page.html")
    pages = {
        f"{folder}/{version.name}.html": page.render(project=course.project, sheet=sheet, version=version)
        for version in versions
    }
    pages[f"{folder}/key.html"] = env.get_template("sheet/key.html").render(
        project=course.project,
        sheet=sheet,
        versions=versions,
        marking=marking(versions),
        entries=entries(course, versions),
    )
    return {path: text.encode() for path, text in pages.items()}
