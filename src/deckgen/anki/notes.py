"""The notes of a course, by file of cards, as the store keeps them."""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from itertools import accumulate
from typing import NamedTuple

import msgspec

from deckgen.anki.note_text import split_content
from deckgen.engine.store import Store
from deckgen.identity import NoteContent

_LENGTH = struct.Struct("<Q")


class NoteRecord(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A note without its content."""

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
    #: Digest of everything that it was made from.
    key: bytes
    #: Previous ids of the item, the oldest first.
    was: tuple[str, ...]
    #: Ordinals of its cards.
    cards: tuple[int, ...]
    #: Names of the pictures it shows.
    pictures: tuple[str, ...]
    #: (ordinal, full name of its deck) of each card that is in another deck.
    elsewhere: tuple[tuple[int, str], ...] = ()


class Records(NamedTuple):
    """The records of the notes of a file of cards, encoded."""

    number: int
    #: As bytes: small objects among those of the authors' texts would keep that memory from being freed.
    encoded: bytes

    @classmethod
    def of(cls, records: list[NoteRecord]) -> Records:
        """Encode the records of notes."""
        return cls(len(records), msgspec.msgpack.encode(records))

    def decode(self) -> list[NoteRecord]:
        """Return the records."""
        return msgspec.msgpack.decode(self.encoded, type=list[NoteRecord])


class StoredNotes(NamedTuple):
    """The notes of a file of cards, as the store keeps them."""

    #: A digest of the file and of everything that it refers to.
    whole: bytes
    #: A digest of what all notes are made from.
    context: bytes
    #: Names of the pictures that they show.
    pictures: tuple[str, ...]
    records: Records
    #: The contents of the notes (`texts`), encoded.
    encoded_texts: bytes

    def texts(self) -> list[str]:
        """Return the content of each note, joined (`deckgen.anki.note_text`)."""
        return msgspec.msgpack.decode(self.encoded_texts, type=list[str])


_HEADER = msgspec.msgpack.Decoder(tuple[bytes, bytes, tuple[str, ...], Records])


class Notes:
    """The notes of a course in the source's order; their contents stay in the store."""

    def __init__(self, store: Store, files: Mapping[str, Records]) -> None:
        """Take the records of the notes of each file of cards."""
        self._store = store
        self._files = files
        self._names = list(files)
        #: For each file the number of notes up to its end.
        self._ends = list(accumulate(records.number for records in files.values()))
        self._last: tuple[str, list[str]] = ("", [])

    def records(self) -> Iterator[NoteRecord]:
        """Yield the record of each note."""
        for records in self._files.values():
            yield from records.decode()

    def texts_of(self, file: str) -> list[str]:
        """Return the contents of the notes of a file, each joined (`deckgen.anki.note_text`).

        Raises:
            OSError: if they are no longer in the store.
        """
        if self._last[0] != file:
            stored = load_notes(self._store, file)
            if stored is None:
                raise OSError(f"the notes of {file} are gone from .deckgen/")
            self._last = file, stored.texts()
        return self._last[1]

    def content(self, index: int) -> NoteContent:
        """Return the content of a note, by its index in the source's order."""
        place = bisect_right(self._ends, index)
        name = self._names[place]
        first = self._ends[place] - self._files[name].number
        return NoteContent(*split_content(self.texts_of(name)[index - first]))

    def places(self) -> list[tuple[str, int]]:
        """Return the files of cards, and how many notes each has."""
        return [(name, records.number) for name, records in self._files.items()]


def store_name(file: str) -> str:
    """Return the name in the store of the notes of a file of cards."""
    return f"notes of {file}"


def load_notes(store: Store, file: str) -> StoredNotes | None:
    """Return the stored notes of a file of cards, None if there are none."""
    content = store.get(store_name(file))
    if content is None:
        return None
    (length,) = _LENGTH.unpack_from(content)
    end = _LENGTH.size + length
    header = memoryview(content)[_LENGTH.size : end]
    return StoredNotes(*_HEADER.decode(header), content[end:])


def save_notes(store: Store, file: str, stored: StoredNotes) -> None:
    """Store the notes of a file of cards.

    Raises:
        OSError: if they cannot be written.
    """
    header = msgspec.msgpack.encode(stored[:-1])
    store.put(store_name(file), _LENGTH.pack(len(header)) + header + stored.encoded_texts)
