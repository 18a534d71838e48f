"""The project that `deckgen serve` shows: the last course without errors, and the present mistakes."""

from __future__ import annotations

import threading
from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path
from typing import Any

import msgspec

from deckgen.advice import advise
from deckgen.compiler.compile import Compiled, compile_project
from deckgen.diagnostics import Diagnostic, Report, Severity
from deckgen.engine.state import made_before
from deckgen.language.manuscript import MediaFile
from deckgen.live.course_view import CourseView
from deckgen.live.excerpts import problems
from deckgen.live.parse_cache import ParseCache
from deckgen.live.rebuilding import Rebuilt, report_of
from deckgen.reading import Snapshot, pictures_in, read_media, read_project
from deckgen.templating.own import check as check_templates
from deckgen.templating.own import templates_of


class LiveProject:
    """The state of one project; it calls its listeners after each change.

    Only one thread may call `refresh`; any thread may call the other methods.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._cache = ParseCache()
        self._guard = threading.Lock()
        self._listeners: list[Callable[[], None]] = []
        self._revision = 0
        self._report = Report((), {})
        self._built: Rebuilt | None = None
        self._built_at = ""
        self._problem = ""
        #: Whether the shown course is older than the saved files.
        self._stale = False
        self._index: tuple[CourseView | None, bytes, str] = (None, b"[]", "")
        self._pages: list[dict[str, str]] = []
        self.view: CourseView | None = None

    def listen(self, listener: Callable[[], None]) -> None:
        """Call a function after each change, in the thread that made it."""
        self._listeners.append(listener)

    def refresh(self) -> None:
        """Read and compile the project again; if it has errors, the last good course stays.

        Its cards can be seen at once; what is said of them waits for the advice, so that nothing goes and comes back.
        """
        if self._root.is_dir():
            snapshot, found = read_project(self._root)
            view, report, compiled = self._compile(snapshot, found)
        else:
            view, report, compiled = None, Report((), {}), None
        with self._guard:
            self._problem = ""
            self._stale = view is None
            self.view = view or self.view
            if view is None:
                self._report = report
        self._notify_listeners()
        if view is None or compiled is None:
            return
        pages = _pages(view)
        advice = advise(view.course, compiled.manuscript) if compiled.manuscript else []
        with self._guard:
            if self.view is view:
                self._pages = pages
            self._report = report_of([*found, *compiled.diagnostics, *advice], snapshot)
        self._notify_listeners()

    def built(self, done: Rebuilt, at: str) -> None:
        """Record the result of a rebuild, which also finds mistakes that appear only when outputs are made."""
        with self._guard:
            self._built, self._built_at = done, at
            if not done.problem and not self._report.errors:
                self._report = _with_advice(done.report, self._report)
            view = self.view
        offered = self._offered()
        if view is not None and view.offered != offered:
            # The site's pages link to outputs of the first build.
            fresh = CourseView(
                view.course, view.items, view.pictures, view.own_templates, offered, view.files, view
            )
            pages = _pages(fresh)
            with self._guard:
                if self.view is view:
                    self.view, self._pages = fresh, pages
        self._notify_listeners()

    def failed(self, problem: str) -> None:
        """Record a failure that is not a mistake in the project."""
        with self._guard:
            self._stale = True
            self._problem = problem
        self._notify_listeners()

    def state(self) -> dict[str, Any]:
        """Return what the page needs besides the notes, as values for JSON."""
        with self._guard:
            view, report, built = self.view, self._report, self._built
            revision, stale, built_at = self._revision, self._stale, self._built_at
            problem, pages = self._problem, self._pages
        return {
            "revision": revision,
            "title": view.course.project.title if view else self._root.name,
            "folder": str(self._root),
            "stale": stale or bool(report.errors),
            "notes": self._notes(view)[1],
            "pages": pages,
            "errors": report.errors,
            "warnings": report.warnings,
            "advice": report.advice,
            "problems": problems(report),
            "problem": problem or (built.problem if built else ""),
            "built": _build_status(built, built_at),
        }

    def notes(self) -> tuple[bytes, str]:
        """Return the notes of the list as JSON, and its tag."""
        with self._guard:
            view = self.view
        return self._notes(view)

    def _notes(self, view: CourseView | None) -> tuple[bytes, str]:
        known, text, tag = self._index
        if view is not None and view is not known:
            text = msgspec.json.encode(view.index)
            tag = blake2b(text, digest_size=8).hexdigest()
            self._index = (view, text, tag)
        return text, tag

    def _compile(
        self, snapshot: Snapshot, found: list[Diagnostic]
    ) -> tuple[CourseView | None, Report, Compiled]:
        from jinja2 import TemplateError as JinjaError

        from deckgen.templating.mistakes import mistake

        if snapshot.templates:
            found += check_templates(templates_of(snapshot.templates))
        compiled = compile_project(
            snapshot,
            lambda path: read_media(self._root, path),
            lambda: pictures_in(self._root),
            self._cache.parse,
            self._cache.check,
        )
        report = report_of([*found, *compiled.diagnostics], snapshot)
        if compiled.course is None or compiled.lowering is None or report.errors:
            return None, report, compiled
        pictures = {
            path: picture.content.read()
            for path, picture in compiled.media.items()
            if isinstance(picture, MediaFile)
        }
        try:
            files = tuple(snapshot.cards)
            view = CourseView(
                compiled.course,
                tuple(compiled.lowering.items()),
                pictures,
                snapshot.templates,
                self._offered(),
                files,
                self.view,
            )
        except JinjaError as error:
            found_mistake = mistake(error, templates_of(snapshot.templates))
            if found_mistake is None:
                raise
            return None, report_of([*found, *compiled.diagnostics, found_mistake], snapshot), compiled
        return view, report, compiled

    def _offered(self) -> tuple[str, ...]:
        return tuple(sorted(made_before(self._root)))

    def _notify_listeners(self) -> None:
        with self._guard:
            self._revision += 1
        for listener in self._listeners:
            listener()


def _with_advice(report: Report, previous: Report) -> Report:
    """Return the report of a build with the advice from before it: a build gives none."""
    advice = [item for item in previous.found if item.diagnostic.severity is Severity.ADVICE]
    return Report((*report.found, *advice), previous.texts | report.texts)


def _pages(view: CourseView) -> list[dict[str, str]]:
    """List what can be shown: pages of the present content, and handouts of the last build."""
    rows = [{"path": page.path, "title": page.title, "group": page.group} for page in view.pages.values()]
    rows += [
        {"path": path, "title": path.removesuffix(".html"), "group": "Handout"}
        for path in view.offered
        if path.endswith(".html") and not path.startswith("web/") and path not in view.pages
    ]
    return rows


def _build_status(done: Rebuilt | None, at: str) -> str:
    """Return in a few words when the outputs were made, and what changed in them."""
    if done is None:
        return "building …"
    if done.problem:
        return "not built"
    if done.counts is None:
        return "dist/ is unchanged"
    what = ", ".join(f"{len(ids)} {what}" for what, ids in done.changes)
    gone = f"; withdrawn: {done.withdrawn}" if done.withdrawn else ""
    return f"built {at}" + (f": {what}" if what else "") + gone
