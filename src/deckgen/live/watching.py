"""Watch a project: yield which of its files changed, once they have settled."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

from deckgen.live.events import FolderEvents, has_events
from deckgen.live.inputs import Inputs, InputStamps, differing

#: Seconds for which files must stay the same until a change counts as complete. Two changes in one tick of a file
#: system's clock (usually 10 ms at most) look like one, so this is longer.
_SETTLED = 0.025
#: The same if many files changed: something like `git checkout` is running and will change more.
_SETTLED_BURST, _BURST = 0.12, 4
#: A file that changed longer ago has a clock of its own, as on a network share, or was not changed but put there.
_AGREES = 2.0
#: Seconds after which a change is yielded even if more changes keep coming.
_PATIENCE = 2.0
#: Seconds between scans with and without events.
_SWEEP, _POLL = 2.0, 0.3


class Watch:
    """Watches the inputs of one project."""

    def __init__(self, root: Path, *, events: bool | None = None) -> None:
        """Start watching; `events` is whether to use the system's events, by default if they are available."""
        self._inputs = Inputs(root)
        self._events = FolderEvents(events=has_events() if events is None else events)
        self._last: InputStamps = {}
        self._ended = False
        #: Whether there were changes without events, as on a network share or a folder of another system.
        self._blind = False

    @property
    def polls(self) -> bool:
        """Whether it polls at short intervals, because there are no events."""
        return self._blind or not self._events.works

    @property
    def files(self) -> int:
        """The number of inputs at the last scan."""
        return len(self._last)

    def begin(self) -> None:
        """Record the present inputs as known."""
        self._last = self._inputs.scan()
        if self._events.watch(self._inputs.folders()):
            # The first scan of `changes` notices changes from before the events started.
            self._events.seen.set()

    def changes(self) -> Iterator[frozenset[str]]:
        """Yield the names of inputs that changed, appeared or disappeared, each time they have settled, until `end`.

        The caller must pass files that it writes itself to `own`, or they are yielded as changes.
        """
        while not self._ended:
            woken = self._events.seen.wait(_POLL if self.polls else _SWEEP)
            self._events.seen.clear()
            if self._ended:
                return
            now = self._settled()
            # A late event may have come while the files settled.
            woken = woken or self._events.seen.is_set()
            changed = differing(self._last, now)
            moved = self._events.watch(self._inputs.folders())
            if moved:
                self._events.seen.set()
            if changed:
                self._blind = self._blind or (not woken and self._events.works and not moved)
                self._last = now
                yield changed

    def mark_known(self, name: str) -> None:
        """Record the present state of a file as known, because the caller wrote it."""
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
        """Scan until two scans agree."""
        now = self._inputs.scan()
        if now == self._last:
            return now
        given_up = time.monotonic() + _PATIENCE
        while not self._ended and time.monotonic() < given_up:
            time.sleep(self._still_to_wait(now))
            before, now = now, self._inputs.scan()
            if now == before:
                break
        return now

    def _still_to_wait(self, now: InputStamps) -> float:
        """Return for how many seconds the files must stay as they are at this scan."""
        changed = differing(self._last, now)
        whole = _SETTLED_BURST if len(changed) >= _BURST else _SETTLED
        if not changed <= now.keys():
            return whole
        ago = (
            time.time()
            - max(max(modified, status) for _, modified, status, _ in map(now.__getitem__, changed)) / 1e9
        )
        return max(whole - ago, 0) if 0 <= ago < _AGREES else whole
