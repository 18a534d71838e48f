"""`deckgen watch`: rebuild when a file is saved."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from deckgen.cli.options import Folder

if TYPE_CHECKING:
    from deckgen.live.rebuilding import Rebuilt
    from deckgen.live.watching import Watch

#: How to install what `serve` and file events need: there is no package of deckgen on an index.
EXTRA = "the extra `live`: install the wheel or the checkout with it, such as `pip install './deckgen[live]'`"


def watch(folder: Folder = Path()) -> None:
    """Rebuild the project when one of its files is saved.

    It prints what changed. While there are mistakes, dist/ does not change. Ctrl-C stops it, with exit code 0.

    Examples:
        deckgen watch              the project of this folder
        deckgen watch -C course    another one
    """
    from deckgen.cli.session import project_root

    root = project_root(folder)
    try:
        _watch(root)
    except KeyboardInterrupt:
        end_prompt()


def _watch(root: Path) -> None:
    from deckgen.live.watching import Watch

    watching = Watch(root)
    watching.begin()
    reporter = Reporter(root, watching)
    reporter.announce(f"watching {root}; Ctrl-C stops")
    try:
        reporter.report(reporter.rebuild())
        for saved in watching.changes():
            reporter.report(reporter.rebuild(saved))
    finally:
        watching.end()


def end_prompt() -> None:
    """Start a new line for the terminal's next prompt."""
    if sys.stderr.isatty():
        sys.stderr.write("\n")


class Reporter:
    """Rebuilds a project and reports the result on standard error, to a terminal or a log."""

    def __init__(self, root: Path, watching: Watch, *, headline: str = "") -> None:
        """Report on a project; `headline` stays on a terminal's screen."""
        from deckgen.cli.console import is_terminal, wants_color

        self._root = root
        self._watching = watching
        self._headline = headline
        self._terminal = is_terminal(sys.stderr) and os.environ.get("TERM") != "dumb"
        self._color = wants_color(sys.stderr)
        self._before: Rebuilt | None = None

    def announce(self, line: str) -> None:
        """Print what is running, and how changes are noticed if that may take a moment."""
        if self._watching.polls:
            line += "\nwithout file events, changes are polled; faster with " + EXTRA
        self._write(f"{line}\n")

    def rebuild(self, saved: frozenset[str] = frozenset()) -> Rebuilt:
        """Bring the outputs up to date."""
        from deckgen.cli.console import now
        from deckgen.cli.failure import bug
        from deckgen.live.rebuilding import rebuild
        from deckgen.reading import LOCK_FILE

        done = rebuild(self._root, now(), saved, bug)
        self._watching.mark_known(LOCK_FILE)
        return done

    def report(self, done: Rebuilt) -> None:
        """Print the result of a rebuild."""
        from deckgen.cli.console import width
        from deckgen.live.messages import log, screen

        moment = time.strftime("%H:%M:%S")
        if self._terminal:
            columns, rows = os.get_terminal_size(sys.stderr.fileno())
            head = self._headline.count("\n") + 1 if self._headline else 0
            shown = screen(done, time=moment, color=self._color, width=columns, height=rows - head)
            self._write(shown + (f"{self._headline}\n" if self._headline else ""))
        else:
            self._write(log(done, self._before, time=moment, width=width(sys.stderr)))
        self._before = done

    def _write(self, text: str) -> None:
        sys.stderr.write(text)
        sys.stderr.flush()
