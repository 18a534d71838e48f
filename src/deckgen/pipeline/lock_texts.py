"""Parse and write the texts of locks; what the last build knew of them spares most of it."""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from deckgen.engine.output import digest
from deckgen.engine.store import Store
from deckgen.identity import Lock, LockProblem, dumps, parse


class _Known(NamedTuple):
    """A lock as its text says it."""

    #: A digest of the text.
    text: bytes
    #: Whether that is what `dumps` makes of the lock, so that each note has a line in this order.
    is_written: bool
    lock: Lock


_DECODER = msgspec.msgpack.Decoder(_Known)


class LockTexts:
    """Texts of locks, by the names of their files."""

    def __init__(self, store: Store) -> None:
        self._store = store
        #: The first one that was parsed, with its text.
        self._first: tuple[Lock, str] | None = None

    def parse(self, name: str, text: str) -> Lock | tuple[LockProblem, ...]:
        """Parse a lock, as `identity.parse`."""
        blob = self._store.get(_stored(name))
        known = _DECODER.decode(blob) if blob is not None else None
        if known is not None and known.text == digest(text.encode()):
            if known.is_written and self._first is None:
                self._first = known.lock, text
            return known.lock
        lock = parse(text)
        if isinstance(lock, Lock):
            self._keep(name, text, lock, is_written=False)
        return lock

    def dumps(self, name: str, lock: Lock) -> str:
        """Return the text of a lock, as `identity.dumps`, to be written to a file."""
        text = dumps(lock, self._first)
        self._keep(name, text, lock, is_written=True)
        return text

    def _keep(self, name: str, text: str, lock: Lock, *, is_written: bool) -> None:
        known = _Known(digest(text.encode()), is_written, lock)
        self._store.put(_stored(name), msgspec.msgpack.encode(known))


def _stored(name: str) -> str:
    return f"what {name} says"
