"""Hypothesis strategies for locks."""

from __future__ import annotations

from hypothesis import strategies as st

from deckgen.identity import Lock, LockedNote, LockedType, Release, Retirement, Schema, SchemaCard, guid
from deckgen.identity.schema import LockedSchema

anything = st.text(max_size=12)
words = st.text(min_size=1, max_size=12)
numbers = st.integers(1, 10**15 - 1)
hashes = st.text("0123456789abcdef", min_size=24, max_size=24)
retirements = st.builds(
    Retirement,
    st.integers(1, 99),
    st.lists(anything, max_size=3).map(tuple),
    st.lists(anything, max_size=3).map(tuple),
)
counts = st.one_of(st.just(0), numbers)
states = st.one_of(st.just("live"), st.just("gone"), retirements)


cards = st.builds(SchemaCard, anything, st.lists(anything, max_size=2).map(tuple))
names = st.text(st.characters(exclude_characters=':"{}', exclude_categories=["C"]), max_size=12)
schemas = st.builds(
    Schema,
    st.lists(names, max_size=3, unique=True).map(tuple),
    st.lists(cards, max_size=3, unique_by=lambda card: card.id).map(tuple),
)


@st.composite
def locks(draw: st.DrawFn) -> Lock:
    """Any lock that is sorted and holds no id twice."""
    ids = sorted(draw(st.sets(words, max_size=6)))
    keys = sorted(draw(st.sets(words, max_size=3)))
    own = sorted(draw(st.sets(words, max_size=2)))
    return Lock(
        Release(draw(numbers), draw(anything), draw(counts)),
        tuple(
            LockedNote(
                item_id,
                guid("p", item_id),
                draw(numbers),
                draw(words),
                draw(st.one_of(st.just(""), hashes)),
                draw(hashes),
                draw(numbers),
                draw(anything),
                draw(states),
                draw(counts),
            )
            for item_id in ids
        ),
        tuple(LockedType(key, draw(hashes), draw(numbers)) for key in keys),
        tuple(LockedSchema(key, draw(schemas)) for key in own),
    )
