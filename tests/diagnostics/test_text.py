"""Laws of the terminal's format: it never fails, never passes on a command, and its carets stand right."""

from __future__ import annotations

import re
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckgen.diagnostics import Diagnostic, Edit, Located, Place, Related, Report, Severity, Span
from deckgen.diagnostics.cells import cells
from deckgen.diagnostics.text import text
from laws import law

HIDDEN = (
    "\x00\x07\x08\t\n\r\x1b\x7f\x85\x9b\xad\u061c\u200b\u200c\u200d\u200e\u202e\u2028\u2066\ufeff\U000e0041"
)
ODD = st.text(
    st.characters() | st.sampled_from(HIDDEN + "\ud800\udfff\ufe0f\u0301👩日🏽🇩\u1161"), max_size=40
)
NUMBER = st.integers(-3, 60)
SPAN = st.builds(Span, NUMBER, NUMBER, NUMBER, NUMBER)
FILE = st.sampled_from(["a.toml", "b.toml", "\x1b]0;x\x07.toml"])
PLACE = st.builds(Place, FILE)
ITEM = st.builds(
    lambda diagnostic, span, spans: Located(diagnostic, span, tuple(spans[: len(diagnostic.related)])),
    st.builds(
        Diagnostic,
        code=ODD,
        message=ODD,
        place=PLACE,
        severity=st.sampled_from(Severity),
        label=ODD,
        help=ODD,
        related=st.lists(st.builds(Related, PLACE, ODD), max_size=3).map(tuple),
        edit=st.none() | st.builds(Edit, PLACE, ODD),
    ),
    st.none() | SPAN,
    st.lists(st.none() | SPAN, min_size=3, max_size=3),
)
REPORT = st.builds(
    Report,
    st.lists(ITEM, max_size=4).map(tuple),
    st.dictionaries(FILE, st.lists(ODD, max_size=12).map("\n".join), max_size=3),
)


@law(40)
@given(REPORT, st.integers(0, 120), st.booleans())
def test_never_fails_and_never_passes_on_a_command(report, width, color):
    """Whatever stands in a file, no control, direction or line character of it reaches the terminal."""
    written = text(report, color=color, width=width)
    if color:
        written = re.sub(r"\x1b\[[0-9;]*m", "", written)
    for character in set(written) - {"\n", "\u200c", "\u200d"}:
        assert unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Zl", "Zp"}
    written.encode()


@law(40)
@given(REPORT)
def test_colour_changes_nothing_but_colour(report):
    """What is read is the same with colours and without."""
    assert re.sub(r"\x1b\[[0-9;]*m", "", text(report, color=True)) == text(report)


def one(line: str, start: int, end: int, width: int = 10_000) -> tuple[str, str]:
    """Return the quoted line and the row under it, for a span of characters counted from 0."""
    diagnostic = Diagnostic(code="x", message="", place=Place("a.toml"), label="")
    found = Located(diagnostic, Span(1, start + 1, 1, end + 1))
    rows = text(Report((found,), {"a.toml": line}), width=width).split("\n")
    return rows[3].removeprefix("1 | "), rows[4].removeprefix("  | ")


# What a reader sees as one letter, with the cells it takes in a terminal: an oracle of its own.
UNITS = {
    "a": 1, "ß": 1, "日": 2, "한": 2, "ｶ": 1, "Ａ": 2, "e\u0301": 1, "a\u0323\u0302": 1, "\u1112\u1161\u11ab": 2,
    "👩": 2, "👍🏽": 2, "👩\u200d👩\u200d👧": 2, "❤\ufe0f": 2, "1\ufe0f\u20e3": 2, "🇩🇪": 2, "ש": 1, "\x1b": 8, "\u202e": 8,
    "\U000e0041": 9, "\x9b": 8,
}  # fmt: skip


@law(40)
@given(st.lists(st.sampled_from(sorted(UNITS)), min_size=1, max_size=30), st.data())
def test_caret_stands_under_its_letter(units, data):
    """As many cells lie before the caret as before the span, and it is as wide as what it means."""
    start = data.draw(st.integers(0, len(units) - 1))
    end = data.draw(st.integers(start, len(units)))
    before, meant = "".join(units[:start]), "".join(units[start:end])
    _, under = one("".join(units), len(before), len(before) + len(meant))
    assert under.count("^") == max(1, sum(UNITS[unit] for unit in units[start:end]))
    assert under.index("^") == sum(UNITS[unit] for unit in units[:start])


@law(40)
@given(st.lists(st.sampled_from(sorted(UNITS)), min_size=1, max_size=400), st.integers(0, 90), st.data())
def test_long_line_is_cut_around_the_caret(units, width, data):
    """A cut line is no wider than the terminal (24 cells at least), and the caret is still under its letter."""
    at = data.draw(st.integers(0, len(units) - 1))
    before = "".join(units[:at])
    line = "".join(units)
    shown, under = one(line, len(before), len(before) + len(units[at]), width=width)
    assert sum(cell.width for cell in cells(shown)) <= max(24, width - 4)
    assert cells(shown.removeprefix("…"))[0].width > 0  # no mark without its letter
    carets = range(under.index("^"), under.index("^") + under.count("^"))
    start = end = 0
    meant = ""
    for cell in cells(shown):
        start, end = (end, end + cell.width) if cell.width else (start, end)
        meant += cell.shown if start in carets else ""
    assert "".join(cell.shown for cell in cells(units[at])) == meant


def test_line_is_not_cut_before_a_mark():
    """A mark stays with its letter, or goes with it."""
    shown, _ = one("e\u0301" * 200, 200, 202, width=40)
    assert shown.startswith("…e\u0301")
    assert shown.endswith("e\u0301…")


@pytest.mark.parametrize("end", [Span(2, 1, 2, 1), Span(2, 3, 1, 9), Span(2, 3, 0, 1), Span(2, 3, -9, 1)])
def test_span_that_ends_before_it_starts(end):
    """It is shown where it starts."""
    item = Located(Diagnostic(code="x", message="m", place=Place("a.toml")), end)
    under = " " * (end.column - 1) + "^"
    assert f"2 | abcdef\n  | {under}\n  =" in text(Report((item,), {"a.toml": "\nabcdef\n"}))


def test_long_line_costs_no_more_than_a_short_one():
    """A line of ten megabytes is quoted at once."""
    line = "é" * 5_000_000 + "y" + "é" * 5_000_000
    before = time.process_time()
    shown, under = one(line, 5_000_000, 5_000_001, width=80)
    assert time.process_time() - before < 5  # some milliseconds
    assert shown[under.index("^")] == "y"
    assert len(shown) == 76


@pytest.mark.parametrize("line_break", ["\n", "\r\n"])
def test_lines_end_as_in_toml(line_break):
    """LF and CRLF end a line; other line characters of Unicode, and a lone CR, do not."""
    whole = line_break.join(["one\x0b\x0c\x1c\x85\u2028\rtwo", "three"])
    item = Located(Diagnostic(code="x", message="m", place=Place("a.toml")), Span(2, 1, 2, 6))
    assert "2 | three\n  | ^^^^^\n" in text(Report((item,), {"a.toml": whole}))


def test_nothing_found_says_nothing():
    """An empty report is an empty text."""
    assert text(Report((), {})) == ""
