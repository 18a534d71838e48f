"""Export the site: course in, files out."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from deckgen.embedding import embedded
from deckgen.published import is_published
from deckgen.text import Medium, Renderer
from deckgen.web import guide_page, index_page, quiz_page, table_page
from deckgen.web.frame import Frame
from deckgen.web.site import site_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from deckgen.core import Course
    from deckgen.templating import Templates


def export(
    course: Course,
    templates: Templates,
    media: Mapping[str, bytes],
    outputs: Mapping[str, bytes] | None = None,
) -> dict[str, bytes]:
    """Return the files of `web/`: the index, and of quizzes, study guides and comparison tables what is published.

    `media` holds the project's files by their path. `outputs` holds what other targets made, by its path
    below the output folder; what is to be published of it is put below `web/` once more, so that `web` can be
    published as it is.
    Raises `jinja2.TemplateError` where a template is wrong.
    """
    publish = course.project.publish
    offered = {path: content for path, content in (outputs or {}).items() if is_published(path, publish)}
    made = {path: make() for path, make in pages(course, templates, media, offered).items()}
    return made | {f"web/{path}": content for path, content in offered.items()}


def pages(
    course: Course, templates: Templates, media: Mapping[str, bytes], offered: Iterable[str]
) -> dict[str, Callable[[], bytes]]:
    """Return what makes each page, by the names that `export` gives them, for who wants but a few.

    `offered` are the names of what other targets made. The functions raise as `export` does.
    """
    publish = course.project.publish
    site = site_of(course, (path for path in offered if is_published(path, publish)))
    frame = Frame(course, templates, Renderer(Medium.SCREEN, embedded(media)))
    made: dict[str, Callable[[], bytes]] = {site.index: partial(index_page.render, frame, site)}
    for sheet in course.sheets:
        if sheet.id in site.quizzes:
            made[site.quizzes[sheet.id]] = partial(quiz_page.render, frame, site, sheet)
    for guide in site.contents:
        made[site.guides[guide.name]] = partial(guide_page.render, frame, site, guide)
    for table in course.tables:
        if table.id in site.tables:
            made[site.tables[table.id]] = partial(table_page.render, frame, site, table)
    return {f"web/{path}": make for path, make in made.items()}
