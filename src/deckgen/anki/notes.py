"""The notes of a course, file by file of cards, as the store keeps them."""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from itertools import accumulate
from typing import NamedTuple

import msgspec

from deckgen.anki.note_text import parted
from deckgen.engine.store import Store
from deckgen.identity import NoteContent

_LENGTH = struct.Struct("<Q")


class Head(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """All of a note but what it says."""

    #: Id of its item.
    id: str
    #: Name of its note type's kind.
    kind: str
    #: Full deck name.
    deck: str
    #: Hash of what its author wrote.
    content_hash: str
    #: Hash of its HTML.
    html_hash: str
    #: Of all that it was made from.
    key: bytes
    #: Former ids of the item, the oldest first.
    was: tuple[str, ...]
    #: Ordinals of its cards.
    cards: tuple[int, ...]
    #: Names of the pictures it shows.
    pictures: tuple[str, ...]


class Piece(NamedTuple):
    """The notes of a file of cards, as the store keeps them."""

    #: A digest of the file and of all that it refers to.
    whole: bytes
    #: A digest of what all notes are made with.
    context: bytes
    heads: list[Head]
    #: What the notes say (`texts`), encoded.
    said: bytes

    def texts(self) -> list[str]:
        """Return what each note says, joined (`deckgen.anki.note_text`)."""
        return msgspec.msgpack.decode(self.said, type=list[str])


class Heads(NamedTuple):
    """The heads of the notes of a file of cards."""

    number: int
    #: Small objects would lie between those of what the authors wrote, and memory is freed only where nothing is held.
    encoded: bytes

    @classmethod
    def of(cls, heads: list[Head]) -> Heads:
        """Encode the heads of notes."""
        return cls(len(heads), msgspec.msgpack.encode(heads))

    def decode(self) -> list[Head]:
        """Return the heads."""
        return msgspec.msgpack.decode(self.encoded, type=list[Head])


class Notes:
    """The notes of a course in the source's order; what they say stays in the store."""

    def __init__(self, store: Store, files: Mapping[str, Heads]) -> None:
        """Hold the heads of the notes of each file of cards."""
        self._store = store
        self._files = files
        self._names = list(files)
        #: For each file the number of notes up to its end.
        self._ends = list(accumulate(heads.number for heads in files.values()))
        self._last: tuple[str, list[str]] = ("", [])

    def heads(self) -> Iterator[Head]:
        """Yield the head of each note."""
        for heads in self._files.values():
            yield from heads.decode()

    def texts_of(self, file: str) -> list[str]:
        """Return what the notes of a file say, each joined (`deckgen.anki.note_text`).

        Raises:
            OSError: if it is not in the store any more.
        """
        if self._last[0] != file:
            piece = read_piece(self._store, file)
            if piece is None:
                raise OSError(f"the notes of {file} are gone from .deckgen/")
            self._last = file, piece.texts()
        return self._last[1]

    def said(self, index: int) -> NoteContent:
        """Return what a note says, by its index in the source's order."""
        place = bisect_right(self._ends, index)
        name = self._names[place]
        first = self._ends[place] - self._files[name].number
        return NoteContent(*parted(self.texts_of(name)[index - first]))

    def places(self) -> list[tuple[str, int]]:
        """Return the files of cards, and how many notes each has."""
        return [(name, heads.number) for name, heads in self._files.items()]


def piece_name(file: str) -> str:
    """Return the name in the store of the notes of a file of cards."""
    return f"notes of {file}"


def read_piece(store: Store, file: str) -> Piece | None:
    """Return the notes of a file of cards as a build left them, None where there are none."""
    content = store.get(piece_name(file))
    if content is None:
        return None
    (length,) = _LENGTH.unpack_from(content)
    end = _LENGTH.size + length
    head = memoryview(content)[_LENGTH.size : end]
    return Piece(*msgspec.msgpack.decode(head, type=tuple[bytes, bytes, list[Head]]), content[end:])


def write_piece(store: Store, file: str, piece: Piece) -> None:
    """Keep the notes of a file of cards.

    Raises:
        OSError: if they cannot be written.
    """
    head = msgspec.msgpack.encode(piece[:3])
    store.put(piece_name(file), _LENGTH.pack(len(head)) + head + piece.said)
