"""Hypothesis strategies for locks."""

from __future__ import annotations

from hypothesis import strategies as st

from deckgen.adopted import AdoptedField, AdoptedTemplate, AdoptedType, is_media_name
from deckgen.identity import (
    Lock,
    LockedAdoption,
    LockedMedium,
    LockedNote,
    LockedType,
    Release,
    Retirement,
    Schema,
    SchemaCard,
    guid,
)
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


big_ids = st.integers(-(2**63), 2**63 - 1).filter(bool)
maybe_ids = st.one_of(st.none(), big_ids)


@st.composite
def adoptions(draw: st.DrawFn) -> tuple[Schema, AdoptedType]:
    """Any note type that was taken over, with its places."""
    fields = draw(st.lists(names.filter(bool), min_size=1, max_size=3, unique=True))
    templates = draw(st.lists(words, min_size=1, max_size=2, unique=True))
    schema = Schema(tuple(fields), tuple(SchemaCard(name) for name in templates))
    return schema, AdoptedType(
        id=draw(big_ids),
        fields=tuple(
            AdoptedField(name=name, id=draw(maybe_ids), font=draw(anything), description=draw(anything))
            for name in fields
        ),
        templates=tuple(
            AdoptedTemplate(name=name, id=draw(maybe_ids), browser_front=draw(anything)) for name in templates
        ),
        latex_pre=draw(anything),
        stock_kind=draw(st.one_of(st.none(), st.integers(0, 9))),
    )


@st.composite
def locks(draw: st.DrawFn) -> Lock:
    """Any lock that is sorted and holds no id twice."""
    ids = sorted(draw(st.sets(words, max_size=6)))
    keys = sorted(draw(st.sets(words, max_size=3)))
    own = sorted(draw(st.sets(words, max_size=2)))
    adopted = {key: draw(adoptions()) for key in sorted(draw(st.sets(words, max_size=2))) if key not in own}
    types = {
        item_id: draw(st.one_of(words, st.sampled_from(sorted(adopted)) if adopted else words))
        for item_id in ids
    }
    media = sorted(draw(st.sets(words.filter(is_media_name), max_size=3)))
    all_schemas = {key: draw(schemas) for key in own} | {key: schema for key, (schema, _) in adopted.items()}
    return Lock(
        Release(draw(numbers), draw(anything), draw(counts)),
        tuple(
            LockedNote(
                item_id,
                draw(anything) if types[item_id] in adopted else guid("p", item_id),
                draw(numbers),
                types[item_id],
                draw(st.one_of(st.just(""), hashes)),
                draw(hashes),
                draw(numbers),
                draw(anything),
                draw(states),
                draw(counts),
            )
            for item_id in ids
        ),
        tuple(LockedType(key, draw(hashes), draw(counts)) for key in keys),
        tuple(LockedSchema(key, schema) for key, schema in sorted(all_schemas.items())),
        tuple(LockedAdoption(key, kind) for key, (_, kind) in sorted(adopted.items())),
        tuple(LockedMedium(name, draw(hashes)) for name in media),
    )
