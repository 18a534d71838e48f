"""The web target: a site of quizzes, study guides, tables and an index, as pages that need no server."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec.structs import replace

from deckgen.core import Course, top_level
from deckgen.engine.output import Output, key, output
from deckgen.published import is_published
from deckgen.sheet.plan import plan_attempts
from deckgen.sheet.version import Version
from deckgen.text import Medium, Renderer
from deckgen.web import guide_page, index_page, quiz_page, sounds, table_page
from deckgen.web.frame import Frame
from deckgen.web.site import Site, site_of

if TYPE_CHECKING:
    from deckgen.contents import Content
    from deckgen.core import Sheet
    from deckgen.guide import Guide
    from deckgen.targets import Context

#: Milliseconds for a page.
_COST = 18


class View(msgspec.Struct, frozen=True, kw_only=True):
    """All that a page of the site is made from, apart from templates and pictures."""

    #: The part of the course that the page shows.
    course: Course
    #: The part of the site that it links to.
    site: Site
    #: What it is about: the attempts at a sheet, a guide, a table, or how much there is of everything.
    about: Any


class Web:
    """The web target."""

    waits = True

    def prepare(self) -> None:
        """Nothing needs to be loaded."""

    def outputs(self, course: Course, context: Context) -> Iterable[Output]:
        """Name the pages of the site, and its copies of what is published of other targets' outputs."""
        offered = sorted(path for path in context.offered if is_published(path, course.project.publish))
        yield from _Pages(course, context, site_of(course, offered)).outputs()
        for name in offered:
            yield Output(name=f"web/{name}", key=key("copy"), make=bytes, copy_of=name)


class _Pages:
    """The pages of a site; what they share is made once."""

    def __init__(self, course: Course, context: Context, site: Site) -> None:
        self._course = course
        self._site = site
        self._context = context
        self._long = sounds.long_ones(context.media)
        #: Those of them that some page plays.
        self._named: set[str] = set()
        self._frame: Frame | None = None
        #: Of the course, what every page has.
        self._bare = replace(course, items=(), tables=(), sheets=(), decks=(), refutations=(), draws={})

    def outputs(self) -> Iterator[Output]:
        course, site = self._course, self._site
        attempts = {sheet.id: plan_attempts(course, sheet) for sheet in course.sheets}
        versions = {id_: each[0] for id_, each in attempts.items()}
        yield self._page(
            site.index, index_page.render, self._index(versions), title="Front page", group="Site"
        )
        for sheet in course.sheets:
            if sheet.id not in site.quizzes:
                continue
            view = self._quiz(attempts[sheet.id])
            yield self._page(site.quizzes[sheet.id], quiz_page.render, view, title=sheet.title, group="Quiz")
        for guide in site.contents:
            view = self._guide(guide)
            yield self._page(
                site.guides[guide.name], guide_page.render, view, title=guide.name, group="Study guide"
            )
        for table in course.tables:
            if table.id not in site.tables:
                continue
            # Tables link to guides, concepts and claims, wherever these are.
            view = View(course=self._bare, site=site, about=table)
            yield self._page(site.tables[table.id], table_page.render, view, title=table.id, group="Table")
        yield from self._sounds()

    def _sounds(self) -> Iterator[Output]:
        """Name the files of the long sounds that some page plays."""
        for path in sorted(self._named):
            content = self._long[path]
            name = sounds.beside_name(path, content)
            yield Output(name=f"web/{name}", key=key(content.hash), make=partial(_content, content))

    def _index(self, versions: dict[str, Version]) -> View:
        edition = self._context.edition
        decks = (
            [line.deck for line in edition.stamped.notes]
            if edition
            else [item.deck for item in self._course.items if item.in_deck]
        )
        notes = Counter(map(top_level, decks))
        questions = {id_: len(version.questions) for id_, version in versions.items()}
        course = replace(self._bare, sheets=self._course.sheets, tables=self._course.tables)
        site = replace(self._site, wrong={})
        return View(course=course, site=site, about=index_page.Counts(questions, dict(notes)))

    def _quiz(self, attempts: tuple[Version, ...]) -> View:
        version = attempts[0]
        used = {question.item.cell.partition("/")[0] for question in version.questions}
        tables = tuple(table for table in self._course.tables if table.id in used)
        contents = tuple(
            replace(guide, description="", groups=(), lists=(), tables=(), misconceptions=(), sources=())
            for guide in self._site.contents
            if version.sheet.id in guide.sheets
        )
        site = replace(self._site, contents=contents, wrong={}, decks=())
        return View(course=replace(self._bare, tables=tables), site=site, about=attempts)

    def _guide(self, guide: Guide) -> View:
        def is_asked(sheet: Sheet) -> bool:
            return sheet.id in guide.sheets

        course = replace(
            self._bare,
            sheets=tuple(filter(is_asked, self._course.sheets)),
            # The terms of concepts.
            tables=tuple(replace(table, rows=(), intro="") for table in self._course.tables),
        )
        return View(course=course, site=self._site, about=guide)

    def _page(self, path: str, render: Callable[..., bytes], view: View, **named: str) -> Output:
        def make(view: View) -> bytes:
            return render(self._made_frame().of(view.course), view.site, view.about)

        if self._long:
            self._named.update(path for path in sounds.named_in(view) if path in self._long)
        context = self._context
        return output(
            f"web/{path}",
            make,
            view,
            render.__module__,
            context.templates.digest(),
            context.media_key,
            cost=_COST,
            **named,
        )

    def _made_frame(self) -> Frame:
        """Return the frame of all pages; it needs nothing but the project and its sources."""
        if self._frame is None:
            renderer = Renderer(Medium.SCREEN, sounds.sources(self._context.media))
            self._frame = Frame(self._bare, self._context.templates, renderer)
        return self._frame


def _content(content: Content, _of: bytes) -> bytes:
    return content.read()


TARGET = Web()
