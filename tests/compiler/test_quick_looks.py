"""A quick look never says that nothing is to be seen where something is."""

from __future__ import annotations

import json
from pathlib import Path

from hypothesis import example, given
from hypothesis import strategies as st

from deckgen.compiler.check import check_file
from deckgen.compiler.compile import compile_project
from deckgen.compiler.parse import parse
from deckgen.core.text import Html
from deckgen.diagnostics import Diagnostic
from deckgen.language.manuscript import File, MediaProblem
from deckgen.reading import Snapshot
from deckgen.text import images, problems
from laws import law
from texts import compiled, deck, short

#: Pieces that problems and pictures are made of.
WORDS = [
    "a",
    "[x]",
    "(y)",
    "]",
    "[",
    "(",
    ")",
    ":",
    "!",
    "<",
    ">",
    "<img",
    "<b",
    "$",
    "\\frac",
    "&",
    "#0;",
    "&#7;",
    "&amp;",
    "`",
    "http://x.org",
    "javascript:",
    "![a](m/x.svg)",
]
HIDDEN = (" ", "\n", "\x01", "\x85", "\ufdd0", ' src="m/x.png"')
PIECES = st.lists(st.sampled_from((*WORDS, *HIDDEN)), max_size=6).map("".join)


def file_with(text: str, key: str, *, escaped: bool) -> File | None:
    """Parse a file of one question with a text, written plainly or with escapes; None where it is no text."""
    written = json.dumps(text, ensure_ascii=escaped)
    if escaped:
        written = '"' + "".join(f"\\u{ord(each):04x}" for each in text) + '"'
    prompt = f"prompt = {{ html = {written} }}" if key == "html" else f"prompt = {written}"
    source = f'[deck]\nname = "D"\n\n[[question]]\nid = "a"\ntype = "short"\n{prompt}\nanswer = "b"\n'
    file, found = parse("cards/a.toml", source)
    return None if found else file


@given(PIECES, st.sampled_from(["markdown", "html"]), st.booleans())
@law(60)
@example(r"\(x\)", "markdown", False)
@example("| a |\n|-|\n| b | c |", "markdown", True)
@example("**日** *日「*日", "markdown", False)
@example("![a](m/x.svg)", "markdown", True)
@example('<img src="m/x.png">', "html", True)
@example('<img src="m/x.png">', "html", False)
@example("<script>", "html", False)
@example("$x^$", "markdown", False)
@example("&#7;", "markdown", False)
@example("\x85", "markdown", False)
@example("\x01", "markdown", True)
@example("[x](javascript:a)", "markdown", False)
@example("[x][y]\n\n[y]: javascript:a", "markdown", False)
@example("[x]\n\n[x]: javascript:a", "markdown", False)
@example("![a](http://x.org/y.png)", "markdown", False)
@example("![a](m/x.svg)", "markdown", False)
def test_what_a_text_holds_is_not_overlooked(text: str, key: str, escaped: bool) -> None:
    """Problems are reported, and pictures are named."""
    file = file_with(text, key, escaped=escaped)
    if file is None:
        return
    read = Html(text) if key == "html" else text
    if problems(read):
        assert check_file(file).diagnostics
    assert check_file(file).pictures == tuple(dict.fromkeys(images(read)))


def test_files_are_read() -> None:
    """Whichever way a text is written."""
    for key in ("markdown", "html"):
        for escaped in (False, True):
            assert file_with("a &amp; b", key, escaped=escaped) is not None


def test_a_mistake_is_reported_wherever_it_is_made() -> None:
    """A source that nobody knows is looked up once, and told of in each item."""
    question = (
        '[[question]]\nid = "{}"\ntype = "short"\nprompt = "Why?"\nanswer = "b"\nsources = ["x 1", "y"]\n'
    )
    cards = '[deck]\nname = "D"\n[source.y]\ntitle = "Y"\n' + "".join(map(question.format, "abc"))
    snapshot = Snapshot(
        root=Path(), lock=None, project='id = "p"\ntitle = "P"\n', cards={"cards/a.toml": cards}
    )
    found = compile_project(snapshot, lambda _: MediaProblem(path="", what="missing"), list).diagnostics
    assert [each.place.path for each in found] == [("question", number, "sources", 0) for number in range(3)]


def test_the_right_answer_is_shown_that_a_distractor_is() -> None:
    """Of several right answers the very one."""
    cards = """
[deck]
name = "D"

[[question]]
id = "a"
type = "multiple"
prompt = "Which?"
answers = ["one", "two  three"]
distractors = ["four", "two three"]
"""
    (found,) = found_in(cards)
    assert found.place.path == ("question", 0, "distractors", 1)
    assert [related.place.path for related in found.related] == [("question", 0, "answers", 1)]


def found_in(cards: str) -> tuple[Diagnostic, ...]:
    """Return what is wrong in a project of one file."""
    snapshot = Snapshot(
        root=Path(), lock=None, project='id = "p"\ntitle = "P"\n', cards={"cards/a.toml": cards}
    )
    return compile_project(snapshot, lambda _: MediaProblem(path="", what="missing"), list).diagnostics


def test_the_texts_of_a_deck_are_looked_at() -> None:
    """What is wrong in its topic or its description is reported there."""
    files = {
        "a": deck("D", short("q"), more='topic = "a\\u0000"\ndescription = "[b](javascript:c) $\\\\frac$"'),
    }
    found = [(each.code, each.place.path) for each in compiled(files).diagnostics]
    assert found == [
        ("control-character", ("deck", "topic")),
        ("unsafe-link", ("deck", "description")),
        ("bad-maths", ("deck", "description")),
    ]
