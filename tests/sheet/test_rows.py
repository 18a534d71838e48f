"""Comparison tables on sheets: chosen cells are left empty, the others are filled in."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from deckgen import core
from deckgen.compiler.compile import Compiled, compile_project
from deckgen.reading import Snapshot
from deckgen.sheet import export
from deckgen.sheet.plan import plan
from deckgen.sheet.rows import printed_rows
from deckgen.templating.own import templates_of
from sheet.paper import read
from sheet.quizzes import course, head, table, whole

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

TEMPLATES = templates_of({})
TABLE = table()


def rows_of(*names: str) -> tuple[core.Contrast, ...]:
    """Return the questions made from rows of the table."""
    return tuple(
        core.Contrast(
            **head(f"{row.id}/contrast", cell=row.id), title=TABLE.title, aspect=row.aspect, cells=row.cells
        )
        for row in TABLE.rows
        if row.id.partition("/")[2] in names
    )


def made(asked: Sequence[core.Item], elsewhere: Sequence[core.Item] = (), **options: object) -> core.Course:
    """Return a course whose sheet asks `asked` in a section with `options`, and the rest in another."""
    sections = tuple(
        core.Section(tuple(item.id for item in items), **more)
        for items, more in ((asked, options), (elsewhere, {}))
    )
    items = (*asked, *elsewhere)
    return course(items, whole(items, sections=sections, versions=1))


def printed(each: core.Course) -> list[tuple[str, str]]:
    """Return the rows of the first section's table: aspect, and `_` or `x` for each cell, empty or not."""
    (version,) = plan(each, each.sheets[0])
    part = version.parts[0]
    rows = printed_rows(part.groups[0], part, version, {TABLE.id: TABLE})
    return [(str(row.aspect), "".join("_" if cell.blank else "x" for cell in row.cells)) for row in rows]


def test_rows_stand_alone_and_empty() -> None:
    """Where a section says nothing else."""
    assert printed(made(rows_of("made-by", "how-many"))) == [("Made by", "__"), ("How many", "__")]


def test_a_whole_table_shows_the_other_rows() -> None:
    """In the order of the table."""
    assert printed(made(rows_of("made-by"), whole_tables=True)) == [
        ("Identified by", "xx"),
        ("Made by", "__"),
        ("How many", "xx"),
    ]


def test_a_whole_table_gives_no_answer_away() -> None:
    """Rows that the sheet asks about elsewhere, whatever the question, are left out."""
    other = core.Short(
        **head("other", cell="socket-vs-port/how-many/port"), prompt="How many?", answer="65,536"
    )
    both = made(rows_of("made-by"), (*rows_of("identified-by"), other), whole_tables=True)
    assert printed(both) == [("Made by", "__")]


def test_columns_can_be_chosen() -> None:
    """Cells of the concepts in `blank` are empty; concepts of other tables do not count."""
    assert printed(made(rows_of("made-by"), blank=("port", "host"))) == [("Made by", "x_")]
    assert printed(made(rows_of("made-by"), blank=("host",))) == [("Made by", "__")]


def test_paper_shows_what_is_given_and_hides_what_is_asked(print_pdf: Callable[[bytes], bytes]) -> None:
    """The answers stand nowhere on the sheet, and each empty cell is a field with a name."""
    page = export(made(rows_of("made-by"), whole_tables=True, blank=("port",)), TEMPLATES, {})[
        "sheets/quiz/A.html"
    ]
    text = read(print_pdf(page)).text
    assert "The program, by calling" in text
    assert "65,536 for each transport protocol" in text
    assert "Nobody" not in text
    assert "Nobody" not in page.decode()
    assert re.findall(r'<textarea[^>]*aria-label="([^"]*)"', page.decode()) == ["Question 1: Port"]


_CARDS = """
[deck]
name = "Sums"
[[concept]]
id = "sum"
term = "Sum"
definition = "What addition gives."
[[concept]]
id = "product"
term = "Product"
definition = "What multiplication gives."
[[comparison]]
id = "both"
title = "Sum and product"
between = ["sum", "product"]
[[comparison.row]]
id = "sign"
aspect = "Sign"
sum = "+"
product = "×"
[[sheet]]
id = "test"
title = "Test"
[[sheet.section]]
from = ["both/sign/contrast"]
whole_tables = true
blank = ["product"]
"""


def compiled(cards: str) -> Compiled:
    project = 'id = "sample"\ntitle = "Sample"\n'
    snapshot = Snapshot(root=Path(), project=project, cards={"cards/sums.toml": cards}, lock=None)
    return compile_project(snapshot, lambda _: None, list)


def test_authors_choose_tables_and_columns() -> None:
    """`whole_tables` and `blank` of a section reach the sheet."""
    made = compiled(_CARDS)
    assert not made.diagnostics
    assert made.course
    (section,) = made.course.sheets[0].sections
    assert (section.whole_tables, section.blank) == (True, ("product",))


def test_a_column_must_be_a_concept() -> None:
    """A slip in `blank` is reported, with what was meant."""
    (found,) = compiled(_CARDS.replace('blank = ["product"]', 'blank = ["produkt"]')).diagnostics
    assert (found.code, found.label) == ("unknown-concept", "did you mean `product`?")
    assert found.place.path == ("sheet", 0, "section", 0, "blank", 0)
