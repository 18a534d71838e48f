"""Watch a project: say which of its files changed, once they have settled."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

from deckgen.live.events import FolderEvents, has_events
from deckgen.live.inputs import Inputs, InputStamps, differing

#: Seconds between two looks that must agree before a change counts as done. Two changes in one tick of a file
#: system's clock (10 ms at most on the usual ones) look like one, so it is longer than that.
_SETTLED = 0.025
#: The same where many files changed: something is at work that will change more, such as `git checkout`.
_SETTLED_BURST, _BURST = 0.12, 4
#: Seconds after which a change is passed on though more and more keep coming.
_PATIENCE = 2.0
#: Seconds between looks: where events tell when to look, and where they do not.
_SWEEP, _POLL = 2.0, 0.3


class Watch:
    """Watches the inputs of one project, from the moment it is made."""

    def __init__(self, root: Path, *, events: bool | None = None) -> None:
        """Begin to watch; `events` is whether to trust the system's events, if they can be had."""
        self._inputs = Inputs(root)
        self._events = FolderEvents(events=has_events() if events is None else events)
        self._last: InputStamps = {}
        self._ended = False
        #: Whether changes came to light that no event told of: a network share, a folder from another system.
        self._blind = False

    @property
    def polls(self) -> bool:
        """Whether it looks at short intervals, since events do not come."""
        return self._blind or not self._events.works

    @property
    def files(self) -> int:
        """How many inputs there were at the last look."""
        return len(self._last)

    def begin(self) -> None:
        """Take the inputs as they stand for known."""
        self._last = self._inputs.scan()
        if self._events.watch(self._inputs.folders()):
            # Changes of the time before the events began are seen by the first look of `changes`.
            self._events.seen.set()

    def changes(self) -> Iterator[frozenset[str]]:
        """Yield the names of inputs that changed, came or went, each time they have settled; ends with `end`.

        A file that the taker of the names writes itself is to be passed to `own`, or it comes back as a change.
        """
        while not self._ended:
            woken = self._events.seen.wait(_POLL if self.polls else _SWEEP)
            self._events.seen.clear()
            if self._ended:
                return
            now = self._settled()
            # An event on its way came while the files settled.
            woken = woken or self._events.seen.is_set()
            changed = differing(self._last, now)
            moved = self._events.watch(self._inputs.folders())
            if moved:
                self._events.seen.set()
            if changed:
                self._blind = self._blind or (not woken and self._events.works and not moved)
                self._last = now
                yield changed

    def own(self, name: str) -> None:
        """Take a file as it stands for known: the taker of the changes wrote it."""
        now = self._inputs.scan()
        if name in now:
            self._last[name] = now[name]
        else:
            self._last.pop(name, None)

    def end(self) -> None:
        """Stop watching, from any thread."""
        self._ended = True
        self._events.close()
        self._events.seen.set()

    def _settled(self) -> InputStamps:
        """InputStamps until two looks agree."""
        now = self._inputs.scan()
        if now == self._last:
            return now
        given_up = time.monotonic() + _PATIENCE
        while not self._ended and time.monotonic() < given_up:
            many = len(differing(self._last, now)) >= _BURST
            time.sleep(_SETTLED_BURST if many else _SETTLED)
            before, now = now, self._inputs.scan()
            if now == before:
                break
        return now
