"""Move single stamps in the text of a lock, where nothing but the content of live notes changed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from deckgen.identity.escape import write_word
from deckgen.identity.lock import Lock, LockedNote
from deckgen.identity.lock_reader import parse
from deckgen.identity.lock_text import HEADER, line_of

#: A line that speaks of a note, and the word for its id.
_LINE = re.compile(r"^(?:note|gone|retired) ([^ \n]+) ", re.MULTILINE)


def find_lines(lock: str, ids: Iterable[str]) -> dict[str, tuple[LockedNote, int]] | None:
    """Return the live note of each id and where its line begins in the text; None where one is not plainly there."""
    places: dict[str, int] = {}
    twice: set[str] = set()
    for line in _LINE.finditer(lock):
        if places.setdefault(line[1], line.start()) != line.start():
            twice.add(line[1])
    found: dict[str, tuple[LockedNote, int]] = {}
    for id_ in ids:
        word = write_word(id_)
        at = places.get(word)
        if at is None or word in twice:
            return None
        end = lock.find("\n", at)
        parsed = parse(f"{HEADER}\nrelease 1 -\n{lock[at:end]}\n")
        if not isinstance(parsed, Lock) or len(parsed.notes) != 1 or parsed.notes[0].state != "live":
            return None
        found[id_] = parsed.notes[0], at
    return found


def with_lines(lock: str, revised: Mapping[int, LockedNote]) -> str:
    """Return the text of a lock with other lines at some places."""
    parts = []
    last = 0
    for at, note in sorted(revised.items()):
        parts += [lock[last:at], line_of(note)]
        last = lock.find("\n", at)
    return "".join([*parts, lock[last:]])
