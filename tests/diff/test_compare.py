"""Comparing what learners have with what they will get."""

from __future__ import annotations

from typing import Any

from deckgen.diff.advice import advice
from deckgen.diff.compare import compare
from deckgen.diff.contents import DeckContents, NoteTypeVersion, NoteVersion
from deckgen.diff.difference import Difference
from deckgen.identity import NoteContent


def note(id_: str, *, says: str = "a", mod: int = 1, deck: str = "D", **more: Any) -> NoteVersion:
    fields = (says, "answer", *[""] * 9)
    return NoteVersion(
        **{
            "guid": f"guid-{id_}",
            "id": id_,
            "kind": "short",
            "deck": deck,
            "nid": len(id_),
            "mod": mod,
            "content_hash": says,
            "html_hash": f"<p>{says}",
            "content": NoteContent(fields, ()),
        }
        | more
    )


def given(*notes: NoteVersion, media: Any = (), types: Any = None) -> DeckContents:
    return DeckContents(notes={each.guid: each for each in notes}, types=types or {}, media=frozenset(media))


def ids(notes: Any) -> list[str]:
    return [each.id for each in notes]


def test_nothing_differs_from_itself() -> None:
    """The same notes, types and pictures are no difference."""
    looks = {"short": NoteTypeVersion(mod=1, look_hash="l")}
    side = given(note("a"), note("b", retired=True), media=["x"], types=looks)
    assert not compare(side, side).anything


def test_each_fate_is_reported_once() -> None:
    """Added, changed, retired, restored, left, restamped: each note where it belongs."""
    before = given(
        note("same"), note("edit"), note("go"), note("back", retired=True), note("left"), note("again")
    )
    after = given(
        note("new"),
        note("same"),
        note("edit", says="b", mod=2),
        note("go", says="banner", mod=2, retired=True),
        note("back", says="b", mod=2),
        note("again", mod=2),
    )
    difference = compare(before, after)
    fates = ("added", "restamped", "retired", "restored", "left", "stuck")
    assert {name: ids(getattr(difference, name)) for name in fates} == {
        "added": ["new"],
        "restamped": ["again"],
        "retired": ["go"],
        "restored": ["back"],
        "left": ["left"],
        "stuck": [],
    }
    assert [change.note.id for change in difference.changed] == ["edit"]


def test_a_stamp_that_is_not_later_is_reported() -> None:
    """Changed content with the same or an earlier stamp will not arrive, and the advice says what to do."""
    before = given(note("a", mod=5), types={"short": NoteTypeVersion(mod=5, look_hash="l")})
    after = given(note("a", says="b", mod=5), types={"short": NoteTypeVersion(mod=4, look_hash="m")})
    difference = compare(before, after)
    assert ids(difference.stuck) == ["a"]
    assert difference.types_stuck == (("short", ""),)
    assert "--restamp" in next(each.text for each in advice(difference) if each.code == "stuck")


def test_a_move_and_a_renamed_deck_are_told_apart() -> None:
    """One note that moved is a move; a deck whose notes all went to a new one was renamed; case does not count."""
    before = given(
        note("a", deck="Old"), note("b", deck="Old"), note("c", deck="Kept"), note("d", deck="Kept")
    )
    after = given(
        note("a", deck="New"), note("b", deck="New"), note("c", deck="New::Sub"), note("d", deck="KEPT")
    )
    difference = compare(before, after)
    assert [(each.before, each.after, each.notes) for each in difference.decks_renamed] == [("Old", "New", 2)]
    assert [(move.note.id, move.before) for move in difference.moved] == [("c", "Kept")]


def test_pictures_are_paired_by_their_names() -> None:
    """The same name with another hash is a changed picture; who knows nothing of before says so."""
    before, after = ["a-0123456789abcdef.png", "b-0123456789abcdef.png"], ["a-fedcba9876543210.png", "c.png"]
    difference = compare(given(media=before), given(media=after))
    assert difference.media_changed == ((before[0], after[0]),)
    assert difference.media_added == ("c.png",)
    assert difference.media_removed == (before[1],)
    unknown = compare(DeckContents(notes={}, types={}), given(media=after))
    assert unknown.media_added is None
    assert not unknown.anything


def test_a_change_of_which_nothing_is_known_is_reported_all_the_same() -> None:
    """The lock knows that a note changed even where no package says what it was."""
    difference: Difference = compare(given(note("a", content=None)), given(note("a", says="b", mod=2)))
    assert [change.fields for change in difference.changed] == [None]


def test_a_page_of_release_notes_holds_no_sign_that_nobody_sees() -> None:
    """Signs that turn the direction or command a terminal, from a package of somebody else's, are shown by number."""
    from deckgen.diff.markdown import _code, _escaped

    assert _escaped("a\x1b[2Jb\u202ec") == r"a\<U\+001B\>\[2Jb\<U\+202E\>c"
    assert _code("a\x1bb") == "`a<U+001B>b`"
