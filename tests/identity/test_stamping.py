from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckgen.identity import (
    EVERYTHING,
    RETIRED_TAG,
    UNKNOWN_HASH,
    Build,
    Changes,
    Lock,
    LockedNote,
    LockedType,
    NoteClaim,
    NoteContent,
    Release,
    Retirement,
    Stamped,
    TypeClaim,
    dumps,
    guid,
    html_hash,
    parse,
    stamp,
)
from deckgen.identity.note_id import SPREAD_MS

NOW = 1_700_000_000


def claim(item_id: str, text: str = "text", *, deck: str = "Net", was: tuple[str, ...] = ()) -> NoteClaim:
    """Claim a note; what stands behind a bar in `text` is how it looks."""
    written, _, _ = text.partition("|")
    hashes = [html_hash("choice", (each,), ()) for each in (f"written {written}", text)]
    return NoteClaim(item_id, "choice", deck, *hashes, was)


def attempt(
    lock: Lock | None, *claims: NoteClaim, now: int = NOW, types: tuple[TypeClaim, ...] = (), **more: Any
) -> Any:
    callbacks = {name: more.pop(name) for name in ("last_content", "retire", "same_content") if name in more}
    build = Build(**{"project_id": "p", "version": "1.0", "now": now, **more})
    return stamp(lock, claims, types, build, **callbacks)


def run(lock: Lock | None, *claims: NoteClaim, **more: Any) -> Stamped:
    stamped = attempt(lock, *claims, **more)
    assert isinstance(stamped, Stamped), stamped
    assert parse(dumps(stamped.lock)) == stamped.lock
    return stamped


def former(_guid: str) -> NoteContent:
    return NoteContent(("last text",), ("tag",))


# --- stamps


def test_new_note_is_stamped_now() -> None:
    """A new note has the GUID of its ids, and now as its stamp."""
    stamped = run(None, claim("a"))
    assert stamped.notes[0].guid == guid("p", "a")
    assert stamped.notes[0].mod == NOW
    assert stamped.changes == Changes(added=("a",))
    assert stamped.lock.release == Release(1, "1.0")


def test_building_again_changes_nothing() -> None:
    """The same content gives the same lock, whatever the clock says."""
    first = run(None, claim("a"), claim("b"), types=(TypeClaim("choice", "c" * 24),))
    again = run(first.lock, claim("a"), claim("b"), types=(TypeClaim("choice", "c" * 24),), now=NOW + 999)
    assert again.lock == first.lock
    assert again.notes == first.notes
    assert again.changes == Changes()


def test_changed_content_moves_the_stamp_and_nothing_else() -> None:
    """Only the note whose content changed is stamped again; GUID and note id stay."""
    first = run(None, claim("a"), claim("b"))
    again = run(first.lock, claim("a", "new"), claim("b"), now=NOW + 50)
    assert again.notes[1] == first.notes[1]
    assert again.notes[0].mod == NOW + 50
    assert (again.notes[0].guid, again.notes[0].nid) == (first.notes[0].guid, first.notes[0].nid)
    assert again.changes == Changes(changed=("a",))


def test_stamp_moves_forward_when_the_clock_went_back() -> None:
    """A clock that is behind cannot make Anki skip a change."""
    first = run(None, claim("a"))
    again = run(first.lock, claim("a", "new"), now=5)
    assert again.notes[0].mod == NOW + 1


def test_unknown_hash_always_moves_the_stamp() -> None:
    """After two branches changed a note in one second, the next build stamps it anew."""
    line = LockedNote("a", guid("p", "a"), 7, "choice", UNKNOWN_HASH, UNKNOWN_HASH, NOW, "Net")
    assert run(Lock(Release(1, "1.0"), (line,)), claim("a"), now=NOW).notes[0].mod == NOW + 1


def test_other_html_of_the_same_text_moves_no_stamp() -> None:
    """Who has a note keeps it as it is; the lock remembers the HTML that the stamp was given to."""
    first = run(None, claim("a", "text|plain"))
    again = run(first.lock, claim("a", "text|better"), now=NOW + 9)
    assert again.lock == first.lock
    assert again.changes == Changes()


def test_another_text_with_the_same_html_moves_no_stamp() -> None:
    """Learners have the very same: only the lock takes down what was written."""
    first = run(None, claim("a"))
    other = NoteClaim("a", "choice", "Net", "c" * 24, first.notes[0].html_hash)
    again = run(first.lock, other, now=NOW + 9)
    assert again.notes == (LockedNote(**{**fields(first.notes[0]), "content_hash": "c" * 24}),)
    assert again.changes == Changes()


def test_a_changed_text_moves_the_stamp_once() -> None:
    """Another text with other HTML is sent, with both hashes as they are then."""
    first = run(None, claim("a", "text|plain"))
    again = run(first.lock, claim("a", "new|better"), now=NOW + 9)
    assert again.notes[0].mod == NOW + 9
    assert again.notes[0].html_hash == claim("a", "new|better").html_hash
    assert run(again.lock, claim("a", "new|best"), now=NOW + 20).lock == again.lock


def test_restamping_sends_the_html_of_today() -> None:
    """`--restamp` takes the better HTML along."""
    first = run(None, claim("a", "text|plain"))
    again = run(first.lock, claim("a", "text|better"), now=NOW + 9, restamp=frozenset({"a"}))
    assert (again.notes[0].mod, again.notes[0].html_hash) == (NOW + 9, claim("a", "text|better").html_hash)


@pytest.mark.parametrize(
    ("same", "text", "mod", "changes"),
    [
        (None, "text|plain", NOW, Changes()),
        (True, "text|better", NOW, Changes(kept=("a",))),
        (False, "new|better", NOW + 9, Changes(changed=("a",))),
        (None, "text|better", NOW + 9, Changes(changed=("a",), unclear=("a",))),
    ],
)
def test_a_line_of_format_1_knows_html_alone(
    same: bool | None, text: str, mod: int, changes: Changes
) -> None:
    """The same HTML says the same; of other HTML the former package tells, and where it cannot, no change is lost."""
    line = LockedNote(**{**fields(run(None, claim("a", "text|plain")).notes[0]), "content_hash": ""})
    lock = Lock(Release(1, "1.0"), (line,))
    again = run(lock, claim("a", text), now=NOW + 9, same_content=lambda _line, _claim: same)
    assert again.notes[0].mod == mod
    assert again.notes[0].content_hash == claim("a", text).content_hash
    assert again.changes == changes


def test_order_of_items_does_not_count() -> None:
    """The lock does not depend on the order of notes in the files."""
    claims = [claim(f"q{number}") for number in range(50)]
    expected = run(None, *claims).lock
    random.Random(1).shuffle(claims)
    assert run(None, *claims).lock == expected


def test_restamp_moves_the_named_notes() -> None:
    """`--restamp` reaches learners who edited a note after it was stamped."""
    first = run(None, claim("a"), claim("b"))
    again = run(first.lock, claim("a"), claim("b"), restamp=frozenset({"b"}))
    assert [note.mod for note in again.notes] == [NOW, NOW + 1]
    assert again.changes == Changes(restamped=("b",))


def test_restamp_everything_moves_types_too() -> None:
    """Everything means note types as well."""
    types = (TypeClaim("choice", "c" * 24),)
    first = run(None, claim("a"), types=types)
    again = run(first.lock, claim("a"), types=types, restamp=EVERYTHING)
    assert (again.notes[0].mod, again.types[0].mod) == (NOW + 1, NOW + 1)


def test_restamp_of_an_unknown_id_is_a_problem() -> None:
    """A slip in an id must not look like success."""
    problems = attempt(None, claim("a"), restamp=frozenset({"a", "x", "b"}))
    assert [(problem.code, problem.ids) for problem in problems] == [
        ("restamp-unknown", ("b",)),
        ("restamp-unknown", ("x",)),
    ]


def test_types_have_their_own_stamps() -> None:
    """A type's stamp moves with its own hash only, and a type no longer used is remembered."""
    first = run(None, claim("a"), types=(TypeClaim("choice", "c" * 24), TypeClaim("old", "d" * 24)))
    again = run(first.lock, claim("a", "new"), types=(TypeClaim("choice", "e" * 24),), now=NOW + 9)
    assert again.types == (LockedType("choice", "e" * 24, NOW + 9),)
    assert again.lock.types == (*again.types, LockedType("old", "d" * 24, NOW))
    assert again.changes == Changes(changed=("a",), restyled=("choice",))


def test_lost_lock_keeps_guids() -> None:
    """Without a lock the GUIDs come from the ids again, the first of `was` where there is one."""
    before = run(None, claim("a"), claim("b")).notes
    after = run(None, claim("a"), claim("c", was=("b", "x")), now=NOW + 5).notes
    assert [note.guid for note in after] == [note.guid for note in before]
    assert [note.mod for note in after] == [NOW + 5] * 2


def test_note_of_another_type_is_a_problem() -> None:
    """Anki never imports a note whose type changed: the author has to give it another id."""
    first = run(None, claim("a"))
    problems = attempt(first.lock, NoteClaim("a", "cloze", "Net", "c" * 24, "c" * 24))
    assert [(problem.code, problem.ids) for problem in problems] == [("note-type-changed", ("a",))]


# --- note ids


def test_note_ids_look_like_the_day_of_the_build() -> None:
    """A note id is a time in milliseconds within the day before the first build."""
    notes = run(None, *[claim(f"q{number}") for number in range(2000)]).notes
    assert len({note.nid for note in notes}) == 2000
    assert all(0 <= NOW * 1000 - note.nid < SPREAD_MS for note in notes)


@given(st.integers(-5, 100))
def test_note_ids_are_never_zero(now: int) -> None:
    """A clock at zero gives ids and stamps from 1 up: 0 makes Anki panic."""
    notes = run(None, *[claim(f"q{number}") for number in range(20)], now=now).notes
    assert all(note.nid > 0 and note.mod > 0 for note in notes)


def test_full_stretch_of_note_ids_is_left_upwards(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where every lower number is taken, the next free one above is used."""
    monkeypatch.setattr("deckgen.identity.note_id.SPREAD_MS", 3)
    notes = run(None, *[claim(f"q{number}") for number in range(9)], now=0).notes
    assert sorted(note.nid for note in notes) == list(range(1, 10))


def test_branches_with_one_note_id_are_told_apart() -> None:
    """Of two notes that got one id on two branches, the later by name gets another one."""
    lines = tuple(
        LockedNote(
            key, guid("p", key), 77, "choice", claim(key).content_hash, claim(key).html_hash, NOW, "Net"
        )
        for key in "ab"
    )
    stamped = run(Lock(Release(1, "1.0"), lines), claim("b"), claim("a"))
    assert stamped.notes[1] == lines[0]
    assert stamped.notes[0].nid != 77
    assert stamped.notes[0].mod == NOW


# --- renames


def test_rename_keeps_guid_note_id_and_stamp() -> None:
    """`was` carries the whole history over: nothing is imported again."""
    first = run(None, claim("a"))
    again = run(first.lock, claim("b", was=("a",)), now=NOW + 5)
    assert again.lock.notes == (LockedNote(**{**fields(first.notes[0]), "id": "b"}),)
    assert again.changes == Changes(renamed=(("a", "b"),))


def test_lock_goes_before_was() -> None:
    """Where the lock knows the item, its GUID stays, even if `was` is taken away later."""
    first = run(None, claim("a"))
    second = run(first.lock, claim("b", was=("a",)))
    third = run(second.lock, claim("b"))
    assert third.notes[0].guid == guid("p", "a")
    assert third.lock == second.lock


def test_renamed_back_without_was_keeps_the_history() -> None:
    """An item that takes its oldest id again is known by its GUID."""
    renamed = run(run(None, claim("a")).lock, claim("b", was=("a",)))
    back = run(renamed.lock, claim("a", "new"), now=3)
    assert back.notes[0].guid == guid("p", "a")
    assert back.notes[0].mod == NOW + 1
    assert back.changes == Changes(renamed=(("b", "a"),), changed=("a",))


def test_newest_former_id_is_found_first() -> None:
    """Of several former ids the lock knows, the newest one's history goes on, and the others are reported."""
    lines = run(None, claim("a"), claim("b")).lock
    stamped = run(lines, claim("c", was=("a", "b")), last_content=former)
    assert stamped.notes[0].guid == guid("p", "b")
    assert stamped.changes.late == (("a", "c"),)
    assert stamped.changes.retired == ("a",)


def test_was_that_comes_too_late_is_reported() -> None:
    """An item that was already built under a GUID of its own keeps it; the former one is retired."""
    first = run(None, claim("a"))
    second = run(first.lock, claim("b"), last_content=former)
    third = run(second.lock, claim("b", was=("a",)))
    assert third.notes[0].guid == guid("p", "b")
    assert third.changes == Changes(late=(("a", "b"),))
    assert [note.id for note in third.retired] == ["a"]


@pytest.mark.parametrize(
    ("claims", "code", "ids"),
    [
        ((claim("a"), claim("a")), "duplicate-id", ("a",)),
        ((claim("a"), claim("b", was=("a",))), "was-live", ("a", "b")),
        ((claim("a", was=("a",)),), "was-live", ("a",)),
        ((claim("b", was=("a",)), claim("c", was=("x", "a"))), "was-twice", ("b", "c")),
    ],
)
def test_wrong_ids_are_problems(claims: tuple[NoteClaim, ...], code: str, ids: tuple[str, ...]) -> None:
    """A build with ids that cannot be told apart is not stamped, and both items are named."""
    problems = attempt(None, *claims)
    assert [(problem.code, problem.ids) for problem in problems] == [(code, ids)]
    assert all(f"`{item_id}`" in problems[0].message for item_id in ids)


def test_former_id_written_twice_is_no_problem() -> None:
    """The same former id twice in one `was` says nothing new."""
    assert run(None, claim("b", was=("a", "a"))).notes[0].guid == guid("p", "a")


def test_one_guid_twice_is_a_problem() -> None:
    """A new item under the former id of another would share its GUID."""
    renamed = run(run(None, claim("a")).lock, claim("b", was=("a",)))
    problems = attempt(renamed.lock, claim("b"), claim("a"))
    assert [(problem.code, problem.ids) for problem in problems] == [("duplicate-guid", ("b", "a"))]


def test_rename_on_one_branch_and_edit_on_the_other_are_one_history() -> None:
    """The line a merge brings back under the former id gives its stamp to the present one."""
    base = run(None, claim("a"))
    renamed = run(base.lock, claim("b", was=("a",)))
    edited = run(base.lock, claim("a", "new"), now=NOW + 40)
    merged = parse(dumps(renamed.lock) + dumps(edited.lock))
    assert isinstance(merged, Lock)
    stamped = run(merged, claim("b", "newer", was=("a",)), now=NOW + 10)
    assert [(note.id, note.guid, note.mod) for note in stamped.lock.notes] == [
        ("b", guid("p", "a"), NOW + 41)
    ]
    without_was = run(merged, claim("b", "newer"), now=NOW + 10)
    assert without_was.lock == stamped.lock


def test_latest_of_several_lines_under_former_ids_counts() -> None:
    """However many former ids a merge brings back, the next stamp is later than all of theirs."""
    lock = run(None, claim("a")).lock
    texts = []
    for steps, old, new in [(30, "a", "b"), (90, "b", "c"), (60, "c", "d")]:
        lock = run(lock, claim(new, str(steps), was=(old,)), now=NOW + steps).lock
        texts.append(dumps(lock))
    for order in ((0, 1, 2), (2, 1, 0), (1, 0, 2)):
        merged = parse("".join(texts[place] for place in order))
        assert isinstance(merged, Lock)
        assert run(merged, claim("e", was=("a",))).notes[0].mod == NOW + 92


# --- decks


def test_move_is_reported_and_does_not_move_the_stamp() -> None:
    """Anki leaves cards where they are: a move is worth a word, not a stamp."""
    first = run(None, claim("a"), claim("b"))
    again = run(first.lock, claim("a"), claim("b", deck="Other"), now=NOW + 5)
    assert again.changes == Changes(moved=(("b", "Net", "Other"),))
    assert again.notes[1].mod == NOW
    assert again.lock.notes[1].deck == "Other"


def test_renamed_deck_is_reported_once() -> None:
    """All notes from one deck to one new deck are a renamed deck, not many moves."""
    first = run(None, claim("a"), claim("b"), claim("c", deck="Kept"))
    again = run(first.lock, claim("a", deck="New"), claim("b", deck="New"), claim("c", deck="Kept"))
    assert again.changes == Changes(renamed_decks=(("Net", "New"),))


@pytest.mark.parametrize(
    "claims",
    [
        # one stays
        (claim("a", deck="New"), claim("b"), claim("c", deck="Kept")),
        # to two decks
        (claim("a", deck="New"), claim("b", deck="New 2"), claim("c", deck="Kept")),
        # to a deck that was there
        (claim("a", deck="Kept"), claim("b", deck="Kept"), claim("c", deck="Kept")),
        # a new note keeps the deck alive
        (claim("a", deck="New"), claim("b", deck="New"), claim("c", deck="Kept"), claim("d")),
    ],
)
def test_other_moves_are_no_renamed_deck(claims: tuple[NoteClaim, ...]) -> None:
    """Where the old deck lives on or the new one is not new, notes moved."""
    first = run(None, claim("a"), claim("b"), claim("c", deck="Kept"))
    changes = run(first.lock, *claims).changes
    assert changes.renamed_decks == ()
    assert changes.moved == tuple(
        (each.id, "Net", each.deck) for each in claims if each.id in "ab" and each.deck != "Net"
    )


def test_case_of_a_deck_is_no_move() -> None:
    """Anki takes names of decks that differ in case for one."""
    first = run(None, claim("a"))
    again = run(first.lock, claim("a", deck="NET"))
    assert again.changes == Changes()
    assert again.lock.notes[0].deck == "NET"


# --- removed items


def test_removed_note_is_retired() -> None:
    """A removed note is emitted as it last was, with a tag, and stamped so that learners get the tag."""
    first = run(None, claim("a"), claim("b"))
    again = run(first.lock, claim("a"), last_content=former, now=NOW + 9)
    (gone,) = again.retired
    assert gone.state == Retirement(1, ("last text",), (RETIRED_TAG, "tag"))
    assert (gone.id, gone.guid, gone.nid) == ("b", first.notes[1].guid, first.notes[1].nid)
    assert gone.mod == NOW + 9
    assert gone.html_hash == html_hash("choice", ("last text",), (RETIRED_TAG, "tag"))
    assert again.changes == Changes(retired=("b",))
    assert again.lock.notes == (first.notes[0], gone)


def test_caller_dresses_the_retired_note() -> None:
    """`retire` decides how a retired note looks; that is what the lock keeps."""

    def retire(note: NoteContent) -> NoteContent:
        return NoteContent((*note.fields, "banner"), ("gone",))

    first = run(None, claim("a"))
    (gone,) = run(first.lock, last_content=former, retire=retire).retired
    assert gone.state == Retirement(1, ("last text", "banner"), ("gone",))


def test_retired_note_is_emitted_unchanged_for_its_releases() -> None:
    """For `keep_retired` versions the note goes on as it is; then only its identity is kept."""
    lock = run(None, claim("a"), claim("b")).lock
    seen = []
    for now, version in enumerate(["1.0", "1.0", "1.1", "1.1", "1.2", "1.2"], NOW):
        stamped = run(lock, claim("a"), last_content=former, version=version, keep_retired=2, now=now)
        seen.append(([note.mod for note in stamped.retired], stamped.changes))
        lock = stamped.lock
    assert seen == [
        ([NOW + 1], Changes(retired=("b",))),
        ([NOW + 1], Changes()),
        ([NOW + 1], Changes()),
        ([NOW + 1], Changes()),
        ([], Changes(dropped=("b",))),
        ([], Changes()),
    ]
    assert lock.release == Release(3, "1.2")
    assert lock.notes[1].state == "gone"
    assert lock.notes[1].guid == guid("p", "b")


def test_no_retirement_where_none_is_wanted() -> None:
    """With `keep_retired = 0` a removed note is only remembered."""
    first = run(None, claim("a"))
    stamped = run(first.lock, last_content=former, keep_retired=0)
    assert stamped.retired == ()
    assert stamped.changes == Changes(dropped=("a",))


def test_removed_note_without_content_is_reported() -> None:
    """Where no package holds the last content, the note is not emitted, and that is said."""
    first = run(None, claim("a"))
    stamped = run(first.lock)
    assert stamped.retired == ()
    assert stamped.changes == Changes(lost=("a",))
    assert run(stamped.lock).changes == Changes()


@pytest.mark.parametrize("content", [former, lambda _guid: None])
@pytest.mark.parametrize("versions", [("1.0", "1.0"), ("1.0", "1.1"), ("1.5", "2.0")])
def test_restored_note_has_its_history_again(versions: tuple[str, str], content: Any) -> None:
    """An item that comes back, retired or long gone, has its GUID and note id, and a later stamp."""
    lock = first = run(None, claim("a")).lock
    for version in versions:
        lock = run(lock, last_content=content, version=version, keep_retired=1, now=NOW + 9).lock
    back = run(lock, claim("a"), version=versions[-1], now=4)
    assert back.notes[0].mod == lock.notes[0].mod + 1
    assert (back.notes[0].guid, back.notes[0].nid) == (first.notes[0].guid, first.notes[0].nid)
    assert back.notes[0].state == "live"
    assert back.changes == Changes(restored=("a",))


def test_retired_note_can_be_stamped_anew() -> None:
    """`--restamp` reaches retired notes."""
    lock = run(run(None, claim("a")).lock, last_content=former).lock
    again = run(lock, restamp=frozenset({"a"}))
    assert again.retired[0].mod == NOW + 2
    assert again.changes == Changes(restamped=("a",))


def test_gone_note_cannot_be_stamped_anew() -> None:
    """What is not emitted cannot reach anybody."""
    lock = run(run(None, claim("a")).lock).lock
    (problem,) = attempt(lock, restamp=frozenset({"a"}))
    assert problem.code == "restamp-unknown"


def test_former_id_brought_back_by_a_merge_is_not_retired() -> None:
    """A line under a former id is the same Anki note as the live one: never two notes of one GUID."""
    base = run(None, claim("a"))
    renamed = run(base.lock, claim("b", was=("a",)))
    merged = parse(dumps(base.lock) + dumps(renamed.lock))
    assert isinstance(merged, Lock)
    stamped = run(merged, claim("b"), last_content=former)
    assert stamped.retired == ()
    assert stamped.lock == renamed.lock


def test_both_ids_of_a_removed_note_retire_once() -> None:
    """The same, where the live item is gone as well."""
    base = run(None, claim("a"))
    renamed = run(base.lock, claim("b", was=("a",)))
    merged = parse(dumps(base.lock) + dumps(renamed.lock))
    assert isinstance(merged, Lock)
    assert len(run(merged, last_content=former).retired) == 1


def test_retirement_wins_over_the_line_it_replaced() -> None:
    """A merge that brings back the line from before the removal does not bring back the note."""
    base = run(None, claim("a"))
    retired = run(base.lock, last_content=former)
    for texts in (dumps(base.lock) + dumps(retired.lock), dumps(retired.lock) + dumps(base.lock)):
        merged = parse(texts)
        assert isinstance(merged, Lock)
        assert run(merged).lock == retired.lock


def fields(note: LockedNote) -> dict[str, Any]:
    return {name: getattr(note, name) for name in note.__struct_fields__}
