"""The places of fields: what the lock says holds, whatever an author writes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from deckgen.identity import SPARE_FIELDS, Schema
from deckgen.language.note_type import Card, Field, NoteType
from deckgen.language.places import field_places
from laws import law

NAMES = st.sampled_from("abcdefgh")
FIELDS = st.lists(
    st.tuples(NAMES, st.lists(NAMES, max_size=2)), min_size=1, max_size=6, unique_by=lambda field: field[0]
)
FROZEN = st.lists(NAMES, max_size=4, unique=True).map(lambda names: Schema((*names, "", ""), ()))


def kind(fields: list[tuple[str, list[str]]]) -> NoteType:
    """Return a type with these fields, each with its former names."""
    card = Card(id="x", front="@{a}", back="b")
    return NoteType(fields=tuple(Field(name=name, was=tuple(was)) for name, was in fields), card=(card,))


@law(200)
@given(FIELDS, FROZEN)
def test_places_are_for_ever(fields: list[tuple[str, list[str]]], frozen: Schema) -> None:
    """A field stays at its place under its own name, a new one, or one that is lost; others take spare places."""
    placed = field_places(kind(fields), frozen)
    former = dict(fields)
    assert len(placed.names) == len(frozen.fields)
    for name, now in zip(frozen.fields, placed.names, strict=True):
        if name:
            assert now == name or name in former[now]
            assert (name in placed.lost) is (name == now and name not in former)
    assert {name for name, _ in fields} == (set(placed.names) - {""} - set(placed.lost)) | set(
        placed.without_place
    )
    assert not placed.without_place or "" not in placed.names
    there = [name for name in placed.names if name]
    assert len(there) == len(set(there))


@law(30)
@given(FIELDS)
def test_a_first_lock_has_the_order_of_the_author(fields: list[tuple[str, list[str]]]) -> None:
    """Without a lock, fields have the order in which they are written, with spare places behind them."""
    names = tuple(name for name, _ in fields)
    assert field_places(kind(fields), None) == ((*names, *[""] * SPARE_FIELDS), (), ())
