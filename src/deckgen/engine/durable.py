"""Wait until files are on the disk, for many of them at once."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

#: A disk takes several files in the time of one.
_AT_ONCE = 8


def sync_files(paths: Sequence[Path]) -> None:
    """Make the contents of files survive a power cut.

    Raises:
        OSError: if the disk does not take one of them.
    """
    errors: list[OSError] = []
    lock = threading.Lock()
    left = iter(paths)

    def following() -> Iterator[Path]:
        while not errors:
            with lock:
                path = next(left, None)
            if path is None:
                return
            yield path

    def work() -> None:
        for path in following():
            try:
                # Windows flushes only what is open for writing.
                with path.open("r+b") as stream:
                    os.fsync(stream.fileno())
            except OSError as error:
                errors.append(error)

    threads = [threading.Thread(target=work) for _ in range(min(_AT_ONCE, len(paths)))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]
