"""Stamp the notes of a build, and return the diagnostics of stamping."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from deckgen.anki.edition import Edition, make_edition
from deckgen.anki.own import kinds_of
from deckgen.anki.previous import PreviousPackages, packages_in
from deckgen.core import Course
from deckgen.diagnostics import Diagnostic
from deckgen.engine.state import OUTPUT_FOLDER
from deckgen.engine.store import Store
from deckgen.filenames import file_name
from deckgen.identity import Build, IdentityProblem, Lock
from deckgen.pipeline import stamp_report
from deckgen.pipeline.card_mistakes import card_mistakes
from deckgen.pipeline.outcome import Options
from deckgen.pipeline.releasing import RELEASES_FOLDER
from deckgen.pipeline.stamp_report import Places
from deckgen.pipeline.usage import UsageError, packages_of
from deckgen.pipeline.written import Written
from deckgen.templating import Templates


def stamp(
    root: Path,
    written: Written,
    lock: Lock | None,
    options: Options,
    templates: Templates,
    store: Store,
    draft: Lock | None,
) -> tuple[Edition | None, list[Diagnostic]]:
    """Stamp all notes; the edition is None if that is impossible. `draft` is the lock of the last draft.

    Raises:
        UsageError: if an id to stamp again is not an item's, or a draft was asked to stamp anything again.
        jinja2.TemplateError: if a template is wrong.
    """
    course = written.course
    made = make_edition(
        course,
        written.notes,
        lock,
        templates,
        _order(course, options),
        previous_packages(root, course, lock, options),
        store,
        written.new_cards,
        draft,
    )
    if not isinstance(made, Edition):
        return None, list(_of_problems(made, written.places))
    if made.stamped.is_draft and options.restamp:
        raise UsageError("after the first release builds are drafts: use `deckgen release --restamp`")
    decks = (line.deck for line in made.stamped.notes)
    return made, [
        *stamp_report.of_changes(made.stamped.changes, written.places),
        *card_mistakes(made.types, templates, decks, course.project.title),
    ]


def previous_packages(root: Path, course: Course, lock: Lock | None, options: Options) -> PreviousPackages:
    """Return the packages to take previous contents from: those that were named, or those in the output folder.

    Raises:
        UsageError: if one that was named cannot be read.
    """
    if options.previous_packages:
        return packages_of(course.project, options.previous_packages)
    packages = packages_in(root)
    releases = f"{OUTPUT_FOLDER}/{RELEASES_FOLDER}"
    if lock is None:
        packages += packages_in(root, releases)
    elif lock.release.at:
        packages += packages_in(root, f"{releases}/{file_name(lock.release.version)}")
    return PreviousPackages(course.project.id, packages, kinds_of(course.project))


def _order(course: Course, options: Options) -> Build:
    return Build(
        project_id=course.project.id,
        version=course.project.version,
        purpose=options.purpose,
        now=options.now,
        restamp=options.restamp,
        keep_retired=course.project.keep_retired,
        private=course.private,
    )


def _of_problems(problems: tuple[IdentityProblem, ...], places: Places) -> Iterator[Diagnostic]:
    unknown = [problem for problem in problems if problem.code == "restamp-unknown"]
    if unknown:
        raise UsageError("; ".join(problem.message for problem in unknown))
    yield from stamp_report.of_identity(problems, places)
