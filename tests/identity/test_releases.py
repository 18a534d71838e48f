"""Releases stamp what changed since the last one; drafts stamp for themselves and leave the lock alone."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from deckgen.identity import (
    Build,
    Changes,
    Lock,
    LockedNote,
    NoteClaim,
    NoteContent,
    Release,
    Stamped,
    TypeClaim,
    dumps,
    guid,
    html_hash,
    parse,
    stamp,
)
from deckgen.identity.union import fold_notes

NOW = 1_700_000_000


def claim(item_id: str, text: str = "text", *, was: tuple[str, ...] = ()) -> NoteClaim:
    hashes = [html_hash("choice", (each,), ()) for each in (f"written {text}", f"{text} {item_id}")]
    return NoteClaim(item_id, "choice", "Net", *hashes, was)


def make(
    purpose: str,
    lock: Lock | None,
    *claims: NoteClaim,
    now: int,
    draft: Lock | None = None,
    style: str = "a",
    **more: Any,
) -> Stamped:
    build = Build(**{"project_id": "p", "version": "1", "now": now, "purpose": purpose, **more})
    stamped = stamp(
        lock,
        claims,
        [TypeClaim("choice", style * 24)],
        build,
        last_content=lambda _guid: NoteContent(("last text",), ()),
        draft=draft,
    )
    assert isinstance(stamped, Stamped), stamped
    assert parse(dumps(stamped.lock)) == stamped.lock
    return stamped


def released(*claims: NoteClaim, now: int = NOW) -> Lock:
    """Return the lock of a first release."""
    return make("release", make("build", None, *claims, now=now - 10).lock, *claims, now=now).lock


def mods(stamped: Stamped) -> list[int]:
    return [note.mod for note in (*stamped.notes, *stamped.retired)]


# --- releases


def test_the_first_release_keeps_what_builds_stamped() -> None:
    """Learners have it: the lock only takes down that it was released."""
    built = make("build", None, claim("a"), now=NOW)
    first = make("release", built.lock, claim("a"), now=NOW + 9, version="2")
    assert mods(first) == [NOW]
    assert first.lock.release == Release(2, "2", NOW + 9)
    assert [note.release for note in first.notes] == [2]
    assert first.changes == Changes()


def test_a_release_stamps_what_changed_since_the_last_with_its_own_time() -> None:
    """Whenever it was edited and built in between."""
    lock = released(claim("a"), claim("b"))
    draft = make("build", lock, claim("a", "new"), claim("b"), now=NOW + 5)
    assert draft.is_draft
    again = make("release", lock, claim("a", "new"), claim("b"), now=NOW + 99, draft=draft.lock)
    assert mods(again) == [NOW + 99, NOW - 10]
    assert [note.release for note in again.notes] == [3, 2]
    assert again.changes == Changes(changed=("a",))


def test_changed_and_changed_back_has_its_old_stamp() -> None:
    """An edit undone before the release, or an item that was away, was never sent."""
    lock = released(claim("a"), claim("b"))
    for claims in ((claim("a", "new"), claim("b")), (claim("b"),)):
        draft = make("build", lock, *claims, now=NOW + 5)
        again = make("release", lock, claim("a"), claim("b"), now=NOW + 9, draft=draft.lock)
        assert mods(again) == [NOW - 10] * 2
        assert again.changes == Changes()


def test_a_release_sends_what_a_branch_stamped_before_it() -> None:
    """A branch from before the first release brings an older stamp, which learners who edited since would never get."""
    base = make("build", None, claim("a"), claim("b"), now=NOW)
    branch = make("build", base.lock, claim("a", "theirs"), claim("b"), now=NOW + 1)
    main = make("release", base.lock, claim("a"), claim("b"), now=NOW + 50)
    merged = tuple(map(fold_notes, main.lock.notes, branch.lock.notes))
    again = make("release", replace(main.lock, notes=merged), claim("a", "theirs"), claim("b"), now=NOW + 99)
    assert mods(again) == [NOW + 99, NOW]
    assert again.changes == Changes(merged=("a",))


def test_a_release_sends_what_a_branch_removed_before_it() -> None:
    """A note that a branch retired before the first release gets the stamp of the release that follows the merge."""
    base = make("build", None, claim("a"), claim("b"), now=NOW)
    branch = make("build", base.lock, claim("a"), now=NOW + 1)
    main = make("release", base.lock, claim("a"), claim("b"), now=NOW + 50)
    merged = tuple(map(fold_notes, main.lock.notes, branch.lock.notes))
    again = make("release", replace(main.lock, notes=merged), claim("a"), now=NOW + 99)
    assert mods(again) == [NOW, NOW + 99]
    assert again.changes == Changes(merged=("b",))


def test_removed_notes_are_retired_by_releases() -> None:
    """A draft shows the retired note, and releases count for how long it stays."""
    lock = released(claim("a"), claim("b"))
    draft = make("build", lock, claim("a"), now=NOW + 5, keep_retired=2)
    assert draft.changes == Changes(retired=("b",))
    for number in (1, 2):
        again = make("release", lock, claim("a"), now=NOW + 10 * number, keep_retired=2)
        assert [note.id for note in again.retired] == ["b"]
        lock = make(
            "build", again.lock, claim("a"), now=NOW + 10 * number + 5, keep_retired=2, version="x"
        ).lock
        lock = again.lock
    assert make("release", lock, claim("a"), now=NOW + 50, keep_retired=2).changes == Changes(dropped=("b",))


# --- drafts


def test_before_the_first_release_a_build_stamps() -> None:
    """Who never releases loses nothing."""
    first = make("build", None, claim("a"), now=NOW)
    again = make("build", first.lock, claim("a", "new"), now=NOW + 5)
    assert not again.is_draft
    assert mods(again) == [NOW + 5]


def test_a_draft_keeps_its_stamps_until_something_changes() -> None:
    """What is saved again and again is sent once; what changes in between is sent with the moment's stamp."""
    lock = make("build", None, claim("a"), claim("b"), now=NOW).lock
    one = make("draft", lock, claim("a", "1"), claim("b"), now=NOW + 5)
    two = make("draft", lock, claim("a", "1"), claim("b", "2"), now=NOW + 9, draft=one.lock)
    assert mods(one) == [NOW + 5, NOW]
    assert mods(two) == [NOW + 5, NOW + 9]


def test_a_draft_takes_back_what_another_draft_said() -> None:
    """An author who imports drafts gets the old text back, with a later stamp; the lock keeps the old one."""
    lock = make("build", None, claim("a"), now=NOW).lock
    one = make("draft", lock, claim("a", "1"), now=NOW + 5)
    two = make("draft", lock, claim("a"), now=NOW + 5, draft=one.lock)
    three = make("draft", lock, claim("a"), now=NOW + 20, draft=two.lock)
    assert mods(two) == mods(three) == [NOW + 6]
    assert make("build", lock, claim("a"), now=NOW + 30, draft=three.lock).lock == lock


def test_nothing_that_was_given_is_stamped_backwards() -> None:
    """A build is later than a draft of another text, also in the same second or with a clock that went back."""
    lock = make("build", None, claim("a"), now=NOW).lock
    draft = make("draft", lock, claim("a", "1"), claim("b", "1"), now=NOW + 5, style="b")
    for purpose in ("build", "draft", "release"):
        again = make(
            purpose, lock, claim("a", "2"), claim("b", "2"), now=NOW + 2, draft=draft.lock, style="c"
        )
        assert mods(again) == [NOW + 6] * 2
        assert again.types[0].mod == NOW + 6
        same = make(purpose, lock, claim("a", "1"), claim("b", "1"), now=NOW + 2, draft=draft.lock, style="b")
        assert mods(same) == [NOW + 5] * 2
        assert same.types[0].mod == NOW + 5


def test_a_build_stamps_with_its_own_time_and_not_with_the_drafts() -> None:
    """Who edited a note between the draft and the build gets it."""
    lock = make("build", None, claim("a"), now=NOW).lock
    draft = make("draft", lock, claim("a", "1"), claim("b"), now=NOW + 5)
    again = make("build", lock, claim("a", "1"), claim("b"), now=NOW + 9, draft=draft.lock)
    assert mods(again) == [NOW + 9] * 2
    assert again.notes[1].nid == draft.notes[1].nid


# --- ids


def test_an_id_that_is_gone_and_a_new_one_that_says_the_same() -> None:
    """A rename without `was` is reported; where two say the same, nobody can tell which is which."""
    lock = make("build", None, claim("wales"), claim("b", "other"), now=NOW).lock
    assert make("build", lock, claim("cymru"), claim("b", "other"), now=NOW).changes.lost_ids == (
        ("wales", "cymru"),
    )
    assert make("build", lock, claim("cymru", "new"), claim("b", "other"), now=NOW).changes.lost_ids == ()
    both = (claim("cymru"), claim("cambria"), claim("b", "other"))
    assert make("build", lock, *both, now=NOW).changes.lost_ids == ()
    renamed = (claim("cymru", was=("wales",)), claim("b", "other"))
    assert make("build", lock, *renamed, now=NOW).changes.lost_ids == ()
    assert make("build", lock, *renamed, now=NOW).changes.renamed == (("wales", "cymru"),)


def test_a_mistyped_guid_is_reported() -> None:
    """The GUID of a note comes from one of its ids: one that does not is a slip of a hand, or `was` is missing."""
    lock = make("build", None, claim("a"), claim("b"), now=NOW).lock
    typo = LockedNote(**{**_fields(lock.notes[0]), "guid": "A" + lock.notes[0].guid[1:]})
    damaged = replace(lock, notes=(typo, lock.notes[1]))
    assert make("build", damaged, claim("a"), claim("b"), now=NOW).changes.wrong_guids == ("a",)
    renamed = make("build", lock, claim("c", was=("a",)), claim("b"), now=NOW).lock
    assert {note.guid for note in renamed.notes} == {guid("p", "a"), guid("p", "b")}
    assert make("build", renamed, claim("c", was=("a",)), claim("b"), now=NOW).changes.wrong_guids == ()


def _fields(note: LockedNote) -> dict[str, Any]:
    return {name: getattr(note, name) for name in note.__struct_fields__}
