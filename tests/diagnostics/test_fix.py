"""Repairs."""

from __future__ import annotations

import pytest

from deckgen.diagnostics import Diagnostic, Edit, Located, Place, Report, Span
from deckgen.diagnostics.fix import change_of, fix


def report(text: str, *edits: tuple[Span, str, bool]) -> Report:
    """Return a report with the given edits of one file."""
    found = tuple(
        Located(
            Diagnostic(
                code="x",
                message="m",
                place=Place("a.toml"),
                edit=Edit(Place("a.toml", span=span), new, insert),
            ),
            span,
        )
        for span, new, insert in edits
    )
    return Report(found, {"a.toml": text, "b.toml": "untouched"})


@pytest.mark.parametrize("line_break", ["\n", "\r\n"])
def test_lines_and_words_are_mended(line_break):
    """A word is replaced, a line comes under its header, with the file's own line breaks."""
    before = line_break.join(["# ä", "[[question]]  # first", 'promt = "?"', ""])
    after = line_break.join(["# ä", "[[question]]  # first", 'id = "a"', "was = []", 'prompt = "?"', ""])
    edits = [(Span(3, 1, 3, 6), "prompt", False), (Span(2, 1, 2, 13), 'id = "a"\nwas = []', True)]
    assert fix(report(before, *edits)) == {"a.toml": after}


def test_line_under_the_last_one():
    """A last line without a line break stays one."""
    assert fix(report("[deck]", (Span(1, 1, 1, 7), 'name = "x"', True))) == {"a.toml": '[deck]\nname = "x"'}


def test_line_under_several():
    """A line is inserted under the end of what is meant, also if that ends with a line break."""
    expected = {"a.toml": "a = [\n]\nb = 1\nc"}
    assert fix(report("a = [\n]\nc", (Span(1, 1, 2, 2), "b = 1", True))) == expected
    assert fix(report("a = [\n]\nc", (Span(1, 1, 3, 1), "b = 1", True))) == expected


def test_several_lines_are_replaced():
    """A range over lines goes as a whole."""
    assert fix(report("a = [\n1]\nc", (Span(1, 5, 2, 3), "[]", False))) == {"a.toml": "a = []\nc"}


def test_first_of_overlapping_edits_is_made():
    """What overlaps is left for the next run; the same edit twice is made once."""
    edits = [(Span(1, 1, 1, 4), "x", False), (Span(1, 3, 1, 6), "y", False), (Span(1, 1, 1, 4), "x", False)]
    assert fix(report("abcdef", *edits)) == {"a.toml": "xdef"}


@pytest.mark.parametrize("span", [None, Span(0, 1, 1, 1), Span(2, 1, 2, 1), Span(1, 1, 9, 1)])
@pytest.mark.parametrize("insert", [True, False])
def test_place_outside_of_the_text_is_left_alone(span, insert):
    """An edit whose place is not there changes nothing."""
    assert change_of(Edit(Place("a.toml", span=span), "x", insert), {"a.toml": "one line"}) is None
    assert change_of(Edit(Place("b.toml", span=Span(1, 1, 1, 1)), "x", insert), {"a.toml": ""}) is None
