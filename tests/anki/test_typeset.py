"""Formulas of a card are drawn where no MathJax is."""

from __future__ import annotations

from deckgen.anki.typeset import typeset


def test_formulas_in_texts_are_drawn():
    """What MathJax would set is SVG with a name; a displayed one stands on its own line."""
    html = typeset(r"<p>If \(a &lt; b\), then</p> \[x^2\]")
    assert 'aria-label="a &lt; b"' in html
    assert '<span class="formula-block"><svg class="formula"' in html
    assert "\\(" not in html
    assert "\\[" not in html


def test_a_wide_formula_in_a_line_scrolls():
    """It gets a box of its own, as on the web."""
    wide = "+".join("abcdefghijklm")
    assert typeset(rf"<p>\({wide}\)</p>").startswith('<p><span class="formula-wide"><svg class="formula"')


def test_punctuation_stays_with_a_formula():
    """A full stop and a bracket are on the line of the formula that they touch."""
    html = typeset(r"<p>So (\(a\)). But \(b\) is.</p>")
    assert html.startswith('<p>So <span class="whole">(<svg')
    assert "</svg>).</span> But <svg" in html
    assert html.endswith("</svg> is.</p>")


def test_code_and_scripts_are_left_alone():
    """MathJax does not look into code, nor do we into scripts and attributes."""
    html = r"<code>\(x\)</code><pre>\(x\)</pre><script>/\\\(.*\\\)/</script><span data-cloze='\(x\)'>y</span>"
    assert typeset(html) == html


def test_what_cannot_be_drawn_stays():
    """A formula that is none is shown as it is."""
    assert typeset(r"\(\begin{foo}\)") == r"\(\begin{foo}\)"
