"""Run a build: read, compile, stamp, make every target, write."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path

import msgspec

from deckgen.build import stamp_report
from deckgen.build.colleague import Colleague
from deckgen.build.decks import Edition, Packed, make_edition, pack
from deckgen.build.finish import state_of, write_outputs
from deckgen.build.former import Former, packages_in
from deckgen.build.inventory import inventory
from deckgen.build.outcome import MisuseError, Options, Outcome, Preview, Progress, summary
from deckgen.build.pages import printed_pages, web_pages
from deckgen.build.quick import OUTPUT_FOLDER
from deckgen.build.template_mistakes import mistake
from deckgen.build.templates import card_mistakes, templates_of
from deckgen.build.templates import check as check_templates
from deckgen.build.uncollected import uncollected
from deckgen.build.write import forget, only_one, remember
from deckgen.compiler.compile import Compiled, compile_project
from deckgen.core import Course
from deckgen.diagnostics import Severity
from deckgen.identity import Build, IdentityProblem, Lock, dumps
from deckgen.identity import parse as parse_lock
from deckgen.language.manuscript import Manuscript, MediaFile
from deckgen.reading import read_media, read_project
from deckgen.reading.media import pictures_in
from deckgen.reading.project import LOCK_FILE
from deckgen.reading.templates import TEMPLATES_FOLDER
from deckgen.rules import large_media, outdated_lock, template
from deckgen.templating import Templates


def build(root: Path, options: Options, progress: Progress = lambda _step, _done, _total: None) -> Outcome:
    """Build the project in `root` into its output folder.

    Where anything is wrong nothing is written.

    Raises:
        OSError: if the outputs or the lock cannot be written; each file is then the old or the new one.
        MisuseError: if an id to stamp anew is no item's, or a package that was named cannot be read.
    """
    with only_one(root), uncollected():
        return _Building(root, options, progress).run()


def preview(root: Path, options: Options) -> Preview:
    """Stamp the notes of the project in `root` as a build would, and write nothing.

    Raises:
        MisuseError: if an id to stamp anew is no item's, or a package that was named cannot be read.
    """
    return _Building(root, options, lambda _step, _done, _total: None, pages=False).preview()


class _Building:
    """One build, and what it has found so far."""

    def __init__(self, root: Path, options: Options, progress: Progress, *, pages: bool = True) -> None:
        self._root = root
        self._output = root / OUTPUT_FOLDER
        self._options = options
        self._progress = progress
        # Before anything is read: what changes from now on is newer than what the state says.
        self._begun = time.time_ns()
        self._inputs = inventory(root)
        self._snapshot, self._found = read_project(root)
        self._colleague = Colleague(
            lambda: templates_of(self._snapshot.templates), makes_pages=pages and not options.pdf
        )

    def preview(self) -> Preview:
        try:
            return self._preview()
        finally:
            self._colleague.dismiss()

    def _preview(self) -> Preview:
        compiled, templates = self._read()
        lock, edition, former = self._lock(), None, None
        if compiled.course is not None and not self._failed():
            former = self._former(compiled.course)
            try:
                edition = self._edition(compiled.course, compiled, lock, templates)
            except Exception as error:
                found = mistake(error, templates)
                if found is None:
                    raise
                self._found.append(found)
        return Preview(
            snapshot=self._snapshot,
            diagnostics=tuple(self._found),
            edition=edition,
            lock=lock,
            former=former,
        )

    def _read(self) -> tuple[Compiled, Templates]:
        compiled = compile_project(
            self._snapshot,
            lambda path: read_media(self._root, path),
            lambda: pictures_in(self._root),
            check=self._colleague.check,
        )
        self._found += compiled.diagnostics
        return compiled, self._read_templates()

    def run(self) -> Outcome:
        try:
            return self._run()
        finally:
            self._colleague.dismiss()

    def _run(self) -> Outcome:
        self._progress("reading", 0, 4)
        compiled, templates = self._read()
        lock = self._lock()
        if compiled.course is None or compiled.manuscript is None or self._failed():
            return self._outcome()
        self._progress("making decks", 1, 4)
        try:
            edition = self._edition(compiled.course, compiled, lock, templates)
            if edition is None:
                return self._outcome()
            packed = pack(edition, lambda: all_pictures(self._root))
            self._progress("making sheets and pages", 2, 4)
            pages = self._pages(compiled.course, compiled.media, templates, packed)
        except Exception as error:
            found = mistake(error, templates)
            if found is None:
                raise
            self._found.append(found)
            return self._outcome()
        self._check_cards(packed)
        self._check_sizes(packed, compiled.manuscript)
        text = dumps(edition.stamped.lock)
        self._check_lock(text, edition)
        if self._failed():
            return self._outcome()
        self._progress("writing", 3, 4)
        outputs = packed.files | pages
        lock_text = None if text == self._snapshot.lock else text
        write_outputs(self._root, self._output, lock_text, outputs)
        if self._found:
            # What was said has to be said again.
            forget(self._root)
        else:
            remember(
                self._root,
                state_of(
                    self._root,
                    self._output,
                    self._inputs,
                    self._begun,
                    self._options.of_outputs(),
                    compiled,
                    compiled.course,
                    compiled.manuscript,
                    packed,
                    outputs,
                    self._colleague.interfaces,
                ),
            )
        return msgspec.structs.replace(
            self._outcome(),
            outputs=tuple(sorted(outputs)),
            course=compiled.course,
            decks=packed.decks,
            notes=packed.notes,
            cards=packed.cards,
            changes=edition.stamped.changes,
        )

    def _pages(
        self, course: Course, pictures: Mapping[str, MediaFile], templates: Templates, packed: Packed
    ) -> dict[str, bytes]:
        """Make sheets, handouts and web pages, and the PDFs that are wanted."""
        pages = self._colleague.pages(packed.files)
        if pages is None:
            media = {path: picture.content for path, picture in pictures.items()}
            printed = printed_pages(course, media, templates)
            if self._options.pdf:
                from deckgen.build.pdfs import pdfs_of

                printed |= pdfs_of(printed, self._root, self._output, self._progress)
            pages = printed | web_pages(course, media, templates, printed, packed.files)
        copies = {f"web/{name}": content for name, content in packed.files.items()}
        return pages | {name: content for name, content in copies.items() if name in pages}

    def _check_cards(self, packed: Packed) -> None:
        self._found += [
            template.found(
                f"{TEMPLATES_FOLDER}/anki", f"the front of the card of `{id_}` shows none of its fields", None
            )
            for id_ in packed.cardless
        ]

    def _check_sizes(self, packed: Packed, manuscript: Manuscript) -> None:
        self._found += [
            large_media.of_package(
                packed.by_deck[deck], size, stamp_report.place_of_package(deck, manuscript)
            )
            for deck, size in packed.picture_sizes.items()
            if size > large_media.LIMIT
        ]

    def _failed(self) -> bool:
        return any(diagnostic.severity is Severity.ERROR for diagnostic in self._found)

    def _outcome(self) -> Outcome:
        return Outcome(snapshot=self._snapshot, diagnostics=tuple(self._found))

    def _read_templates(self) -> Templates:
        templates = templates_of(self._snapshot.templates)
        self._found += check_templates(templates)
        return templates

    def _lock(self) -> Lock | None:
        if self._snapshot.lock is None:
            return None
        lock = parse_lock(self._snapshot.lock)
        if isinstance(lock, Lock):
            return lock
        self._found += stamp_report.of_lock(lock)
        return None

    def _edition(
        self, course: Course, compiled: Compiled, lock: Lock | None, templates: Templates
    ) -> Edition | None:
        manuscript = compiled.manuscript
        if manuscript is None:
            return None
        made = make_edition(
            course,
            {path: picture.content for path, picture in compiled.media.items()},
            lock,
            templates,
            self._order(course),
            self._former(course),
            self._colleague,
        )
        if not isinstance(made, Edition):
            self._report(made, manuscript)
            return None
        self._found += stamp_report.of_changes(made.stamped.changes, manuscript)
        self._found += card_mistakes(made.types, templates)
        if self._failed():
            return None
        return made

    def _order(self, course: Course) -> Build:
        return Build(
            project_id=course.project.id,
            version=course.project.version,
            now=self._options.now,
            restamp=self._options.restamp,
            keep_retired=course.project.keep_retired,
        )

    def _former(self, course: Course) -> Former:
        if self._options.former:
            from deckgen.build.sides import packages_of

            return packages_of(course.project.id, self._options.former)
        return Former(course.project.id, packages_in(self._root / OUTPUT_FOLDER))

    def _report(self, problems: tuple[IdentityProblem, ...], manuscript: Manuscript) -> None:
        unknown = [problem for problem in problems if problem.code == "restamp-unknown"]
        if unknown:
            raise MisuseError("; ".join(problem.message for problem in unknown))
        self._found += stamp_report.of_identity(problems, manuscript)

    def _check_lock(self, text: str, edition: Edition) -> None:
        if self._options.locked and text != self._snapshot.lock:
            how = summary(edition.stamped.changes) or "it is not as deckgen writes it"
            self._found.append(outdated_lock.found(LOCK_FILE, how))


def all_pictures(root: Path) -> dict[str, bytes]:
    """Read every picture of the project, by its path; what cannot be read is left out."""
    read = [read_media(root, path) for path in pictures_in(root)]
    return {picture.path: picture.content for picture in read if isinstance(picture, MediaFile)}
