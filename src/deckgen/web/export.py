"""Export the site: course in, files out."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from deckgen.embedding import embedded
from deckgen.text import Medium, Renderer
from deckgen.web import guide_page, index_page, quiz_page, table_page
from deckgen.web.frame import Frame
from deckgen.web.site import site_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from deckgen.core import Course
    from deckgen.templating import Templates

#: What other targets wrote that the index offers. It is copied, so that `web` is a whole site by itself.
OFFERED = ("anki/", "sheets/", "guides/", "flashcards/", "answer-sheets/")
#: Of these. Data of answer sheets, which say what is right, are for those who mark.
ENDINGS = (".apkg", ".html", ".pdf")


def export(
    course: Course,
    templates: Templates,
    media: Mapping[str, bytes],
    outputs: Mapping[str, bytes] | None = None,
) -> dict[str, bytes]:
    """Return the files of `web/`: the index, a quiz for each sheet, study guides, comparison tables.

    `media` holds the project's files by their path. `outputs` holds what other targets made, by its path
    below the output folder; decks, sheets and handouts among it are put below `web/` once more, so that `web` alone
    can be served, or the whole output folder, or any page be opened from the disk.
    Raises `jinja2.TemplateError` where a template is wrong.
    """
    offered = {path: content for path, content in (outputs or {}).items() if is_offered(path)}
    made = {path: make() for path, make in pages(course, templates, media, offered).items()}
    return made | {f"web/{path}": content for path, content in offered.items()}


def is_offered(path: str) -> bool:
    """Say whether the index offers a file of another target, by its path below the output folder."""
    return path.startswith(OFFERED) and path.endswith(ENDINGS)


def pages(
    course: Course, templates: Templates, media: Mapping[str, bytes], offered: Iterable[str]
) -> dict[str, Callable[[], bytes]]:
    """Return what makes each page, by the names that `export` gives them, for who wants but a few.

    `offered` are the names of what other targets made. The functions raise as `export` does.
    """
    site = site_of(course, filter(is_offered, offered))
    frame = Frame(course, templates, Renderer(Medium.SCREEN, embedded(media)))
    made: dict[str, Callable[[], bytes]] = {site.index: partial(index_page.render, frame, site)}
    for sheet in course.sheets:
        made[site.quizzes[sheet.id]] = partial(quiz_page.render, frame, site, sheet)
    for guide in site.contents:
        made[site.guides[guide.name]] = partial(guide_page.render, frame, site, guide)
    for table in course.tables:
        made[site.tables[table.id]] = partial(table_page.render, frame, site, table)
    return {f"web/{path}": make for path, make in made.items()}
