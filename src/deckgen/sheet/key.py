"""The answer key of a sheet: a marking table, and every answer with its reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from deckgen.core import Citation, Item, Text
from deckgen.sheet.version import Question, Version
from deckgen.text import Medium, stylesheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from deckgen.core import Refutation, Table

#: Widths in letters of a page and of the columns of the marking table.
_PAGE_WIDTH, _NUMBER_WIDTH, _CODE_WIDTH, _POINTS_WIDTH = 84, 5, 8, 8
#: Solutions longer than this break into lines rather than send versions to a separate table.
_LONG = 9
#: Of an answer that is shown alone.
_KEY_STYLE = """
html { background: #fff; color: #000; } body { margin: 0; font: 1rem/1.5 Charter, Georgia, serif; }
h3 { margin: 0 0 .4em; font: 600 .95rem/1.4 system-ui, sans-serif; } p { margin: 0 0 .5em; }
img, svg { max-width: 100%; } .label, .also { font: .85rem system-ui, sans-serif; color: #555; }
"""
#: Rows of the marking table that stay together where tables stand side by side: of long quizzes, of others.
_ROWS, _MOST_ROWS = 10, 25


class Block(msgspec.Struct, frozen=True):
    """Rows of the marking table that stay together, for versions side by side."""

    versions: tuple[Version, ...]
    #: A row has the question of its number in each version.
    rows: tuple[tuple[Question, ...], ...]


class Marking(msgspec.Struct, frozen=True):
    """The marking table."""

    blocks: tuple[Block, ...]
    #: How many blocks fit side by side.
    columns: int
    #: Whether points differ, and so must be said.
    show_points: bool


class FromTable(msgspec.Struct, frozen=True):
    """Where in a comparison table a question comes from; a whole row where `term` is empty."""

    title: Text
    aspect: Text
    term: str = ""
    text: Text = ""


class Entry(msgspec.Struct, frozen=True):
    """An item in the full key, with the question that each version made of it.

    Where versions have other numbers, each of them has an entry.
    """

    item: Item
    #: `(version, question)` for each version that asks it so, in their order.
    asked: tuple[tuple[Version, Question], ...]
    table: FromTable | None
    sources: tuple[Citation, ...]


def marking(versions: Sequence[Version]) -> Marking:
    """Return the marking table of all versions side by side, as many as a page is wide."""
    show_points = versions[0].questions[0].shows_points
    longest = max(len(q.arrangement.solution) for version in versions for q in version.questions)
    more = 2 + show_points * _POINTS_WIDTH
    fit = (_PAGE_WIDTH - _NUMBER_WIDTH) // max(_CODE_WIDTH, min(longest, _LONG) + more)
    across = _NUMBER_WIDTH + len(versions) * max(_CODE_WIDTH, longest + more)
    columns = min(4, max(1, _PAGE_WIDTH // across))
    count = len(versions[0].questions)
    size = -(-count // columns)
    return Marking(
        blocks=tuple(
            block
            for side in _even(versions, fit)
            for block in _blocks(side, size if columns == 1 or size <= _MOST_ROWS else _ROWS)
        ),
        columns=columns,
        show_points=show_points,
    )


def _even(versions: Sequence[Version], most: int) -> Iterator[tuple[Version, ...]]:
    """Split versions into groups of about the same size, `most` at most."""
    groups = -(-len(versions) // most)
    for group in range(groups):
        yield tuple(versions[group * len(versions) // groups : (group + 1) * len(versions) // groups])


def _blocks(versions: tuple[Version, ...], size: int) -> Iterator[Block]:
    rows = tuple(zip(*(version.questions for version in versions), strict=True))
    for start in range(0, len(rows), size):
        yield Block(versions, rows[start : start + size])


def entries(
    tables_of: Iterable[Table], refutations: Iterable[Refutation], versions: Sequence[Version]
) -> tuple[Entry, ...]:
    """Return the full key in the order of the first version."""
    tables = {table.id: table for table in tables_of}
    corrects = {refutation.id: refutation.corrects for refutation in refutations}
    by_name = [{q.item.lasting_name: q for q in version.questions} for version in versions]
    return tuple(
        Entry(
            item=item,
            asked=asked,
            table=_from_table(item.cell or corrects.get(item.id, ""), tables),
            sources=tuple(dict.fromkeys(_sources(item))),
        )
        for question in versions[0].questions
        for item, asked in _by_item(
            [
                (version, named[question.item.lasting_name])
                for version, named in zip(versions, by_name, strict=True)
            ]
        )
    )


def _by_item(
    asked: Sequence[tuple[Version, Question]],
) -> Iterator[tuple[Item, tuple[tuple[Version, Question], ...]]]:
    """Group the questions that versions make of an item by its numbers."""
    left = list(asked)
    while left:
        item = left[0][1].item
        yield item, tuple(each for each in left if each[1].item == item)
        left = [each for each in left if each[1].item != item]


def _sources(item: Item) -> Iterator[Citation]:
    yield from item.citations
    for cell in getattr(item, "cells", ()):
        yield from cell.citations


def _from_table(cell: str, tables: dict[str, Table]) -> FromTable | None:
    """Find `table/row/concept` or `table/row`; None where it names something else."""
    name, _, rest = cell.partition("/")
    row_name, _, concept = rest.partition("/")
    table = tables.get(name)
    row = table and next((row for row in table.rows if row.id == f"{name}/{row_name}"), None)
    if not table or not row:
        return None
    found = next((cell for cell in row.cells if cell.concept == concept), None)
    if not found:
        return FromTable(table.title, row.aspect)
    return FromTable(table.title, row.aspect, found.term, found.text)


def key_page(entry: str) -> bytes:
    """Return an answer of the key, as the JSON of answer sheets has it, as a page that stands alone."""
    style = stylesheet(Medium.PAPER)
    return (
        '<!doctype html>\n<html lang="">\n<meta charset="utf-8">\n<title>Key</title>\n'
        f"<style>{_KEY_STYLE}{style}</style>\n<main>\n{entry}\n</main>\n"
    ).encode()
