"""Export sheets: course in, files out."""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING

from deckgen.embedding import embedded
from deckgen.sheet import answer_sheet, flashcards, guide
from deckgen.sheet.key import entries, marking
from deckgen.sheet.plan import plan
from deckgen.sheet.profile import PageProfile, profiles
from deckgen.sheet.typesetting import Typesetter, environment
from deckgen.text import Medium, Renderer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    import jinja2

    from deckgen.core import Course, Sheet
    from deckgen.sheet.plan import Version
    from deckgen.templating import Templates


def export(course: Course, templates: Templates, media: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return `sheets/<sheet id>/<version>.html` and `sheets/<sheet id>/key.html` of sheets for paper, and handouts.

    A version in a further profile is `<version>-<profile>.html`. `media` holds the project's files by
    their path. Every page stands alone: pictures are data URIs.
    Raises `jinja2.TemplateError` where a template is wrong.
    """
    typesetter = _typesetter(course, media)
    plans = _plans(course)
    pages = {name: make() for name, make in _pages(course, templates, typesetter, plans).items()}
    for handouts in (guide, flashcards):
        pages |= handouts.export(course, templates, typesetter)
    return pages | answer_sheet.export(course, templates, typesetter, plans)


def pages(course: Course, templates: Templates, media: Mapping[str, bytes]) -> dict[str, Callable[[], bytes]]:
    """Return what makes each version and key, by the names that `export` gives them, for who wants but a few.

    Those functions raise `jinja2.TemplateError` where a template is wrong.
    """
    return _pages(course, templates, _typesetter(course, media), _plans(course))


def _plans(course: Course) -> list[tuple[Sheet, tuple[Version, ...]]]:
    """Plan the sheets that are for paper."""
    return [(sheet, plan(course, sheet)) for sheet in course.sheets if "paper" in sheet.outputs]


def _typesetter(course: Course, media: Mapping[str, bytes]) -> Typesetter:
    return Typesetter(Renderer(Medium.PAPER, embedded(media)), course.project.language)


def _pages(
    course: Course,
    templates: Templates,
    typesetter: Typesetter,
    plans: Iterable[tuple[Sheet, tuple[Version, ...]]],
) -> dict[str, Callable[[], bytes]]:
    env_of = cache(partial(environment, templates, typesetter))
    made: dict[str, Callable[[], bytes]] = {}
    for end, profile in profiles(course.project.printing).items():
        for sheet, versions in plans:
            for version in versions:
                name = f"sheets/{sheet.id}/{version.name}{end}.html"
                made[name] = partial(_version, course, sheet, version, partial(env_of, profile))
    profile = PageProfile(paper=course.project.printing.paper)
    for sheet, versions in plans:
        made[f"sheets/{sheet.id}/key.html"] = partial(_key, course, sheet, versions, partial(env_of, profile))
    return made


def _version(course: Course, sheet: Sheet, version: Version, env: Callable[[], jinja2.Environment]) -> bytes:
    page = env().get_template("sheet/page.html")
    tables = {table.id: table for table in course.tables}
    return page.render(project=course.project, sheet=sheet, version=version, tables=tables).encode()


def _key(
    course: Course, sheet: Sheet, versions: tuple[Version, ...], env: Callable[[], jinja2.Environment]
) -> bytes:
    text = (
        env()
        .get_template("sheet/key.html")
        .render(
            project=course.project,
            sheet=sheet,
            versions=versions,
            marking=marking(versions),
            entries=entries(course, versions),
        )
    )
    return text.encode()
