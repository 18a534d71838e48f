"""The two threads behind the page: one shows saved changes at once, the other builds when saving pauses."""

from __future__ import annotations

import threading
from collections.abc import Callable

from deckgen.live.project import LiveProject
from deckgen.live.rebuilding import Rebuilt
from deckgen.live.watching import Watch
from deckgen.reading import LOCK_FILE

#: Seconds without another save before the outputs are built: requests of the browser come first.
_PAUSE = 0.35
#: Seconds to wait at the end for a running build; a build can be killed at any time without half-made files.
_LAST = 10.0


class BackgroundWork:
    """Updates a live project and its outputs."""

    def __init__(
        self,
        watching: Watch,
        project: LiveProject,
        rebuild: Callable[[frozenset[str]], Rebuilt],
        report: Callable[[Rebuilt], None],
        clock: Callable[[], str],
        bug: Callable[[Exception], str],
    ) -> None:
        """Follow the changes of `watching`; `clock` returns the time of day for people."""
        self._watching, self._project = watching, project
        self._rebuild, self._report, self._clock, self._bug = rebuild, report, clock, bug
        self._saved: frozenset[str] = frozenset()
        self._wanted = threading.Event()
        self._ended = False
        self._builds = False
        self._threads = [
            threading.Thread(target=work, daemon=True) for work in (self._keep_shown, self._keep_built)
        ]

    def begin(self) -> None:
        """Show the project, then build it and follow changes."""
        self._refresh()
        self._wanted.set()
        for thread in self._threads:
            thread.start()

    def end(self) -> None:
        """Stop after the running build."""
        self._ended = True
        self._watching.end()
        self._wanted.set()
        for thread in self._threads:
            thread.join(_LAST)

    def _keep_shown(self) -> None:
        for saved in self._watching.changes():
            if saved == {LOCK_FILE} and self._builds:
                continue  # It was the build.
            self._refresh()
            self._saved |= saved
            self._wanted.set()

    def _refresh(self) -> None:
        try:
            self._project.refresh()
        except Exception as error:  # noqa: BLE001 - the next save may remove the cause
            self._project.failed(self._bug(error))

    def _keep_built(self) -> None:
        while not self._ended:
            self._wanted.wait()
            self._wanted.clear()
            while self._wanted.wait(_PAUSE) and not self._ended:
                self._wanted.clear()
            if self._ended:
                return
            saved, self._saved = self._saved, frozenset()
            self._builds = True
            done = self._rebuild(saved)
            self._builds = False
            self._project.built(done, self._clock())
            self._report(done)
