"""The schema of a note type that an author made: which field and which card has which place. Places never change.

Anki never again updates the notes of a note type whose fields or cards were added, removed or reordered. So a type has
spare places from its first release on, and what is added later takes one of them.
"""

from __future__ import annotations

import re

import msgspec

#: Spare places for fields, and for cards, that a type has after its first ones.
SPARE_FIELDS = 6
SPARE_CARDS = 6
#: What would end the name of a field in one of Anki's templates.
_BAD = re.compile(r'[:"{}\x00-\x1f\x7f-\x9f]')


class SchemaCard(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """A place for a card; without an id it is spare."""

    id: str = ""
    #: Names of the fields that must be filled for a note to have it.
    needs: tuple[str, ...] = ()


class Schema(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a note type has, by place."""

    #: Names; empty where a place is spare.
    fields: tuple[str, ...]
    cards: tuple[SchemaCard, ...]
    #: Name of the field whose gaps are asked for; empty where it is not a cloze.
    cloze: str = ""

    def __post_init__(self) -> None:
        """Check what notes and templates rely on: a lock may come from anybody.

        Raises:
            ValueError: if something has two places, a field has a name that Anki cannot have, or none has the gaps.
        """
        if _twice([*self.fields]) or _twice([*_ids(self)]):
            raise ValueError("something has two places")
        if any(map(_BAD.search, self.fields)):
            raise ValueError("no field can have such a name in Anki")
        if self.cloze and self.cloze not in self.fields:
            raise ValueError("no field has the gaps")


class LockedSchema(msgspec.Struct, frozen=True):
    """The schema of a note type by its key."""

    key: str
    schema: Schema


def fold_schemas(one: Schema, other: Schema) -> Schema | None:
    """Fold two schemas of one type as two branches left them; None where they gave one place to two things."""
    if len(one.fields) != len(other.fields) or len(one.cards) != len(other.cards):
        return None
    if bool(one.cloze) is not bool(other.cloze):
        return None
    fields = [_either(*pair) for pair in zip(one.fields, other.fields, strict=True)]
    ids = [_either(*pair) for pair in zip(_ids(one), _ids(other), strict=True)]
    if None in fields or None in ids or _twice(fields) or _twice(ids):
        return None
    cards = tuple(mine if mine.id else theirs for mine, theirs in zip(one.cards, other.cards, strict=True))
    return Schema(tuple(name or "" for name in fields), cards, one.cloze)


def _ids(schema: Schema) -> list[str]:
    return [card.id for card in schema.cards]


def _either(one: str, other: str) -> str | None:
    return one or other if not one or not other or one == other else None


def _twice(names: list[str | None]) -> bool:
    there = [name for name in names if name]
    return len(there) != len(set(there))
