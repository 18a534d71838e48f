"""The site: which pages there are, where they lie, and what else it offers."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import quote

import msgspec

from deckgen.core import TrueFalse
from deckgen.filenames import file_name
from deckgen.guide import Guide, guides

if TYPE_CHECKING:
    from collections.abc import Iterable

    from deckgen.core import Course


class File(msgspec.Struct, frozen=True):
    """A file that the site offers besides its pages."""

    path: str

    @property
    def name(self) -> str:
        """Return its name without folder and ending."""
        return PurePosixPath(self.path).stem

    @property
    def ending(self) -> str:
        """Return its extension without the dot."""
        return PurePosixPath(self.path).suffix.removeprefix(".")


class Site(msgspec.Struct, frozen=True, kw_only=True):
    """Paths of the pages below `web/`, by what they show."""

    index: str = "index.html"
    #: By sheet id.
    quizzes: dict[str, str]
    #: By name of the guide.
    guides: dict[str, str]
    #: By table id.
    tables: dict[str, str]
    contents: tuple[Guide, ...]
    decks: tuple[File, ...]
    #: Pages to print and their PDFs, by folder: `sheets/<sheet id>`, `guides`, …
    papers: dict[str, tuple[File, ...]]
    #: Misconceptions by what they get wrong: `table/row/concept`, `table/row`, the id of a concept or question.
    wrong: dict[str, tuple[TrueFalse, ...]]

    def key(self, sheet: str) -> str:
        """Return the path of a sheet's key, or nothing if there is none."""
        folder = f"sheets/{sheet}"
        return next(
            (file.path for file in self.papers.get(folder, ()) if file.path == f"{folder}/key.html"), ""
        )

    def shows(self, sheet: str) -> bool:
        """Return whether a sheet, its answer sheet or its key can be had on paper."""
        return f"sheets/{sheet}" in self.papers or f"answer-sheets/{sheet}" in self.papers

    def concept(self, id_: str) -> str:
        """Return where a concept is explained, or nothing."""
        for guide in self.contents:
            if any(concept.id == id_ for concept in guide.concepts):
                return f"{self.guides[guide.name]}#{id_}"
        return ""


def site_of(course: Course, offered: Iterable[str]) -> Site:
    """Plan the site of a course, as far as it is to be published; `offered` are further files."""
    files = [File(path) for path in sorted(offered)]
    publish = course.project.publish
    contents = guides(course) if "guides" in publish else ()
    return Site(
        # No id has an underscore in it, so this name is free.
        quizzes={
            sheet.id: "index_.html" if sheet.id == "index" else f"{sheet.id}.html"
            for sheet in course.sheets
            if "quizzes" in publish and "quiz" in sheet.outputs
        },
        guides=dict(
            zip((g.name for g in contents), _file_names("study", (g.name for g in contents)), strict=True)
        ),
        tables={
            table.id: f"tables/{file_name(table.id)}.html"
            for table in course.tables
            if "tables" in publish and table.in_deck
        },
        contents=contents,
        decks=tuple(file for file in files if file.ending == "apkg"),
        papers=_papers(files),
        wrong=_wrong(course),
    )


def link(path: str, up: str = "") -> str:
    """Return the path as a relative link; `up` (`../`) leads from the page to the site's folder."""
    path, mark, fragment = path.partition("#")
    return f"{up}{quote(path)}{mark}{quote(fragment, safe='/')}"


def _papers(files: Iterable[File]) -> dict[str, tuple[File, ...]]:
    found: defaultdict[str, list[File]] = defaultdict(list)
    for file in files:
        if file.ending in ("html", "pdf"):
            found[file.path.rpartition("/")[0]].append(file)
    return {folder: tuple(each) for folder, each in found.items()}


def _wrong(course: Course) -> dict[str, tuple[TrueFalse, ...]]:
    items = course.by_id()
    found: defaultdict[str, list[TrueFalse]] = defaultdict(list)
    for refutation in course.refutations:
        item = items.get(refutation.id)
        if refutation.corrects and isinstance(item, TrueFalse) and item.in_deck:
            found[refutation.corrects].append(item)
    return {place: tuple(each) for place, each in found.items()}


def _file_names(folder: str, names: Iterable[str]) -> list[str]:
    """Return a path for each name, plain and all different."""
    paths: list[str] = []
    for name in names:
        base = re.sub(r"[^\w]+", "-", unicodedata.normalize("NFKC", name).lower()).strip("-_") or "guide"
        path, count = f"{folder}/{base}.html", 2
        while path in paths:
            path, count = f"{folder}/{base}-{count}.html", count + 1
        paths.append(path)
    return paths
