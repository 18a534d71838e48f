"""Single stamps are moved in a lock's text as if all of it had been read and written."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from deckgen.identity import Lock, dumps, find_lines, parse, with_lines
from identity.lock_strategies import locks, words


@given(locks(), words)
def test_live_notes_are_found_and_no_others(lock: Lock, other: str) -> None:
    """Each live note is found by its id, with the place of its line; who asks for any other gets nothing."""
    text = dumps(lock)
    live = {note.id: note for note in lock.notes if note.state == "live"}
    found = find_lines(text, live)
    assert found is not None
    assert {id_: note for id_, (note, _) in found.items()} == live
    for _, at in found.values():
        assert at == 0 or text[at - 1] == "\n"
    for note in lock.notes:
        if note.state != "live":
            assert find_lines(text, [note.id]) is None
    if other not in {note.id for note in lock.notes}:
        assert find_lines(text, [other]) is None
        assert find_lines(text, [*live, other]) is None


@given(locks(), st.data())
def test_moved_stamps_stand_where_a_whole_lock_would_have_them(lock: Lock, data: st.DataObject) -> None:
    """The text is the one that a lock with these stamps has."""
    text = dumps(lock)
    live = [note.id for note in lock.notes if note.state == "live"]
    some = data.draw(st.sets(st.sampled_from(live))) if live else set()
    lines = find_lines(text, some) or {}
    moved = {at: replace(note, mod=note.mod + 7 if note.mod < 10**14 else 1) for note, at in lines.values()}
    revised = with_lines(text, moved)
    expected = tuple(
        replace(note, mod=note.mod + 7 if note.mod < 10**14 else 1) if note.id in some else note
        for note in lock.notes
    )
    assert revised == dumps(replace(lock, notes=expected))
    assert parse(revised) == replace(lock, notes=expected)
