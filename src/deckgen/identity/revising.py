"""Move single stamps in the text of a lock, where nothing but the content of live notes changed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from deckgen.identity.escape import read_word
from deckgen.identity.lock import Lock, LockedNote
from deckgen.identity.lock_reader import parse
from deckgen.identity.lock_text import HEADER, line_of

#: The first line that speaks of a note.
_FIRST = re.compile(r"^(?:note|gone|retired) ", re.MULTILINE)


def find_lines(lock: str, ids: Iterable[str]) -> dict[str, tuple[LockedNote, int]] | None:
    """Return the live note of each id and where its line begins in the text of a lock as deckgen writes it.

    Gives None where one is not plainly there.
    """
    first = _FIRST.search(lock)
    start = first.start() if first else len(lock)
    found: dict[str, tuple[LockedNote, int]] = {}
    for id_ in ids:
        at = _place(lock, start, id_)
        end = lock.find("\n", at)
        if at >= len(lock) or end < 0 or _id_at(lock, end + 1) == id_:
            return None
        parsed = parse(f"{HEADER}\nrelease 1 -\n{lock[at:end]}\n")
        if not isinstance(parsed, Lock) or len(parsed.notes) != 1:
            return None
        (note,) = parsed.notes
        if note.id != id_ or note.state != "live":
            return None
        found[id_] = note, at
    return found


def _place(lock: str, start: int, id_: str) -> int:
    """Return where the first line begins whose id is not before another; lines of notes are sorted by id."""
    end = len(lock)
    while start < end:
        at = max(start, lock.rfind("\n", 0, (start + end) // 2) + 1)
        if _id_at(lock, at) < id_:
            start = lock.find("\n", at) + 1 or end
        else:
            end = at
    return start


def _id_at(lock: str, at: int) -> str:
    """Return the id in the line that begins somewhere, empty where there is none."""
    word = lock[at : lock.find("\n", at)].split(" ", 2)[1:2]
    try:
        return read_word(word[0]) if word else ""
    except ValueError:
        return ""


def with_lines(lock: str, revised: Mapping[int, LockedNote]) -> str:
    """Return the text of a lock with other lines at some places."""
    parts = []
    last = 0
    for at, note in sorted(revised.items()):
        parts += [lock[last:at], line_of(note)]
        last = lock.find("\n", at)
    return "".join([*parts, lock[last:]])
