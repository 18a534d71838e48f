"""Formulas: chemistry, lines of arrays, spaces around relations, and formulas on one line."""

from __future__ import annotations

import re

import pytest

from deckgen.text import Medium, Renderer, plain
from deckgen.text.chemistry import expand
from deckgen.text.linear import linear
from deckgen.text.svg import drawn, mathml
from deckgen.text.tex import check

#: mhchem as chemists write it, and how it reads on one line.
CHEMISTRY = [
    (r"\ce{H2O}", "H₂O"),
    (r"\ce{Sb2O3}", "Sb₂O₃"),
    (r"\ce{2H2O <=> H3O+ + OH-}", "2 H₂O ⇌ H₃O⁺ + OH⁻"),
    (r"\ce{CrO4^2-}", "CrO₄²⁻"),
    (r"\ce{[AgCl2]-}", "[AgCl₂]⁻"),
    (r"\ce{Y^{99}+}", "Y⁹⁹⁺"),
    (r"\ce{Hg2^2+}", "Hg₂²⁺"),
    (r"\ce{^{227}_{90}Th+}", "₉₀²²⁷Th⁺"),
    (r"\ce{^13C}", "¹³C"),
    (r"\ce{(NH4)2S}", "(NH₄)₂S"),
    (r"\ce{SO4^2- + Ba^2+ -> BaSO4 v}", "SO₄²⁻ + Ba²⁺ ⟶ BaSO₄ ↓"),
    (r"\ce{Zn + 2HCl -> ZnCl2 + H2 ^}", "Zn + 2 HCl ⟶ ZnCl₂ + H₂ ↑"),
    (r"\ce{KCr(SO4)2*12H2O}", "KCr(SO₄)₂ · 12 H₂O"),
    (r"\ce{CuSO4.5H2O}", "CuSO₄ · 5 H₂O"),
    (r"\ce{1/2O2}", "1/2 O₂"),
    (r"\ce{0.5 H2O}", "0.5 H₂O"),
    (r"\ce{n H2O}", "n H₂O"),
    (r"\ce{HCl(aq) + NaOH(aq) -> NaCl(aq) + H2O(l)}", "HCl (aq) + NaOH (aq) ⟶ NaCl (aq) + H₂O (l)"),
    (r"\ce{C6H5-CHO}", "C₆H₅ − CHO"),
    (r"\ce{H-C#C-H}", "H − C ≡ C − H"),
    (r"\ce{Fe^{II}Fe^{III}2O4}", "Fe^(II)Fe₂^(III)O₄"),
    (r"\ce{e- + H+ -> 1/2H2}", "e⁻ + H⁺ ⟶ 1/2 H₂"),
    (r"\ce{A <- B}", "A ⟵ B"),
    (r"\ce{A <-> B}", "A ⟷ B"),
    (r"x + \ce{H+}", "x + H⁺"),
    (r"\pu{8.314 J mol-1 K-1}", "8.314 J mol⁻¹ K⁻¹"),
    (r"\pu{123 kJ/mol}", "123 kJ/mol"),
    (r"\pu{123 kJ//mol}", "123 kJ/mol"),
    (r"\pu{1.2e-3 mol L^-1}", "1.2 × 10⁻³ mol L⁻¹"),
    (r"\pu{9.81 m*s^-2}", "9.81 m s⁻²"),
    (r"\pu{5 µm}", "5 μm"),
]


@pytest.mark.parametrize(("latex", "expected"), CHEMISTRY)
def test_chemistry_is_ordinary_latex(latex, expected):
    r"""`\ce` and `\pu` become LaTeX that Anki and paper can show, and mean what chemists mean."""
    assert check(latex) is None
    assert r"\ce" not in expand(latex)
    assert re.sub(r"\s", "", linear(latex)) == re.sub(r"\s", "", expected)
    assert drawn(latex, display=False, scrolls=False)


def test_arrows_carry_their_texts():
    """What stands in brackets is over the arrow, and under it."""
    assert expand(r"\ce{A ->[{heat}][\Delta] B}") == (
        r"{\mathrm{A} \;\overset{\text{heat}}{\underset{\Delta}{\longrightarrow}}\; \mathrm{B}}"
    )
    assert (
        expand(r"\ce{A <=>[H+] B}")
        == r"{\mathrm{A} \;\overset{\mathrm{H}^{+}}{\rightleftharpoons}\; \mathrm{B}}"
    )


@pytest.mark.parametrize(
    "latex", [r"\ce{H2O", r"\ce{}", r"\ce{^}", r"\ce{->[}", r"\ce{$}", r"\pu{}", r"\ce{{}", "x"]
)
def test_any_chemistry_is_read(latex):
    """Whatever stands in braces, something comes of it, and what is never closed stays."""
    expand(latex)
    check(latex)


def test_fields_hold_no_mhchem():
    """Anki gets what any MathJax can set."""
    html = Renderer(Medium.ANKI, str).inline(r"$\ce{H2O}$")
    assert html == r"\({\mathrm{H}_{2}\mathrm{O} }\)"


@pytest.mark.parametrize(
    ("latex", "lines"),
    [
        (r"\begin{array}{ccc} 1 & 0 & 3 \\ 0 & 1 & 5 \end{array}", 0),
        (r"\left[\begin{array}{cc|c} 1 & 0 & 3 \\ 0 & 1 & 5 \end{array}\right]", 1),
        (r"\begin{array}{cc} p & q \\ \hline 1 & 0 \end{array}", 1),
        (r"\begin{array}{|c|c|} \hline p & q \\ \hline 1 & 0 \\ \hline \end{array}", 6),
        (r"\begin{array}{c|c} \begin{array}{c} a \\ \hline b \end{array} & c \\ \hline d & e \end{array}", 3),
    ],
)
def test_lines_of_arrays_are_drawn(latex, lines):
    r"""`{cc|c}` and `\hline` are lines on paper and screen, where the author put them, and nowhere else."""
    assert check(latex) is None
    ruled, bare = (
        drawn(each, display=False, scrolls=False) or ""
        for each in (latex, re.sub(r"\\hline\s*|(?<=[{lcr])\|(?=[lcr}|])", "", latex))
    )
    shapes = re.compile(r"<(?:path|rect|line|polyline)\b")
    assert len(shapes.findall(ruled)) - len(shapes.findall(bare)) == lines


@pytest.mark.parametrize(
    ("latex", "message"),
    [
        (r"x \hline y", r"`\hline` is for an array: `\begin{array}{cc} … \\ \hline … \end{array}`"),
        (
            r"\begin{array}{|} x \end{array}",
            r"`\begin{array}` is followed by its columns, such as `{lcr}` or `{c|c}`",
        ),
    ],
)
def test_lines_elsewhere_are_reported(latex, message):
    """A line where there can be none is reported."""
    assert check(latex).message == message


@pytest.mark.parametrize(
    ("latex", "sign"),
    [
        (r"a \implies b", "⟹"),
        (r"A \cup B", "∪"),
        (r"p \land q", "∧"),
        (r"A \subset B", "⊂"),
        (r"C \perp D", "⟂"),
    ],
)
def test_relations_and_operations_have_space(latex, sign):
    """What TeX sets with space around it has space around it."""
    (operator,) = (element for element in mathml(latex, display=False).iter("mo") if element.text == sign)
    assert operator.get("lspace") == operator.get("rspace") != None  # noqa: E711 - both are there
    assert re.search("[1-9]", operator.get("lspace"))


def test_what_is_over_a_relation_leaves_its_space():
    r"""`\overset{?}{=}` stands as free as `=`, and `:=` is one sign."""
    tags = [element.tag for element in mathml(r"x \overset{?}{=} y", display=False)[0]]
    assert tags == ["mi", "mspace", "mover", "mspace", "mi"]
    colon, equals = mathml("f := g", display=False).iter("mo")
    assert (colon.get("rspace"), equals.get("lspace")) == ("0em", "0em")


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (r"\frac{1}{3}", "1/3"),
        (r"x = \frac{-b \pm \sqrt{b^2 - 4ac}}{2a}", "x = (−b±√(b² − 4ac))/(2a)"),
        (r"e^{i\pi} = -1", "e^(iπ) = −1"),
        (r"a_{ij}^2", "aᵢⱼ²"),
        (r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}", "(a, b; c, d)"),
        (r"\sqrt[3]{x}", "³√x"),
        (r"\sin 2x", "sin 2x"),
    ],
)
def test_a_formula_on_one_line(latex, expected):
    """Names of formulas are signs that every screen reader knows, and no backslashes."""
    assert linear(latex) == expected
    assert f'aria-label="{expected}"' in drawn(latex, display=False, scrolls=False)
    assert plain(f"Is ${latex}$ right?") == f"Is {expected} right?"


def test_punctuation_stays_with_its_formula():
    """A full stop behind a formula, and a bracket before one, are on its line."""
    html = Renderer(Medium.SCREEN, str).inline("Is ($x$), or `y`?")
    assert re.sub(r"<svg.*?</svg>", "F", html) == (
        'Is <span class="whole">(F),</span> or <span class="whole"><code>y</code>?</span>'
    )


def test_a_wide_formula_has_a_box_to_be_scrolled_in():
    """On a screen a formula in a line that is wider than half a phone scrolls by itself."""
    render = Renderer(Medium.SCREEN, str).inline
    assert render("$x$").startswith("<svg")
    assert render("$" + "+".join("abcdefghijklm") + "$").startswith('<span class="formula-wide"><svg')
