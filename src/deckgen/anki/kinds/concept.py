"""Concept: a term and its definition, asked in both directions, with the tables that compare it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deckgen.anki.kind import Kind

if TYPE_CHECKING:
    from deckgen.anki.pen import Pen
    from deckgen.core import Concept, Table


def write(item: Concept, pen: Pen) -> tuple[str, ...]:
    """Write the term, its definition and the tables, in each of which its own column stands first."""
    return (
        pen.plain(item.term),
        pen.block(item.definition),
        pen.block(item.example) if item.example else "",
        pen.plain(pen.words["list-comma"].join(item.aliases)),
        "\n".join(_comparison(pen.tables[id_], item.id, pen) for id_ in item.tables),
    )


def _comparison(table: Table, concept: str, pen: Pen) -> str:
    own = table.between.index(concept)
    columns = [own, *(column for column in range(len(table.between)) if column != own)]
    rows = [
        (
            pen.inline(row.aspect),
            [(pen.attribute(table.terms[column]), pen.inline(row.cells[column].text)) for column in columns],
        )
        for row in table.rows
    ]
    terms = [pen.plain(table.terms[column]) for column in columns]
    return pen.fill("concept", "comparison", pen.inline(table.title), terms, rows)


KIND = Kind(
    name="concept",
    own=("Term", "Definition", "Example", "Aliases", "Comparison"),
    cards=("anki-side-term", "anki-side-definition"),
    tasks=("anki-task-term", "anki-task-definition"),
    write=write,
)
