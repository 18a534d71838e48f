"""The state of what `deckgen serve` shows: the last good course, and what is wrong with the present one."""

from __future__ import annotations

import threading
from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path
from typing import Any

import msgspec

from deckgen.advice import advise
from deckgen.compiler.compile import compile_project
from deckgen.diagnostics import Diagnostic, Report, Severity
from deckgen.engine.state import made_before
from deckgen.language.manuscript import MediaFile
from deckgen.live.excerpts import problems
from deckgen.live.memory import Memory
from deckgen.live.rebuilding import Rebuilt, report_of
from deckgen.live.showing import Showing
from deckgen.reading import Snapshot, read_media, read_project
from deckgen.reading.media import pictures_in
from deckgen.templating.own import check as check_templates
from deckgen.templating.own import templates_of


class Studio:
    """Shows one project, and tells its listeners when there is something new to see.

    `refresh` is for one thread, everything else for any.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._memory = Memory()
        self._guard = threading.Lock()
        self._listeners: list[Callable[[], None]] = []
        self._revision = 0
        self._report = Report((), {})
        self._built: Rebuilt | None = None
        self._built_at = ""
        self._problem = ""
        #: Whether what is shown is older than what is saved.
        self._stale = False
        self._index: tuple[Showing | None, bytes, str] = (None, b"[]", "")
        self.showing: Showing | None = None

    def listen(self, listener: Callable[[], None]) -> None:
        """Call a function after each change, from whatever thread made it."""
        self._listeners.append(listener)

    def refresh(self) -> None:
        """Read and compile the project anew; where it has errors, the last good course stays."""
        if self._root.is_dir():
            snapshot, found = read_project(self._root)
            showing, report = self._compile(snapshot, found)
        else:
            showing, report = None, Report((), {})
        with self._guard:
            self._problem = ""
            self._stale = showing is None
            self.showing = showing or self.showing
            self._report = report
        self._announce()

    def built(self, done: Rebuilt, at: str) -> None:
        """Take in what came of a rebuild; it knows of mistakes that only show when outputs are made."""
        with self._guard:
            self._built, self._built_at = done, at
            if not done.problem and not self._report.errors:
                self._report = _with_advice(done.report, self._report)
            showing = self.showing
        offered = self._offered()
        if showing is not None and showing.offered != offered:
            # The site's pages link to what the first build made.
            anew = Showing(
                showing.course, showing.pictures, showing.own_templates, offered, showing.files, showing
            )
            with self._guard:
                if self.showing is showing:
                    self.showing = anew
        self._announce()

    def failed(self, problem: str) -> None:
        """Take in that something went wrong which is not a mistake of the project's."""
        with self._guard:
            self._stale = True
            self._problem = problem
        self._announce()

    def state(self) -> dict[str, Any]:
        """Return what the page has to know besides the notes, as JSON takes it."""
        with self._guard:
            showing, report, built = self.showing, self._report, self._built
            revision, stale, built_at = self._revision, self._stale, self._built_at
            problem = self._problem
        return {
            "revision": revision,
            "title": showing.course.project.title if showing else self._root.name,
            "folder": str(self._root),
            "stale": stale or bool(report.errors),
            "notes": self._notes(showing)[1],
            "pages": _pages(showing),
            "errors": report.errors,
            "warnings": report.warnings,
            "advice": report.advice,
            "problems": problems(report),
            "problem": problem or (built.problem if built else ""),
            "built": _said(built, built_at),
        }

    def notes(self) -> tuple[bytes, str]:
        """Return the notes of the list as JSON, and its tag."""
        with self._guard:
            showing = self.showing
        return self._notes(showing)

    def _notes(self, showing: Showing | None) -> tuple[bytes, str]:
        known, text, tag = self._index
        if showing is not None and showing is not known:
            text = msgspec.json.encode(showing.index)
            tag = blake2b(text, digest_size=8).hexdigest()
            self._index = (showing, text, tag)
        return text, tag

    def _compile(self, snapshot: Snapshot, found: list[Diagnostic]) -> tuple[Showing | None, Report]:
        from jinja2 import TemplateError as JinjaError

        from deckgen.templating.mistakes import mistake

        if snapshot.templates:
            found += check_templates(templates_of(snapshot.templates))
        compiled = compile_project(
            snapshot,
            lambda path: read_media(self._root, path),
            lambda: pictures_in(self._root),
            self._memory.parse,
            self._memory.check,
        )
        report = report_of([*found, *compiled.diagnostics], snapshot)
        if compiled.course is None or report.errors:
            return None, report
        pictures = {
            path: picture.content
            for path, picture in compiled.media.items()
            if isinstance(picture, MediaFile)
        }
        try:
            files = tuple(snapshot.cards)
            showing = Showing(
                compiled.course, pictures, snapshot.templates, self._offered(), files, self.showing
            )
        except JinjaError as error:
            said = mistake(error, templates_of(snapshot.templates))
            if said is None:
                raise
            return None, report_of([*found, *compiled.diagnostics, said], snapshot)
        given = advise(compiled.course, compiled.manuscript) if compiled.manuscript else []
        return showing, report_of([*found, *compiled.diagnostics, *given], snapshot)

    def _offered(self) -> tuple[str, ...]:
        return tuple(sorted(made_before(self._root)))

    def _announce(self) -> None:
        with self._guard:
            self._revision += 1
        for listener in self._listeners:
            listener()


def _with_advice(report: Report, former: Report) -> Report:
    """Return what a build reports, and the advice from before it: a build gives none."""
    advice = [item for item in former.found if item.diagnostic.severity is Severity.ADVICE]
    return Report((*report.found, *advice), former.texts | report.texts)


def _pages(showing: Showing | None) -> list[dict[str, str]]:
    """List what can be shown: pages made of the present content, and handouts as the last build left them."""
    if showing is None:
        return []
    rows = [{"path": page.path, "title": page.title, "group": page.group} for page in showing.pages.values()]
    rows += [
        {"path": path, "title": path.removesuffix(".html"), "group": "Handout"}
        for path in showing.offered
        if path.endswith(".html") and not path.startswith("web/") and path not in showing.pages
    ]
    return rows


def _said(done: Rebuilt | None, at: str) -> str:
    """Say in a few words when the outputs were made, and what changed in them."""
    if done is None:
        return "building …"
    if done.problem:
        return "not built"
    if done.counts is None:
        return "dist/ is as it was"
    what = ", ".join(f"{len(ids)} {what}" for what, ids in done.changes)
    return f"built {at}" + (f": {what}" if what else "")
