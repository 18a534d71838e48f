"""Notice changes in some folders by events of the operating system, if it provides them.

An event only says that there may be a change. `inputs` finds out what changed by scanning, so that lost,
late, duplicate and unrelated events do no harm.
"""

from __future__ import annotations

import threading
from importlib.util import find_spec
from pathlib import Path

from deckgen.live.inputs import WatchedFolders

#: Milliseconds: the interval of the watcher, within which events count as one; and how soon it notices that it
#: should stop.
_STEP, _STOP = 10, 200


def has_events() -> bool:
    """Return whether the library for file events is installed."""
    return find_spec("watchfiles") is not None


class FolderEvents:
    """Sets `seen` at each event in the watched folders."""

    def __init__(self, *, events: bool) -> None:
        self.seen = threading.Event()
        self._events = events
        self._folders: WatchedFolders | None = None
        self._stop = threading.Event()
        self._failed = threading.Event()

    @property
    def works(self) -> bool:
        """Whether events can be expected; without them, one has to poll."""
        return self._events and not self._failed.is_set()

    def watch(self, folders: WatchedFolders) -> bool:
        """Watch these folders and no others; return whether they differ from the previous ones.

        New folders may have changed before they were watched: scan once more.
        """
        if not self.works or folders == self._folders:
            return False
        self.close()
        self._folders = folders
        self._stop = threading.Event()
        for watched, deep in ((folders.flat, False), (folders.deep, True)):
            if watched:
                paths = [path for path, _ in watched]
                threading.Thread(target=self._listen, args=(paths, deep, self._stop), daemon=True).start()
        return True

    def close(self) -> None:
        """Stop watching."""
        self._stop.set()
        self._folders = None

    def _listen(self, paths: list[Path], deep: bool, stop: threading.Event) -> None:
        import watchfiles

        try:
            for _ in watchfiles.watch(
                *paths,
                recursive=deep,
                watch_filter=None,
                step=_STEP,
                debounce=_STEP * 5,
                rust_timeout=_STOP,
                stop_event=stop,
                raise_interrupt=False,
                ignore_permission_denied=True,
            ):
                self.seen.set()
        except Exception:  # noqa: BLE001 - it raises its own classes; a scan notices a folder that is gone
            if not stop.is_set() and all(path.is_dir() for path in paths):
                # Too many folders for the system, or a file system without events: poll from now on.
                self._failed.set()
        self.seen.set()
