"""The content of a note as one text: its tags and fields, as Anki stores them."""

from __future__ import annotations

import tempfile
from array import array
from collections.abc import Iterable
from itertools import chain

#: Anki's separator of fields, which no text can contain.
SEPARATOR = "\x1f"
#: Letters of texts from which on they go to a file.
_LARGE = 16_000_000


def join_content(fields: Iterable[str], tags: Iterable[str]) -> str:
    """Join the content of a note: its tags as Anki stores them, then its fields."""
    words = " ".join(tags)
    return SEPARATOR.join((f" {words} " if words else "", *fields))


def split_content(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Undo `join_content`: return fields and tags."""
    tags, *fields = text.split(SEPARATOR)
    return tuple(fields), tuple(tags.split())


def by_number(texts: Iterable[str]) -> list[str] | TextFile:
    """Return texts to get by number; those of a large package are not in memory.

    Raises:
        OSError: if the disk is full.
    """
    rest, held, size = iter(texts), [], 0
    for text in rest:
        held.append(text)
        size += len(text)
        if size > _LARGE:
            return TextFile(chain(held, rest))
    return held


class TextFile:
    """Texts by number, in an anonymous file.

    Raises:
        OSError: by any method, if the disk is full.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self._stream = tempfile.TemporaryFile(prefix="deckgen-")  # noqa: SIM115 -- lives as long as this
        self._ends = array("Q", [0])
        for text in texts:
            self._ends.append(self._ends[-1] + self._stream.write(text.encode()))
        self._stream.flush()

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __getitem__(self, number: int) -> str:
        start = self._ends[number]
        self._stream.seek(start)
        return self._stream.read(self._ends[number + 1] - start).decode()
