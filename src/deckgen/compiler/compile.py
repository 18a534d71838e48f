"""Compile a project from texts to a course."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager

import msgspec

from deckgen import core
from deckgen.compiler.check import Checked, ReadMedia, check_files, check_project, read_pictures
from deckgen.compiler.draw import Selected
from deckgen.compiler.link import Selection, link
from deckgen.compiler.lower import Lowering
from deckgen.compiler.parse import parse, parse_project
from deckgen.compiler.rows.expand import expand
from deckgen.contents import Contents
from deckgen.diagnostics import Diagnostic, errors_among
from deckgen.identity import Frozen, frozen_in
from deckgen.language.manuscript import File, Manuscript, MediaFile
from deckgen.language.project import Project
from deckgen.reading import Snapshot
from deckgen.root import PROJECT_FILE
from deckgen.rules import adopted_note_type, empty_alternative, missing_id, unknown_template


class Compiled(msgspec.Struct, frozen=True, kw_only=True):
    """The result of compiling a project."""

    #: None where there are errors.
    lowering: Lowering | None
    diagnostics: tuple[Diagnostic, ...]
    #: Pictures that texts name, by their path in the project.
    media: dict[str, MediaFile]
    #: What the authors wrote; None where `deckgen.toml` cannot be read.
    manuscript: Manuscript | None = None

    @property
    def pictures(self) -> Contents:
        """The contents of these pictures by their paths."""
        return Contents({path: picture.content for path, picture in self.media.items()})

    @property
    def course(self) -> core.Course | None:
        """The whole course; None where there are errors."""
        return self.lowering.course if self.lowering else None


#: Parses a file of cards: `parse`, or a variant with a cache.
Parse = Callable[[str, str], tuple[File, list[Diagnostic]]]
#: Begins to check the items of all files, and gives a function that returns what was found, by `File.key` in order:
#: `check_files`, or a variant that works in several processes.
CheckFiles = Callable[[Manuscript], AbstractContextManager[Callable[[], dict[str, Checked]]]]

#: Replaces a project whose `deckgen.toml` has mistakes, so that its cards are still checked.
_NAMELESS = Project(id="unnamed", title="Unnamed")


def compile_project(
    snapshot: Snapshot,
    read_media: ReadMedia,
    pictures: Callable[[], list[str]],
    parse_file: Parse = parse,
    check: CheckFiles = check_files,
    frozen: Frozen | None = None,
) -> Compiled:
    """Compile a project; `read_media` reads a picture and `pictures` lists those that are there.

    `frozen` is what learners have besides notes, where the lock does not say it.
    """
    found: list[Diagnostic] = []
    project: Project | None = None
    if snapshot.project is not None:
        project, mistakes = parse_project(PROJECT_FILE, snapshot.project)
        found += mistakes
    files = []
    for name, text in snapshot.cards.items():
        file, mistakes = parse_file(name, text)
        parts, more = expand(file, snapshot.tables)
        files += [file, *parts]
        found += mistakes
        found += more
    manuscript = link(
        project or _NAMELESS,
        files,
        snapshot.unread,
        frozen_in(snapshot.lock or "") if frozen is None else frozen,
    )
    with check(manuscript) as result:
        of_project = [
            *check_project(manuscript),
            *unknown_template.of_types(snapshot.templates, manuscript),
            *adopted_note_type.of_templates(snapshot.templates, manuscript),
        ]
        sheets, of_sheets = select_sheets(manuscript)
        checked = result()
    media, mistakes = read_pictures(manuscript, checked, read_media, pictures)
    found += mistakes
    of_files = [diagnostic for each in checked.values() for diagnostic in each.diagnostics]
    found += empty_alternative.of_authors(of_files, manuscript)
    found += of_project
    found += of_sheets
    lowering = None
    if project is not None and not errors_among(found):
        lowering = Lowering(manuscript, sheets)
    found = missing_id.distinct(found, manuscript, lambda id_: _names(snapshot.lock or "", id_))
    return Compiled(lowering=lowering, diagnostics=tuple(found), media=media, manuscript=manuscript)


def select_sheets(manuscript: Manuscript) -> tuple[tuple[Selected, ...], list[Diagnostic]]:
    """Lower the sheets, each with its pools; the list has their mistakes."""
    selection = Selection(manuscript)
    sheets: list[Selected] = []
    found: list[Diagnostic] = []
    for entry in manuscript.sheets():
        sheet, mistakes = selection.sheet(entry)
        found += mistakes
        if sheet is not None:
            sheets.append(sheet)
    return tuple(sheets), found


def _names(lock: str, id_: str) -> bool:
    """Return whether a lock speaks of an id, without reading the whole of it as a lock."""
    return id_ in lock and re.search(rf"(?<![a-z0-9/-]){re.escape(id_)}(?![a-z0-9-])", lock) is not None
