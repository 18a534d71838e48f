"""Paragraphs for paper carry the direction of their first strong letter, where it is not the page's."""

from __future__ import annotations

import pytest

from deckgen.text import Medium, Renderer


@pytest.mark.parametrize(
    ("text", "page", "expected"),
    [
        ("שלום!", "ltr", '<span dir="rtl">שלום!</span>'),
        ("قرأتُ كتاباً عن C++!", "ltr", '<span dir="rtl">قرأتُ كتاباً عن C++!</span>'),
        ("Say שלום!", "ltr", "Say שלום!"),
        ("C++", "rtl", '<span dir="ltr">C++</span>'),
        ("listen(fd, 5);", "rtl", '<span dir="ltr">listen(fd, 5);</span>'),
        ("شبكة", "rtl", "شبكة"),
        ("8443", "rtl", "8443"),
        ("`x` שלום.", "ltr", '<span dir="rtl"><code>x</code> שלום.</span>'),
    ],
)
def test_a_paragraph_finds_its_direction(text, page, expected):
    """Its punctuation stands where its readers look for it; code and numbers do not decide."""
    assert Renderer(Medium.PAPER, str, page).inline(text) == expected


def test_each_paragraph_by_itself():
    """A text of two paragraphs has two directions, and so have cells."""
    html = Renderer(Medium.PAPER, str, "ltr").block("a.\n\nב.\n\n| x | י! |\n|---|---|\n| ש? | y |")
    assert '<p>a.</p>\n<p><span dir="rtl">ב.</span></p>' in html
    assert '<th><span dir="rtl">י!</span></th>' in html
    assert '<td><span dir="rtl">ש?</span></td><td>y</td>' in html


def test_entries_of_lists_and_headings():
    """An entry finds its direction by its own text, not by the list that it holds."""
    html = Renderer(Medium.PAPER, str, "ltr").block("# ה!\n\n- ב.\n- a\n  - ג!\n- ד\n  - b.")
    assert '<h1><span dir="rtl">ה!</span></h1>' in html
    assert '<li><span dir="rtl">ב.</span></li>' in html
    assert '<span dir="rtl">ג!</span></li>' in html
    assert "<li>b.</li>" in html
    assert html.count("<span") == 4
