"""The sheet target: versions of each sheet to print, their key, and answer sheets with bubbles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

import msgspec

from deckgen.core import Course, Project, Refutation, Sheet, Table
from deckgen.direction import direction
from deckgen.embedding import embedded
from deckgen.engine.output import Output, output
from deckgen.sheet import answer_sheet
from deckgen.sheet.key import entries, marking
from deckgen.sheet.plan import plan
from deckgen.sheet.points import grade_rows, says_points
from deckgen.sheet.profile import PageProfile, handout_profile, profiles
from deckgen.sheet.typesetting import Typesetter, environment, rooms
from deckgen.sheet.version import Version
from deckgen.text import Medium, Renderer

if TYPE_CHECKING:
    import jinja2

    from deckgen.targets import Context

#: Milliseconds for a question of a page.
_COST = 0.6


class VersionView(msgspec.Struct, frozen=True, kw_only=True):
    """All that the page of a version is made from, apart from templates and pictures."""

    project: Project
    version: Version
    #: Those that its questions were made from.
    tables: tuple[Table, ...]
    profile: PageProfile


class KeyView(msgspec.Struct, frozen=True, kw_only=True):
    """All that a key is made from, apart from templates and pictures."""

    project: Project
    versions: tuple[Version, ...]
    tables: tuple[Table, ...]
    refutations: tuple[Refutation, ...]
    profile: PageProfile


class AnswerView(msgspec.Struct, frozen=True, kw_only=True):
    """All that the answer sheet of a version is made from, apart from templates and pictures."""

    project: Project
    version: Version
    profile: PageProfile
    #: Whether the student number will be printed onto it.
    filled: bool = False


class Sheets:
    """The sheet target."""

    waits = False

    def prepare(self) -> None:
        """Nothing needs to be loaded."""

    def outputs(self, course: Course, context: Context) -> Iterable[Output]:
        """Name the versions, keys and answer sheets of all sheets."""
        maker = Maker(context, course.project.language)
        printing = course.project.printing
        for sheet in course.sheets:
            if "paper" not in sheet.outputs:
                continue
            versions = plan(course, sheet)
            tables = tables_of(course, versions[0])
            for end, profile in profiles(printing, sheet).items():
                for version in versions:
                    yield maker.output(
                        f"sheets/{sheet.id}/{version.name}{end}.html",
                        maker.version,
                        VersionView(project=course.project, version=version, tables=tables, profile=profile),
                        len(version.questions),
                        title=f"{version.name}{end}",
                        group=sheet.title,
                    )
            yield maker.output(
                f"sheets/{sheet.id}/key.html",
                maker.key,
                KeyView(
                    project=course.project,
                    versions=versions,
                    tables=course.tables if any(map(_asks_claims, versions)) else tables,
                    refutations=course.refutations,
                    profile=PageProfile(paper=printing.paper),
                ),
                2 * len(versions[0].questions),
                title="key",
                group=sheet.title,
            )
            if answer_sheet.wanted(printing, sheet):
                yield from _answer_sheets(maker, course.project, sheet, versions)


def _answer_sheets(
    maker: Maker, project: Project, sheet: Sheet, versions: Iterable[Version]
) -> Iterator[Output]:
    profile = handout_profile(project.printing, sheet)
    for version in versions:
        if answer_sheet.has_any(version):
            view = AnswerView(project=project, version=version, profile=profile)
            name = f"answer-sheets/{version.sheet.id}/{version.name}"
            count = len(version.questions)
            yield maker.output(f"{name}.html", maker.answers, view, count)
            yield maker.output(f"{name}.json", maker.geometry, view, count)


def tables_of(course: Course, version: Version) -> tuple[Table, ...]:
    """Return the tables that the questions of a sheet were made from."""
    used = {question.item.cell.partition("/")[0] for question in version.questions}
    return tuple(table for table in course.tables if table.id in used)


def _asks_claims(version: Version) -> bool:
    """Return whether a key has to look up what a claim corrects."""
    return any(question.kind == "true-false" for question in version.questions)


class Maker:
    """Makes pages for paper; what they share is made once."""

    def __init__(self, context: Context, language: str) -> None:
        self._context = context
        self._language = language
        self._environment = cache(self._make_environment)
        self._typesetter: Typesetter | None = None
        self.shared = (context.templates.digest("anki", "web"), context.media_key)

    def output(self, name: str, make: Any, view: Any, questions: int, **settings: str) -> Output:
        """Return an output of this maker."""
        return output(name, make, view, *self.shared, cost=3 + _COST * questions, **settings)

    def environment(self, profile: PageProfile) -> jinja2.Environment:
        """Return the environment for pages of a profile."""
        return self._environment(profile)

    def version(self, view: VersionView) -> bytes:
        """Make the page of a version."""
        page = self.environment(view.profile).get_template("sheet/page.html")
        tables = {table.id: table for table in view.tables}
        return page.render(
            project=view.project,
            sheet=view.version.sheet,
            version=view.version,
            tables=tables,
            rooms=rooms(view.version),
        ).encode()

    def key(self, view: KeyView) -> bytes:
        """Make the page of a key."""
        page = self.environment(view.profile).get_template("sheet/key.html")
        return page.render(
            project=view.project,
            sheet=view.versions[0].sheet,
            versions=view.versions,
            marking=marking(view.versions),
            entries=entries(view.tables, view.refutations, view.versions),
            grades=grade_rows(view.versions[0]),
            says_points=says_points(view.versions[0]),
        ).encode()

    def answers(self, view: AnswerView) -> bytes:
        """Make the page of an answer sheet."""
        env = self.environment(view.profile)
        return answer_sheet.page(view.project, view.version, view.profile, env, filled=view.filled)

    def geometry(self, view: AnswerView) -> bytes:
        """Make the data of an answer sheet."""
        return answer_sheet.data(view.project, view.version, view.profile, self.environment(view.profile))

    def _make_environment(self, profile: PageProfile) -> jinja2.Environment:
        if self._typesetter is None:
            renderer = Renderer(Medium.PAPER, embedded(self._context.media), direction(self._language))
            self._typesetter = Typesetter(renderer, self._language)
        return environment(self._context.templates, self._typesetter, profile)


TARGET = Sheets()
