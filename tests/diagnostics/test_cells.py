"""Characters take the cells that terminals give them."""

from __future__ import annotations

import pytest

from deckgen.diagnostics.cells import cells, visible, width


@pytest.mark.parametrize(
    ("line", "widths"),
    [
        ("a\tb\t", [1, 3, 1, 3]),
        ("日\t", [2, 2]),
        ("abcd\t", [1, 1, 1, 1, 4]),
        ("👋🏻👋🏿", [2, 0, 2, 0]),
        ("a🏽", [1, 2]),
        ("🏽", [2]),
        ("日\u200d日", [2, 0, 0]),
        ("a\ufe0f", [1, 0]),
        ("©\ufe0f", [2, 0]),
        ("\ufe0f\u0301", [0, 0]),
        ("\u200d", [8]),
        ("a\u200d", [1, 8]),
        ("\u202e\u200d", [8, 8]),
        ("ש\u200d", [1, 0]),
        ("\U0001f9ff\U0001faff", [2, 2]),
        ("\U000e0001", [9]),
        ("\ud800", [8]),
        ("", []),
    ],
)
def test_widths(line, widths):
    """A cell for each character, none of them split."""
    assert [cell.width for cell in cells(line)] == widths
    assert width(line) == sum(widths)


def test_hidden_characters_are_shown_by_number():
    """A number cannot be mistaken for an escape that the author wrote."""
    assert visible("a\x1b[0m\\u001b\u202e\t.") == "a<U+001B>[0m\\u001b<U+202E> ."
