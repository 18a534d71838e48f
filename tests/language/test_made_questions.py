"""Questions made from comparison tables, from TOML to the core language."""

from __future__ import annotations

from pathlib import Path

from deckgen import core
from deckgen.compiler.compile import compile_project
from deckgen.reading import Snapshot
from deckgen.text import Medium, Renderer
from text.pages import Page

TABLE = """\
[deck]
name = "Shapes"

[[concept]]
id = "circle"
term = "Circle"
definition = "…"

[[concept]]
id = "square"
term = "Square"
definition = "…"

[[concept]]
id = "line"
term = "Line"
definition = "…"

[[comparison]]
id = "shapes"
title = "Shapes"
between = ["circle", "square", "line"]
make = ["cell"]
row = [
  { id = "corners", aspect = "Corners", circle = "none", square = "four", line = "none" },
  { id = "closed", aspect = "Closed", circle = "yes", square = "yes", line = "no" },
  { id = "sides", aspect = "Sides", circle = "one", square = "four", line = "two" },
]
"""


def _made(table: str = TABLE) -> dict[str, core.Choice]:
    snapshot = Snapshot(
        root=Path(),
        project='id = "shapes-course"\ntitle = "Shapes"\n',
        cards={"cards/shapes.toml": table},
        lock=None,
    )
    compiled = compile_project(snapshot, lambda _: None, list)
    assert compiled.course is not None, compiled.diagnostics
    return {item.id: item for item in compiled.course.items if isinstance(item, core.Choice)}


def _wrong(question: core.Choice) -> list[tuple[str, str]]:
    return [(str(option.text), option.why) for option in question.options if not option.right]


def test_no_wrong_option_holds_of_the_concept_asked_about():
    """What another row says of the same concept is true of it, and so no distractor."""
    holds = {
        "circle": {"none", "yes", "one"},
        "square": {"four", "yes"},
        "line": {"none", "no", "two"},
    }
    made = _made()

    assert len(made) == 9
    for id_, question in made.items():
        assert not holds[id_.rpartition("/")[2]] & {text for text, _ in _wrong(question)}, id_


def test_distractors_come_from_the_same_row_first_and_say_of_what_they_hold():
    """Cells of the same row are the likeliest to be mixed up; each wrong option names its concept."""
    made = _made()

    assert _wrong(made["shapes/corners/cell/square"]) == [
        ("none", "This describes Circle."),
        ("no", "This describes Line."),
        ("one", "This describes Circle."),
    ]
    assert _wrong(made["shapes/sides/cell/line"]) == [
        ("one", "This describes Circle."),
        ("four", "This describes Square."),
        ("yes", "This describes Circle."),
    ]


def test_an_aspect_that_is_a_question_keeps_its_mark():
    """After any other aspect stands a colon; nothing reads "Closed?: Which one …"."""
    made = _made(TABLE.replace('"Closed"', '"Is it closed?"').replace('["cell"]', '["cell", "which"]'))

    assert made["shapes/corners/which/line"].prompt.startswith("Corners: Which one is described?\n")
    assert made["shapes/closed/cell/line"].prompt == "Is it closed? Which description fits **Line**?"


def test_options_keep_their_place_in_the_source_and_their_misconception():
    """Answers first, then distractors, then what stays last is moved; made questions count what was made."""
    made = _made(
        TABLE.replace(
            "[[comparison]]",
            """[[question]]
id = "corners"
type = "choice"
prompt = "How many corners has a square?"
answer = "none of these"
distractors = ["one", { text = "no", misconception = "round" }, "all", "two"]
last = ["all", "none of these"]

[[misconception]]
id = "round"
claim = "Squares are round."
correction = "They are not."

[[comparison]]""",
            1,
        )
    )
    assert [(o.text, o.source, o.misconception) for o in made["corners"].options] == [
        ("one", 1, ""),
        ("no", 2, "round"),
        ("two", 4, ""),
        ("all", 3, ""),
        ("none of these", 0, ""),
    ]
    assert [o.source for o in made["shapes/corners/cell/circle"].options] == [0, 1, 2, 3]


def test_a_cell_of_one_line_stays_one():
    """Quoted below its question, and below an aspect like a heading, a cell shows what was typed: `- 1` is no list."""
    table = TABLE.replace('["cell"]', '["which"]').replace('"Corners"', '"# of corners"')
    for cell in ("- 1", "+ 1", "# 1", "1914. War.", "> 1", "---"):
        question = _made(table.replace('line = "none"', f'line = "{cell}"'))["shapes/corners/which/line"]
        page = Page(Renderer(Medium.SCREEN, str).block(question.prompt))
        assert page.text.split() == f"# of corners: Which one is described? {cell}".split()
        assert [tag for tag, _ in page.tags] == ["p", "blockquote", "p"]


def test_a_term_is_shown_as_it_is_written():
    """Terms are plain text: `__init__` is not bold in questions either, and what reads the same is left alone."""
    table = TABLE.replace('"Circle"', '"__init__"').replace('"Line"', '"C & *x"')
    made = _made(table.replace('["cell"]', '["cell", "which"]'))
    inline = Renderer(Medium.SCREEN, str).inline
    options = [str(option.text) for option in made["shapes/corners/which/square"].options]
    assert [Page(inline(text)).text for text in options] == ["Square", "__init__", "C & *x"]
    assert "C & *x" in options
    assert inline(made["shapes/corners/cell/circle"].prompt).endswith("fits <strong>__init__</strong>?")
    assert "This describes __init__." in [
        Page(inline(why)).text for _, why in _wrong(made["shapes/closed/cell/line"])
    ]
