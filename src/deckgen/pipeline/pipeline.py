"""Run a build: read, compile, stamp, update the outputs of all targets, write."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from pathlib import Path

import msgspec

from deckgen.anki import cleaning
from deckgen.anki.edition import Edition
from deckgen.compiler.compile import Compiled, compile_project
from deckgen.confined import place
from deckgen.core import Course
from deckgen.diagnostics import Diagnostic, errors_among
from deckgen.engine.stamps import inventory, stamp_of, tool
from deckgen.engine.state import OUTPUT_FOLDER, PIECES_FOLDER, Counts, State, load
from deckgen.engine.store import Store
from deckgen.engine.update import Progress, Update
from deckgen.engine.worker import run_apart
from deckgen.engine.write import only_one, publish, remember, write_text
from deckgen.identity import Changes, Lock, Stamped, dumps
from deckgen.pipeline import stamp_report
from deckgen.pipeline.checks import Checks, is_large
from deckgen.pipeline.lock_file import LockFile, are_alike, together
from deckgen.pipeline.lost_schemas import lost_schemas
from deckgen.pipeline.outcome import Options, Outcome, Preview, summary
from deckgen.pipeline.outputs import Outputs
from deckgen.pipeline.packages import count, mistakes_of_packages
from deckgen.pipeline.parsing import Parsing
from deckgen.pipeline.releasing import raise_version, release_files
from deckgen.pipeline.stamping import previous_packages, stamp
from deckgen.pipeline.written import Begin, Written, write_down
from deckgen.reading import LOCK_FILE, pictures_in, read_media, read_project
from deckgen.result_cache import cache_folder, use_cache
from deckgen.rules import outdated_lock
from deckgen.templating.mistakes import mistake
from deckgen.templating.own import check as check_templates
from deckgen.templating.own import templates_of


def build(root: Path, options: Options, progress: Progress = lambda _step, _done, _total: None) -> Outcome:
    """Build the project in `root` into its output folder.

    If there are errors, nothing is written.

    Raises:
        OSError: if the outputs or the lock cannot be written; each file is then either the old or the new one.
        UsageError: if an id to stamp again is not an item's, or a package that was named cannot be read.
    """
    with only_one(root):
        return _Building(root, options, progress, lasting=True).run()


def preview(root: Path, options: Options) -> Preview:
    """Stamp the notes of the project in `root` as a build would, and write nothing.

    Raises:
        UsageError: if an id to stamp again is not an item's, or a package that was named cannot be read.
    """
    return _Building(root, options, lambda _step, _done, _total: None, lasting=False).preview()


def renew_lock(root: Path, options: Options) -> Outcome:
    """Write the lock of the project in `root` as a build would, and nothing else.

    Raises:
        OSError: if it cannot be written; it is then unchanged.
    """
    with only_one(root):
        return _Building(root, options, lambda _step, _done, _total: None, lasting=False).renew_lock()


class _Building:
    """One build, and what it has found so far."""

    def __init__(self, root: Path, options: Options, progress: Progress, *, lasting: bool) -> None:
        self._root = root
        self._output = place(root, OUTPUT_FOLDER)
        self._options = options
        self._progress = progress
        # Before anything is read: what changes from now on is newer than the state.
        self._begun = time.time_ns()
        self._tool = tool()
        self._inputs = inventory(root)
        state = None if options.force else load(root)
        self._state = state if state is not None and state.tool == self._tool else None
        self._store = Store(place(root, PIECES_FOLDER), self._tool, lasting=lasting, empty=options.force)
        use_cache(Store(cache_folder() / "results", self._tool))
        self._snapshot, self._found = read_project(root)
        self._lock_file = LockFile(root, self._snapshot.lock, self._store)
        self._templates = templates_of(self._snapshot.templates)

    def preview(self) -> Preview:
        compiled = self._compile()
        lock, edition, previous = self._lock, None, None
        if compiled.lowering is not None and not self._failed():
            previous = previous_packages(self._root, compiled.lowering.frame, lock, self._options)
            try:
                edition = self._stamped(write_down(compiled, self._templates, self._store))
            except Exception as error:  # noqa: BLE001 -- everything but a mistake in a template is raised again
                self._report_mistake(error)
        return Preview(
            snapshot=self._snapshot,
            diagnostics=tuple(self._found),
            edition=edition,
            lock=lock,
            previous=previous,
            media=compiled.pictures,
        )

    def renew_lock(self) -> Outcome:
        done = self.preview()
        if done.edition is not None:
            stamped = done.edition.stamped
            # A draft stamps nothing, but the lines of a merge are sorted.
            lock = done.lock if stamped.is_draft else stamped.lock
            if lock is not None and dumps(lock) != self._snapshot.lock:
                write_text(self._root, LOCK_FILE, dumps(lock))
        return self._outcome()

    def run(self) -> Outcome:
        self._progress("reading", 0, 4)
        version = self._raise_version() if self._options.purpose == "release" else None
        large = is_large(self._snapshot.cards.values())
        # PDFs are worth a copy of a large course.
        alone = large and not self._options.pdf
        update = Update(self._output, self._state, self._progress, alone=alone)
        outputs = Outputs(update, self._root, self._templates, self._store)
        try:
            with update:
                written = self._written_apart() if large else self._written(outputs.begin)
                if written is None:
                    return self._outcome()
                edition = self._stamped(written)
                if edition is None:
                    return self._outcome()
                self._progress("making sheets and pages", 2, 4)
                course, media = written.course, written.media
                outputs.finish(course, media, edition, everything=self._options.pdf)
        except Exception as error:  # noqa: BLE001 -- as above
            self._report_mistake(error)
            return self._outcome()
        self._found += mistakes_of_packages(edition, written.places, self._root, media)
        stamped, lock = edition.stamped, self._lock
        is_same = lock is not None and are_alike(lock, stamped.lock)
        if self._options.locked and not is_same:
            why = summary(stamped.changes) or "another version of deckgen wrote it"
            self._found.append(outdated_lock.found(LOCK_FILE, why, is_draft=stamped.is_draft))
        if self._failed():
            return self._outcome()
        self._progress("writing", 3, 4)
        unfinished = self._lock_file.unfinished() or Changes()
        lasting = self._release_files(course, edition, lock, update) if version else {}
        self._write(update, stamped, lasting)
        counts = count(edition, course, update.names)
        self._remember(update, media, counts, is_settled=is_same or not stamped.is_draft)
        return msgspec.structs.replace(
            self._outcome(),
            outputs=tuple(update.names),
            made=tuple(sorted((*update.made, *update.copies))),
            counts=counts,
            changes=together(stamped.changes, unfinished),
            is_draft=stamped.is_draft,
            version=course.project.version,
        )

    def _written(self, begin: Begin) -> Written | None:
        """Compile the project and make its notes; None if there are errors.

        The authors' texts take most of the memory: they are gone before the lock is parsed.
        """
        compiled = self._compile()
        if self._failed() or compiled.lowering is None:
            return None
        self._progress("making decks", 1, 4)
        return write_down(compiled, self._templates, self._store, begin)

    def _written_apart(self) -> Written | None:
        """Do the same in another process: one small object between the texts would keep their memory in use."""

        def apart() -> tuple[Written | None, list[Diagnostic], Store]:
            return self._written(lambda _course, _media: None), self._found, self._store

        written, self._found, store = run_apart(apart)
        self._store.used_too(store)
        return written

    def _raise_version(self) -> str | None:
        """Write the version to release into the text of `deckgen.toml`, and return it; None if that cannot be read."""
        release = self._lock.release if self._lock else None
        raised = raise_version(
            self._root, self._snapshot.project, self._options.version, release, self._options.now
        )
        if raised is None:
            return None
        version, text = raised
        self._snapshot = msgspec.structs.replace(self._snapshot, project=text)
        return version

    def _release_files(
        self, course: Course, edition: Edition, lock: Lock | None, update: Update
    ) -> dict[str, bytes | Path]:
        """Return the files of a release, which no later build removes."""
        from deckgen.pipeline.diff_input import release_notes

        sent = lock if lock is not None and lock.release.at else None
        previous = previous_packages(self._root, course, sent, self._options) if sent else None
        packages = {
            name.removeprefix("anki/"): update.file(name) for name in update.names if name.startswith("anki/")
        }
        return release_files(edition.project.version, packages, release_notes(edition, sent, previous))

    def _compile(self) -> Compiled:
        compiled = compile_project(
            self._snapshot,
            lambda path: read_media(self._root, path),
            lambda: pictures_in(self._root),
            Parsing(self._store, self._snapshot.cards),
            Checks(self._store),
            frozen=lost_schemas(self._root, self._snapshot, self._options.previous_packages),
        )
        self._found += (*compiled.diagnostics, *check_templates(self._templates))
        return compiled

    def _write(self, update: Update, stamped: Stamped, lasting: Mapping[str, bytes | Path]) -> None:
        text = self._lock_file.dumps(stamped.lock, is_draft=stamped.is_draft)

        def commit() -> Callable[[], None]:
            # The lock goes first: if it were older than the decks, a learner could get one stamp with two contents.
            return self._lock_file.commit(
                None if stamped.is_draft or text == self._snapshot.lock else text,
                stamped.changes,
                draft=text if stamped.is_draft else None,
                project=self._snapshot.project if self._options.purpose == "release" else None,
            )

        publish(self._root, update.made, update.copies, update.kept, commit, lasting)
        self._lock_file.finish()

    def _remember(self, update: Update, media: Iterable[str], counts: Counts, *, is_settled: bool) -> None:
        self._store.sweep()
        named = tuple(sorted({*media, *self._snapshot.tables}))
        now = inventory(self._root, named, self._begun)
        lock = stamp_of(self._root / LOCK_FILE)
        state = State(
            tool=self._tool,
            everything=self._options.pdf,
            # A draft that differs from the lock stays a draft, and the next build would write it again.
            quiet=not self._found and is_settled,
            inputs={
                **self._inputs,
                **{name: now[name] for name in named if name in now},
                **({LOCK_FILE: lock} if lock else {}),
            },
            media=named,
            outputs=update.traces(),
            counts=counts,
        )
        remember(self._root, state)

    def _failed(self) -> bool:
        return bool(errors_among(self._found))

    def _outcome(self) -> Outcome:
        # Whatever else is wrong, what is wrong with the lock is told as well.
        _ = self._lock
        return Outcome(snapshot=self._snapshot, diagnostics=tuple(self._found))

    @cached_property
    def _lock(self) -> Lock | None:
        """The lock; None if there is none or it cannot be read, which is reported when it is first asked for."""
        lock = self._lock_file.parse()
        if isinstance(lock, Lock):
            self._found += stamp_report.of_retired(lock, self._snapshot.lock or "")
            return cleaning.clean_lock(lock)
        self._found += stamp_report.of_lock(lock or ())
        return None

    def _stamped(self, written: Written) -> Edition | None:
        """Stamp all notes; return None if that is impossible, with diagnostics that say why."""
        lock = self._lock
        if self._failed():
            return None
        # With `--locked`, only the lock counts.
        draft = None if self._options.locked else self._lock_file.draft()
        edition, found = stamp(self._root, written, lock, self._options, self._templates, self._store, draft)
        self._found += found
        return None if self._failed() else edition

    def _report_mistake(self, error: Exception) -> None:
        """Report a mistake in a template of the project; raise any other error again."""
        found = mistake(error, self._templates)
        if found is None:
            raise error
        self._found.append(found)
