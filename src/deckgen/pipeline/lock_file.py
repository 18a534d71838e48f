"""Write `deckgen.lock` together with the decks: both or neither, even if a build is killed.

The outputs are staged first, then the lock is written, then they are put in place. If that fails before the first
one is in place, the lock is restored. If a build is killed in between, a journal tells the next build what changed.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import msgspec

from deckgen.confined import entry, read_bytes
from deckgen.engine.output import digest
from deckgen.engine.state import STATE_FOLDER
from deckgen.engine.store import Store
from deckgen.engine.write import write_text
from deckgen.identity import Changes, Lock, LockProblem
from deckgen.pipeline.lock_texts import LockTexts
from deckgen.reading.project import LOCK_FILE, read_text
from deckgen.root import PROJECT_FILE

#: The lock of the last draft: its stamps may be in somebody's collection.
DRAFT_FILE = f"{STATE_FOLDER}/draft.lock"
#: The changes of a build whose outputs may not all be in place.
JOURNAL_FILE = f"{STATE_FOLDER}/journal.json"


class _Journal(msgspec.Struct, frozen=True):
    """A build that wrote the lock and had not yet put all outputs in place."""

    #: A digest of the lock that it wrote.
    lock: str
    changes: Changes


class LockFile:
    """The lock of a project while it is built."""

    def __init__(self, root: Path, text: str | None, store: Store) -> None:
        """Start with the text of the lock as it was read, None if there is none."""
        self._root = root
        self._text = text
        self._texts = LockTexts(store)

    def parse(self) -> Lock | tuple[LockProblem, ...] | None:
        """Parse the lock, None if there is none."""
        return None if self._text is None else self._texts.parse(LOCK_FILE, self._text)

    def dumps(self, lock: Lock, *, is_draft: bool) -> str:
        """Return the text of a lock, to be committed."""
        return self._texts.dumps(DRAFT_FILE if is_draft else LOCK_FILE, lock)

    def draft(self) -> Lock | None:
        """Return the lock of the last draft, None if there was none."""
        text = read_text(self._root, DRAFT_FILE, [])
        lock = self._texts.parse(DRAFT_FILE, text) if text is not None else None
        return lock if isinstance(lock, Lock) else None

    def unfinished(self) -> Changes | None:
        """Return the changes of a build that was killed after it wrote the present lock."""
        raw = read_text(self._root, JOURNAL_FILE, [])
        if raw is None or self._text is None:
            return None
        try:
            journal = msgspec.json.decode(raw, type=_Journal)
        except msgspec.MsgspecError:
            return None
        return journal.changes if journal.lock == _digest(self._text) else None

    def commit(
        self, lock: str | None, changes: Changes, *, draft: str | None = None, project: str | None = None
    ) -> Callable[[], None]:
        """Write the given ones of the lock, a draft's lock and `deckgen.toml`; return a function that undoes it.

        Raises:
            OSError: if one cannot be written; none has changed then.
        """
        if draft is not None:
            write_text(self._root, DRAFT_FILE, draft)
        texts = {PROJECT_FILE: project, LOCK_FILE: lock}
        before = {name: _content(self._root, name) for name, text in texts.items() if text is not None}

        def undo() -> None:
            for name, content in before.items():
                with suppress(OSError):
                    if content is None:
                        entry(self._root, name).unlink(missing_ok=True)
                    else:
                        write_text(self._root, name, content)
            self.finish()

        try:
            if lock is not None:
                journal = msgspec.json.encode(_Journal(_digest(lock), changes))
                write_text(self._root, JOURNAL_FILE, journal.decode())
            for name, text in texts.items():
                if text is not None:
                    write_text(self._root, name, text)
        except BaseException:
            undo()
            raise
        return undo

    def finish(self) -> None:
        """Record that all outputs are in place."""
        with suppress(OSError):
            entry(self._root, JOURNAL_FILE).unlink(missing_ok=True)


def are_alike(one: Lock, other: Lock) -> bool:
    """Return whether two locks have the same notes and note types."""
    return (one.notes, one.types, one.schemas) == (other.notes, other.types, other.schemas)


def together(one: Changes, other: Changes) -> Changes:
    """Return the changes of two builds as one."""
    names = one.__struct_fields__
    return Changes(**{name: tuple(sorted({*getattr(one, name), *getattr(other, name)})) for name in names})


def _content(root: Path, name: str) -> str | None:
    try:
        return read_bytes(root, name).decode()
    except FileNotFoundError:
        return None


def _digest(text: str) -> str:
    return digest(text.encode()).hex()
