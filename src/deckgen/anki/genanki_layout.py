"""What genanki gives a package: schema, collection, decks and note types; no other module imports it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from typing import Any

import genanki
from genanki.apkg_col import APKG_COL
from genanki.apkg_schema import APKG_SCHEMA

from deckgen.anki import adopted
from deckgen.anki.layout import Layout, StampedType, deck_id


def new_layout(types: Sequence[StampedType], decks: Mapping[str, str]) -> Layout:
    """Return the layout for note types, and for decks with their descriptions by full name."""
    statements = [part.strip() for part in APKG_SCHEMA.split(";\n") if part.strip()]
    indexes = [statement for statement in statements if statement.startswith("CREATE INDEX")]
    made = [genanki.Deck(deck_id(name), name, description) for name, description in decks.items()]
    home = made[0].deck_id if made else 1
    row = _default_row()
    row |= {
        "decks": json.dumps(json.loads(row["decks"]) | {str(deck.deck_id): deck.to_json() for deck in made}),
        "models": json.dumps(
            {str(kind.note_type.id): _Model(kind).to_json(0, home) for kind in types},
        ),
    }
    return Layout(
        tables=[statement for statement in statements if statement not in indexes],
        indexes=indexes,
        row=[*row.values()],
        decks={deck.name: deck.deck_id for deck in made},
    )


class _Model(genanki.Model):  # type: ignore[misc]  # genanki has no types
    """A note type with the ids of its fields and templates, and its own stamp."""

    def __init__(self, stamped: StampedType) -> None:
        kind = stamped.note_type
        super().__init__(
            model_id=kind.id,
            name=kind.name,
            fields=[
                {"name": field.name, "collapsed": field.folded, "rtl": kind.rtl} | _id(field.id)
                for field in kind.fields
            ],
            templates=[
                {"name": template.name, "qfmt": template.front, "afmt": template.back}
                | _id(template.id)
                | ({"did": deck_id(template.deck)} if template.deck else {})
                for template in kind.templates
            ],
            css=kind.style,
            sort_field_index=kind.sort,
            model_type=self.CLOZE if kind.cloze else self.FRONT_BACK,
        )
        self._mod = stamped.mod
        self._adopted = kind.adopted
        # Anki computes its own; genanki would take seconds for it.
        self._req: list[Any] = [[ord_, "any", [0]] for ord_ in range(len(kind.templates))]

    def to_json(self, _timestamp: float, deck_id: int) -> dict[str, Any]:
        made: dict[str, Any] = super().to_json(self._mod, deck_id)
        return made if self._adopted is None else adopted.json_of(self._adopted, made)


def _id(id_: int | None) -> dict[str, int]:
    """Return the id of a field or template as JSON: Anki compares names where there is none."""
    return {} if id_ is None else {"id": id_}


def _default_row() -> dict[str, Any]:
    """Return the row of the table `col` that genanki starts with."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.row_factory = sqlite3.Row
        connection.executescript(APKG_SCHEMA + APKG_COL)
        return dict(connection.execute("SELECT * FROM col").fetchone())
