"""Run a build: read, compile, stamp, make every target, write."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path

import msgspec

from deckgen.compiler.check import check_files
from deckgen.compiler.compile import CheckFiles, Compiled, compile_project
from deckgen.core import Course
from deckgen.diagnostics import Severity
from deckgen.engine import stamp_report
from deckgen.engine.colleague import Colleague
from deckgen.engine.decks import Edition, Packed, decks_of, make_edition, pack
from deckgen.engine.finish import Outline, state_of, write_outputs
from deckgen.engine.former import Former, packages_in
from deckgen.engine.interfaces import interfaces_of
from deckgen.engine.inventory import inventory
from deckgen.engine.notes import Notes
from deckgen.engine.outcome import MisuseError, Options, Outcome, Preview, Progress, summary
from deckgen.engine.pages import copies_in, package_names, printed_pages, web_pages
from deckgen.engine.quick import OUTPUT_FOLDER
from deckgen.engine.stamp_report import Places
from deckgen.engine.template_mistakes import mistake
from deckgen.engine.templates import card_mistakes, templates_of
from deckgen.engine.templates import check as check_templates
from deckgen.engine.uncollected import uncollected
from deckgen.engine.write import forget, only_one, remember
from deckgen.identity import Build, IdentityProblem, Lock, dumps
from deckgen.identity import parse as parse_lock
from deckgen.reading import read_media, read_project
from deckgen.reading.media import all_pictures, pictures_in
from deckgen.reading.project import LOCK_FILE
from deckgen.reading.templates import TEMPLATES_FOLDER
from deckgen.rules import large_media, outdated_lock, template
from deckgen.templating import Templates

#: Pages by their names below the output folder, and the interfaces of the files of cards.
Pages = tuple[dict[str, bytes], dict[str, str]]


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
        if compiled.lowering is not None and not self._failed():
            former = self._former(compiled.lowering.frame)
            try:
                outline, notes, pictures = self._write(compiled, templates)
                edition = self._edition(Outline.unfolded(outline), notes, pictures, lock, templates)
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
        compiled = self._compile(self._colleague.check)
        self._found += compiled.diagnostics
        return compiled, self._read_templates()

    def _compile(self, check: CheckFiles) -> Compiled:
        return compile_project(
            self._snapshot,
            lambda path: read_media(self._root, path),
            lambda: pictures_in(self._root),
            check=check,
        )

    def run(self) -> Outcome:
        try:
            return self._run()
        finally:
            self._colleague.dismiss()

    def _run(self) -> Outcome:
        self._progress("reading", 0, 4)
        compiled, templates = self._read()
        lock = self._lock()
        if self._failed() or compiled.lowering is None:
            return self._outcome()
        self._progress("making decks", 1, 4)
        try:
            folded, notes, pictures = self._write(compiled, templates)
            held = None if self._colleague.is_at_pages else compiled
            # What authors wrote takes most memory of all: it goes as soon as it can.
            del compiled
            outline = Outline.unfolded(folded)
            edition = self._edition(outline, notes, pictures, lock, templates)
            if edition is None:
                return self._outcome()
            self._progress("making sheets and pages", 2, 4)
            made = self._pages(held, templates, edition) if held else None
            del held
            packed = pack(edition, lambda: all_pictures(self._root))
            made = made or self._colleague.pages(packed.files) or self._pages_again(templates, edition)
            pages, interfaces = made
        except Exception as error:
            found = mistake(error, templates)
            if found is None:
                raise
            self._found.append(found)
            return self._outcome()
        self._check_packages(packed, outline)
        text = dumps(edition.stamped.lock)
        self._check_lock(text, edition)
        if self._failed():
            return self._outcome()
        self._progress("writing", 3, 4)
        outputs = packed.files | pages | copies_in(pages, packed.files)
        write_outputs(self._root, self._output, None if text == self._snapshot.lock else text, outputs)
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
                    outline,
                    pictures,
                    interfaces,
                    packed,
                    outputs,
                ),
            )
        return msgspec.structs.replace(
            self._outcome(),
            outputs=tuple(sorted(outputs)),
            decks=packed.decks,
            notes=packed.notes,
            cards=packed.cards,
            sheets=len(outline.frame.sheets),
            changes=edition.stamped.changes,
        )

    def _pages(self, compiled: Compiled, templates: Templates, edition: Edition) -> Pages:
        """Make sheets, handouts and web pages, and the PDFs that are wanted; and find the interfaces of all files."""
        course, manuscript = compiled.course, compiled.manuscript
        if course is None or manuscript is None:
            raise ValueError("a course with mistakes has no pages")
        media = {path: picture.content for path, picture in compiled.media.items()}
        printed = printed_pages(course, media, templates)
        if self._options.pdf:
            from deckgen.engine.pdfs import pdfs_of

            printed |= pdfs_of(printed, self._root, self._output, self._progress)
        packages = package_names(decks_of(edition)).values()
        return printed | web_pages(course, media, templates, printed, packages), interfaces_of(manuscript)

    def _pages_again(self, templates: Templates, edition: Edition) -> Pages:
        """Make the pages that a colleague was to make and did not."""
        return self._pages(self._compile(check_files), templates, edition)

    def _check_packages(self, packed: Packed, outline: Outline) -> None:
        self._found += [
            template.found(
                f"{TEMPLATES_FOLDER}/anki", f"the front of the card of `{id_}` shows none of its fields", None
            )
            for id_ in packed.cardless
        ]
        self._found += [
            large_media.of_package(packed.by_deck[deck], size, outline.places.of_package(deck))
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

    def _write(self, compiled: Compiled, templates: Templates) -> tuple[bytes, Notes, dict[str, bytes]]:
        """Write all notes; return the folded outline of the project, the notes, and the pictures by their paths."""
        lowering, manuscript = compiled.lowering, compiled.manuscript
        if lowering is None or manuscript is None:
            raise ValueError("a course with mistakes has no notes")
        pictures = {path: picture.content for path, picture in compiled.media.items()}
        folded = Outline.folded(manuscript, lowering.frame, lowering.items())
        return folded, self._colleague.notes(lowering, pictures, templates), pictures

    def _edition(
        self,
        outline: Outline,
        notes: Notes,
        pictures: Mapping[str, bytes],
        lock: Lock | None,
        templates: Templates,
    ) -> Edition | None:
        course = outline.frame
        made = make_edition(
            course,
            notes,
            pictures,
            lock,
            templates,
            self._order(course),
            self._former(course),
            outline.new_cards,
        )
        if not isinstance(made, Edition):
            self._report(made, outline.places)
            return None
        self._found += stamp_report.of_changes(made.stamped.changes, outline.places)
        self._found += card_mistakes(made.types, templates)
        return None if self._failed() else made

    def _order(self, course: Course) -> Build:
        return Build(
            project_id=course.project.id,
            version=course.project.version,
            now=self._options.now,
            restamp=self._options.restamp,
            keep_retired=course.project.keep_retired,
            private=course.private,
        )

    def _former(self, course: Course) -> Former:
        if self._options.former:
            from deckgen.engine.sides import packages_of

            return packages_of(course.project.id, self._options.former)
        return Former(course.project.id, packages_in(self._root / OUTPUT_FOLDER))

    def _report(self, problems: tuple[IdentityProblem, ...], places: Places) -> None:
        unknown = [problem for problem in problems if problem.code == "restamp-unknown"]
        if unknown:
            raise MisuseError("; ".join(problem.message for problem in unknown))
        self._found += stamp_report.of_identity(problems, places)

    def _check_lock(self, text: str, edition: Edition) -> None:
        if self._options.locked and text != self._snapshot.lock:
            said = summary(edition.stamped.changes) or "it is not as deckgen writes it"
            self._found.append(outdated_lock.found(LOCK_FILE, said))
