from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from deckgen.identity import Lock, LockedNote, LockedType, Release, Retirement, dumps, parse
from identity.lock_strategies import locks

GUID = "AbcdefghijklmnoP"
HASH = "0123456789abcdef01234567"
OTHER = "76543210fedcba9876543210"


@given(locks())
def test_reading_undoes_writing(lock: Lock) -> None:
    """Whatever stands in a lock comes back from its text."""
    assert parse(dumps(lock)) == lock


@given(locks(), st.randoms(use_true_random=False))
def test_order_of_lines_does_not_count(lock: Lock, rng: random.Random) -> None:
    """Lines shuffled and doubled, as merges leave them, read the same."""
    lines = dumps(lock).splitlines(keepends=True)
    shuffled = [*lines, *rng.choices(lines, k=3)]
    rng.shuffle(shuffled)
    assert parse("".join(shuffled)) == lock


@given(locks(), st.randoms(use_true_random=False))
def test_order_of_notes_does_not_count(lock: Lock, rng: random.Random) -> None:
    """The text of a lock is sorted, in whichever order its notes and types are given."""
    notes, types, schemas = list(lock.notes), list(lock.types), list(lock.schemas)
    adopted, media = list(lock.adopted), list(lock.media)
    for each in (notes, types, schemas, adopted, media):
        rng.shuffle(each)
    shuffled = (tuple(notes), tuple(types), tuple(schemas), tuple(adopted), tuple(media))
    assert dumps(Lock(lock.release, *shuffled)) == dumps(lock)


@given(locks())
def test_each_note_is_one_line_for_every_reader(lock: Lock) -> None:
    """No text in a lock breaks a line, not even for programs that break lines at U+2028 or form feeds."""
    text = dumps(lock)
    assert text.endswith("\n")
    assert text.splitlines() == text[:-1].split("\n")
    assert not any(line != line.strip() for line in text.splitlines())


@given(locks())
def test_line_ends_and_byte_order_mark_do_not_count(lock: Lock) -> None:
    """A lock that went through a Windows editor reads the same, as text and as bytes."""
    windows = "\ufeff" + dumps(lock).replace("\n", "\r\n")
    assert parse(windows) == lock
    assert parse(windows.encode()) == lock


def test_lock_looks_like_this() -> None:
    """The text is made to be read in a diff."""
    lock = Lock(
        Release(3, "1.2.0"),
        (
            LockedNote(
                "accept-returns",
                GUID,
                1700000000123,
                "choice",
                HASH,
                OTHER,
                1700000000,
                "Net::Sockets & ports",
            ),
            LockedNote("back", GUID, 5, "cloze", HASH, HASH, 7, " \\ \n", "gone"),
            LockedNote("old", GUID, 6, "cloze", "", HASH, 8, "", Retirement(2, ("a\u2028", "é"), ("t",))),
        ),
        (LockedType("choice", HASH, 9), LockedType("cloze", HASH, 1)),
    )
    assert dumps(lock) == (
        "deckgen.lock 2\n"
        "# Learners' review histories hang on these lines. Commit this file; `deckgen build` keeps it up to date.\n"
        "# After a merge keep the lines of both sides, in any order: double ones resolve themselves.\n"
        "release 3 1.2.0\n"
        f"type choice {HASH} 9\n"
        f"type cloze {HASH} 1\n"
        f"note accept-returns {GUID} 1700000000123 choice {HASH} {OTHER} 1700000000 Net::Sockets & ports\n"
        f"gone back {GUID} 5 cloze {HASH} {HASH} 7 \\u0020\\\\ \\u000a\n"
        f"retired old {GUID} 6 cloze {HASH} 8 "
        '{"since":2,"deck":"","fields":["a\\u2028","é"],"tags":["t"]}\n'
    )
