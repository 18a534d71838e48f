"""What a note says is hashed from what its author wrote: all of it, and the same for ever."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec.structs import fields, replace

from anki_reviewer import TEMPLATES
from anki_samples import TABLE, WIDE_TABLE, bare, course, full
from deckgen.anki.content import content_hash
from deckgen.anki.field_writer import FieldWriter
from deckgen.anki.note import note
from deckgen.core import (
    Cell,
    Choice,
    Citation,
    Gap,
    Html,
    Item,
    Option,
    Pair,
    Table,
    in_source_order,
    item_digest,
)
from deckgen.identity import html_hash
from deckgen.text import Medium, Renderer

TABLES = {table.id: table for table in (TABLE, WIDE_TABLE)}
WRITER = FieldWriter(course(), Renderer(Medium.ANKI, lambda path: path), TEMPLATES)
ITEMS = {f"full {name}": item for name, item in full().items()} | {
    f"bare {name}": item for name, item in bare().items()
}


def hashed(item: Item, language: str = "en", pictures: tuple[str, ...] = (), **tables: Table) -> str:
    return content_hash(item, TABLES | tables, language, pictures)


def html(item: Item) -> str:
    made = note(item, WRITER)
    return html_hash(made.kind, made.fields, made.tags)


def variants(value: Any) -> Iterator[Any]:
    """Give values that are another, each in one respect."""
    match value:
        case bool():
            yield not value
        case str():
            yield f"{value}1"
        case int() | float():
            yield value + 1
        case tuple():
            yield value[1:]
            yield value[::-1]
            for number, inner in enumerate(value):
                yield from ((*value[:number], other, *value[number + 1 :]) for other in variants(inner))
        case msgspec.Struct():
            for field in fields(value):
                for other in variants(getattr(value, field.name)):
                    yield replace(value, **{field.name: other})


def test_hashes_never_change(expect_file: Callable[[Path, str], None]) -> None:
    """Another way of hashing would send every note of every project again: no line of the file may ever be edited.

    An item may get further fields, with defaults; then lines are added for items that have them.
    """
    lines = [f"{hashed(item)} {name}" for name, item in ITEMS.items()]
    expect_file(Path(__file__).parent / "expected/content-hashes.txt", "\n".join(lines) + "\n")


@pytest.mark.parametrize("name", ITEMS)
def test_whatever_a_note_shows_counts(name: str) -> None:
    """Every change of an item that changes its note's HTML changes its hash."""
    item = ITEMS[name]
    seen = 0
    for field in fields(item):
        if field.name in ("id", "tables", "multiple"):
            continue
        values = list(variants(getattr(item, field.name))) or ["new"]
        if field.name == "verdict":
            values = [verdict for verdict in ("misleading", "vague") if verdict != item.verdict]
        for value in values:
            try:
                other = replace(item, **{field.name: value})
                differs = html(other) != html(item)
            except (ValueError, TypeError, IndexError, AttributeError, KeyError):
                # Not every value is one that an author's text could be lowered to.
                continue
            seen += 1
            if differs:
                assert hashed(other) != hashed(item), (field.name, value)
    assert seen > 8


def test_a_compared_concept_shows_its_tables() -> None:
    """A concept's note shows tables: what is in them counts, and so does where its own column stands."""
    concept = full()["concept"]
    for changed in (
        replace(TABLE, title="Ports"),
        replace(TABLE, terms=("Socket", "Ports")),
        replace(TABLE, between=("port", "socket")),
        replace(TABLE, rows=TABLE.rows[:1]),
        replace(TABLE, rows=(replace(TABLE.rows[0], aspect="Nature"), TABLE.rows[1])),
    ):
        assert hashed(concept, **{TABLE.id: changed}) != hashed(concept)
    assert hashed(concept, **{TABLE.id: replace(TABLE, intro="Not shown on cards.")}) == hashed(concept)


@pytest.mark.parametrize(
    "unseen",
    [
        {"id": "other"},
        {"deck": "Other"},
        {"file": "other"},
        {"was": ("old",)},
        {"points": 3},
        {"cell": "a/b/c"},
        {"in_deck": False},
    ],
    ids=str,
)
def test_what_no_note_shows_does_not_count(unseen: dict[str, Any]) -> None:
    """An id, a deck, a file or points are not part of what a note says: a renamed item is no changed one."""
    for item in ITEMS.values():
        if "id" in unseen and getattr(item, "tables", ()):
            continue
        assert hashed(replace(item, **unseen)) == hashed(item)


def test_lines_on_paper_do_not_count() -> None:
    """How many lines paper leaves for an answer changes no note."""
    item = ITEMS["full open"]
    assert hashed(replace(item, lines=9)) == hashed(item)


def test_what_answer_sheets_alone_say_of_options_does_not_count() -> None:
    """Where an option stands in the source, and which misconception is behind it, changes no note."""
    item = ITEMS["full choice"]
    options = tuple(replace(option, misconception="m") for option in in_source_order(item.options))
    assert hashed(replace(item, options=options)) == hashed(item)


def test_order_and_repetition_of_tags_do_not_count() -> None:
    """Tags are a set to Anki; the difficulty is one of them."""
    item = ITEMS["full short"]
    one, other = (replace(item, tags=tags, difficulty="hard") for tags in (("b", "a"), ("a", "b", "a")))
    assert hashed(one) == hashed(other) == hashed(replace(item, tags=("a", "b", "difficulty::hard")))
    assert hashed(one) != hashed(item)


def test_the_bytes_of_pictures_and_the_language_count() -> None:
    """A picture with other bytes is another content, and so are words of another language."""
    item = ITEMS["full choice"]
    assert len({hashed(item), hashed(item, pictures=("aa",)), hashed(item, pictures=("ab",))}) == 3
    assert hashed(item, pictures=("aa", "ab")) == hashed(item, pictures=("ab", "aa"))
    assert hashed(item, language="de") != hashed(item)


def test_raw_html_is_not_markdown() -> None:
    """The same letters as Markdown and as raw HTML are different texts."""
    item = ITEMS["full open"]
    assert hashed(replace(item, model=Html("x"))) != hashed(replace(item, model="x"))


def test_a_default_that_was_computed_is_a_default() -> None:
    """A value that is equal to a default is hashed as if it was not given, however it came about.

    msgspec leaves out what *is* the default: in parts of items that must be a value of which there is only one.
    """
    empty = "".join(part for part in ("",))
    bare_option, given = Option("a", True), Option("a", True, empty + empty, bool(int("0")))
    one, other = (
        Choice(id="c", deck="D", file="f", prompt="p", options=(option,)) for option in (bare_option, given)
    )
    assert hashed(one) == hashed(other)
    for part in (Option, Gap, Pair, Cell, Citation):
        for field in fields(part):
            assert field.default in (msgspec.NODEFAULT, "", (), False, None), (part, field.name)


def test_every_part_of_an_item_counts_for_its_digest() -> None:
    """`item_digest` is a key for what any target makes of an item: nothing of it is left out."""
    digests = set()
    for item in ITEMS.values():
        digests.add(item_digest(item))
        digests.update(
            item_digest(replace(item, **{name: value}))
            for name, value in (
                ("deck", "X"),
                ("file", "x"),
                ("points", 9),
                ("cell", "x"),
                ("in_deck", False),
            )
        )
    assert len(digests) == 6 * len(ITEMS)


def test_fixed_words_of_made_questions_do_not_count() -> None:
    """They may be put better in another version; what they ask about counts, wherever it is shown."""
    head = {"deck": "D", "file": "f"}
    which = Choice(
        **head,
        id=f"{TABLE.id}/nature/which/port",
        cell=f"{TABLE.id}/nature/port",
        prompt="What it is: of which does this hold?",
        options=(Option("Port", right=True), Option("Socket", right=False, why="This holds of Socket.")),
    )
    better = replace(
        which,
        prompt="What it is: Which one is described?",
        options=(Option("Port", right=True), Option("Socket", right=False, why="This describes Socket.")),
    )
    assert hashed(which) == hashed(better)
    row = TABLE.rows[0]
    for changed in (
        replace(TABLE, rows=(replace(row, aspect="Nature"), *TABLE.rows[1:])),
        replace(TABLE, rows=(replace(row, cells=row.cells[::-1]), *TABLE.rows[1:])),
        replace(TABLE, terms=("Sockets", "Port")),
    ):
        assert hashed(which, **{TABLE.id: changed}) != hashed(which)
    other_cell = replace(
        which,
        id=f"{TABLE.id}/nature/which/socket",
        cell=f"{TABLE.id}/nature/socket",
        options=which.options[::-1],
    )
    assert hashed(other_cell) != hashed(which)
    own = replace(which, id="of-an-author", prompt="Which?")
    assert hashed(replace(own, prompt="What?")) != hashed(own)
