"""Write a lock as text: one line per note, sorted, so that git merges it line by line."""

from __future__ import annotations

from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING

import msgspec

from deckgen.identity.escape import write_guid, write_json, write_rest, write_word
from deckgen.identity.lock import Lock, LockedNote, Retirement

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

#: In format 2 a note has two hashes. Lines of format 1, which have only the second one, can still be read.
FORMAT_VERSION = 2
HEADER = f"deckgen.lock {FORMAT_VERSION}"
#: First lines of the formats that can be read; a merge may leave both.
HEADERS = ("deckgen.lock 1", HEADER)
_PREAMBLE = f"""\
{HEADER}
# Learners' review histories hang on these lines. Commit this file; `deckgen build` keeps it up to date.
# After a merge keep the lines of both sides, in any order: double ones resolve themselves."""


class RetiredTail(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The JSON at the end of a retired note's line."""

    since: int
    deck: str
    fields: tuple[str, ...]
    tags: tuple[str, ...]


def dumps(lock: Lock, before: tuple[Lock, str] | None = None) -> str:
    """Return the text of `deckgen.lock`, which ends with a newline. The order inside `lock` does not count.

    `before` is a lock and its text: the lines of notes that are the same objects are taken from it.
    """
    release = lock.release
    lines = [_PREAMBLE, f"release {release.count}{_at(release.at)} {write_rest(release.version)}"]
    lines += sorted(f"type {write_word(kind.key)} {kind.content_hash} {kind.mod}" for kind in lock.types)
    lines += sorted(f"schema {write_word(each.key)} {_json(each.schema)}" for each in lock.schemas)
    lines += sorted(f"adopted {write_word(each.key)} {_json(each.type)}" for each in lock.adopted)
    lines += sorted(f"media {each.hash} {write_rest(each.name)}" for each in lock.media)
    notes = sorted(lock.notes, key=attrgetter("id"))
    lines += [line_of(note) for note in notes] if before is None else _lines(notes, *before)
    return "\n".join([*lines, ""])


def _lines(notes: Iterable[LockedNote], before: Lock, text: str) -> Iterator[str]:
    """Yield the lines of notes; the last lines of `text` are those of the notes of `before`."""
    there = zip(
        sorted(before.notes, key=attrgetter("id")), text.split("\n")[-len(before.notes) - 1 : -1], strict=True
    )
    known, line = next(there, (None, ""))
    for note in notes:
        while known is not None and known.id < note.id:
            known, line = next(there, (None, ""))
        yield line if known is note else line_of(note)


def line_of(note: LockedNote) -> str:
    """Return the line of one note, without its line end."""
    state = note.state
    if isinstance(state, Retirement):
        tail = RetiredTail(state.since, note.deck, state.fields, state.tags)
        kind, end = "retired", _json(tail)
    else:
        kind, end = ("note" if state == "live" else "gone"), _rest(note.deck)
    return (
        f"{kind} {write_word(note.id)} {write_guid(note.guid)} {note.nid} {_word(note.note_type)} "
        f"{f'{note.content_hash} ' if note.content_hash else ''}{note.html_hash} {note.mod}{_at(note.release)} {end}"
    )


def _json(value: msgspec.Struct) -> str:
    return write_json(msgspec.json.encode(value).decode())


def _at(number: int) -> str:
    return f"@{number}" if number else ""


# There are few different decks and note types: each is escaped once.
_rest = lru_cache(maxsize=4096)(write_rest)
_word = lru_cache(maxsize=4096)(write_word)
