"""Concept: a term and its definition, asked in both directions, with the tables that compare it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deckgen.anki.kind import Kind
from deckgen.text.ruby import base

if TYPE_CHECKING:
    from deckgen.anki.field_writer import FieldWriter
    from deckgen.core import Concept, Table


def write(item: Concept, writer: FieldWriter) -> tuple[str, ...]:
    """Write the term, its definition and the tables, each with its own column first."""
    return (
        writer.term(item.term),
        writer.block(item.definition),
        writer.block(item.example) if item.example else "",
        writer.term(writer.words["list-comma"].join(item.aliases)),
        "\n".join(_comparison(writer.tables[id_], item.id, writer) for id_ in item.tables),
    )


def _comparison(table: Table, concept: str, writer: FieldWriter) -> str:
    own = table.between.index(concept)
    columns = [own, *(column for column in range(len(table.between)) if column != own)]
    rows = [
        (
            writer.inline(row.aspect),
            [
                (writer.attribute(base(table.terms[column])), writer.on_request(row.cells[column].text))
                for column in columns
            ],
        )
        for row in table.rows
    ]
    terms = [writer.term(table.terms[column]) for column in columns]
    return writer.fill("concept", "comparison", writer.inline(table.title), terms, rows)


KIND = Kind(
    name="concept",
    own=("Term", "Definition", "Example", "Aliases", "Comparison"),
    cards=("anki-side-term", "anki-side-definition"),
    tasks=("anki-task-term", "anki-task-definition"),
    spoken={"term": "Term", "definition": "Definition", "example": "Example"},
    write=write,
)
