"""What notes say, put aside in a file: a large course has hundreds of megabytes of it, and each is wanted once more."""

from __future__ import annotations

import tempfile
from array import array
from collections.abc import Iterable

#: Anki's own separator of fields, which no text can hold.
SEPARATOR = "\x1f"
#: Bytes that are written at once.
_PIECE = 1 << 20


def content(fields: tuple[str, ...], tags: tuple[str, ...]) -> str:
    """Join what a note says: its tags as Anki keeps them, then its fields."""
    said = f" {' '.join(tags)} " if tags else ""
    return SEPARATOR.join((said, *fields))


def fields_and_tags(said: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Undo `content`."""
    tags, *fields = said.split(SEPARATOR)
    return tuple(fields), tuple(tags.split())


class Shelf:
    """Texts by number, in a file without a name that goes with the process.

    Raises:
        OSError: by any method, if the disk is full.
    """

    def __init__(self) -> None:
        # Without a buffer: texts are read in any order, and each but once.
        self._stream = tempfile.TemporaryFile(prefix="deckgen-", buffering=0)  # noqa: SIM115 -- lives as long as the shelf
        self._ends = array("Q", [0])
        self._waiting: list[bytes] = []
        self._written = 0

    def __len__(self) -> int:
        return len(self._ends) - 1

    @property
    def sizes(self) -> list[int]:
        """Bytes of each text."""
        return [end - start for start, end in zip(self._ends, self._ends[1:], strict=False)]

    def put(self, text: str) -> int:
        """Put a text away; return its number."""
        raw = text.encode()
        self._waiting.append(raw)
        self._ends.append(self._ends[-1] + len(raw))
        if self._ends[-1] - self._written >= _PIECE:
            self.flush()
        return len(self) - 1

    def flush(self) -> None:
        """Write what waits to be."""
        left = memoryview(b"".join(self._waiting))
        self._waiting.clear()
        self._written = self._ends[-1]
        while left:
            left = left[self._stream.write(left) :]

    def written_elsewhere(self, sizes: Iterable[int]) -> None:
        """Take texts that another process has put into the file, by their sizes."""
        for size in sizes:
            self._ends.append(self._ends[-1] + size)
        self._written = self._ends[-1]

    def __getitem__(self, number: int) -> str:
        if self._written < self._ends[-1]:
            self.flush()
        start = self._ends[number]
        self._stream.seek(start)
        return self._stream.read(self._ends[number + 1] - start).decode()


class Shelves:
    """Several shelves, numbered through."""

    def __init__(self, *shelves: Shelf) -> None:
        self._shelves = shelves

    def __getitem__(self, number: int) -> str:
        for shelf in self._shelves:
            if number < len(shelf):
                return shelf[number]
            number -= len(shelf)
        raise IndexError(number)
