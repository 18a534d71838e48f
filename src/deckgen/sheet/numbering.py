"""Everything about the numbered copies of one sheet: its versions as pages, their codes and geometries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from deckgen.sheet import answer_sheet
from deckgen.sheet.copies_pdf import Text, VersionPages, copies_pdf
from deckgen.sheet.plan import plan
from deckgen.sheet.profile import handout_profile, profiles
from deckgen.sheet.target import AnswerView, VersionView, tables_of

if TYPE_CHECKING:
    from deckgen.core import Course, Sheet
    from deckgen.sheet.copies import Copy
    from deckgen.sheet.target import Maker


class Numbering:
    """The numbered copies of a sheet. Question sheets are printed in its main profile."""

    def __init__(self, course: Course, sheet: Sheet, maker: Maker) -> None:
        self._course = course
        self._sheet = sheet
        self._maker = maker
        self._versions = {version.name: version for version in plan(course, sheet)}
        self._profile = profiles(course.project.printing, sheet)[""]
        self._answers = handout_profile(course.project.printing, sheet)
        self._asks = {
            name
            for name, version in self._versions.items()
            if answer_sheet.wanted(course.project.printing, sheet) and answer_sheet.has_any(version)
        }

    @property
    def codes(self) -> dict[str, str]:
        """Return the code of each version by its name."""
        return {name: version.code for name, version in self._versions.items()}

    def geometries(self) -> Iterator[tuple[str, bytes]]:
        """Yield the geometry of the answer sheets of each version, by the name of its file."""
        project, env = self._course.project, self._maker.environment(self._answers)
        for name in sorted(self._asks):
            yield (
                f"answer-sheets/{name}.json",
                answer_sheet.data(project, self._versions[name], self._answers, env, numbered=True),
            )

    def pdf(self, copies: Sequence[Copy], *, one_sided: bool) -> bytes:
        """Return the copies as a PDF.

        Raises:
            jinja2.TemplateError: if a template is wrong.
            NoEngineError: if WeasyPrint is not installed.
        """
        return copies_pdf(
            {kind: self._pages(*kind) for kind in sorted({copy.kind for copy in copies})},
            copies,
            self._overlay,
            large=self._profile.large,
            one_sided=one_sided,
        )

    def _pages(self, name: str, filled: bool) -> VersionPages:
        project, version = self._course.project, self._versions[name]
        tables = tables_of(self._course, version)
        questions = VersionView(project=project, version=version, tables=tables, profile=self._profile)
        answers = AnswerView(project=project, version=version, profile=self._answers, filled=filled)
        asks = name in self._asks
        return VersionPages(
            code=version.code,
            questions=self._maker.version(questions),
            answers=self._maker.answers(answers) if asks else None,
            answer_pages=answer_sheet.laid_out(project, version, self._answers) if asks else (),
        )

    def _overlay(self, texts: Sequence[Text], size: tuple[float, float]) -> bytes:
        env = self._maker.environment(self._profile)
        page = env.get_template("sheet/copies.html")
        return page.render(pages=texts, width=size[0], height=size[1], title=self._sheet.title).encode()
