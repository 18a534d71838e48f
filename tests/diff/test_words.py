"""Comparing fields word by word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckgen.diff.words import compare_words, readable

texts = st.text(st.sampled_from("ab \n.é{}[]"), max_size=30)


@given(texts, texts)
def test_pieces_make_up_both_texts(before: str, after: str) -> None:
    """What stayed and went is the former text, what stayed and came the present one."""
    pieces = compare_words(before, after)
    assert "".join(text for sign, text in pieces if sign != "+") == before
    assert "".join(text for sign, text in pieces if sign != "-") == after


@given(texts)
def test_equal_texts_have_no_change(text: str) -> None:
    """No sign where nothing changed."""
    assert {sign for sign, _ in compare_words(text, text)} <= {"="}


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("How many TCP ports?", "How many UDP ports?", "How many [-TCP-]{+UDP+} ports?"),
        ("one two three", "one 2 3", "one [-two three-]{+2 3+}"),
        ("a b", "a b c", "a b{+ c+}"),
        ("see [a-1f.png]", "see [a-2f.png]", "see [-[a-1f.png]-]{+[a-2f.png]+}"),
        ("", "new", "{+new+}"),
    ],
)
def test_changes_are_reported_in_words(before: str, after: str, expected: str) -> None:
    """Words change as a whole, and neighbours together."""
    signs = {"=": "{}", "-": "[-{}-]", "+": "{{+{}+}}"}
    assert "".join(signs[sign].format(text) for sign, text in compare_words(before, after)) == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>One.</p>\n<p>Two &amp; <b>three</b>.</p>", "One.\nTwo & three."),
        ("<ul><li>a</li><li>b</li></ul>", "a\nb"),
        ('<p>See <img class="x" src="port-1f.png" alt="A &quot;port&quot;"></p>', "See [port-1f.png]"),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "a | b |"),
        (r"\(a &lt; b\)", r"\(a < b\)"),
        ("{{c1::gap::hint}}", "{{c1::gap::hint}}"),
        ("a<!-- <b> -->b", "ab"),
    ],
)
def test_fields_are_reported_as_learners_read_them(html: str, expected: str) -> None:
    """Markup is left out, lines and pictures stay."""
    assert readable(html) == expected


def test_long_texts_take_no_time() -> None:
    """Where comparing would take minutes, all counts as replaced."""
    before, after = " ".join(map(str, range(9_000))), " ".join(map(str, range(9_000, 0, -1)))
    assert [sign for sign, _ in compare_words(before, after)] == ["-", "+"]
