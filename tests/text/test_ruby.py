"""Ruby: `{漢字|かんじ}`, on every medium, in every place, and nowhere else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckgen.core.text import Html
from deckgen.language.question.gaps import read_gaps
from deckgen.text import Medium, ProblemKind, Renderer, plain, problems, ruby
from laws import law
from sheet.engines import weasyprint_pdf
from sheet.paper import read
from text.pages import Page

TABLE = "| a | b |\n|---|---|\n| {} | c |\n"


def on_screen(text):
    """Return a text as it is on a page, with `食[た]` for ruby."""
    html = Renderer(Medium.SCREEN, str).inline(text)
    for before, after in (("<ruby>", ""), ("<rp>(</rp><rt>", "["), ("</rt><rp>)</rp></ruby>", "]")):
        html = html.replace(before, after)
    return html


@pytest.mark.parametrize(
    ("text", "shown", "said"),
    [
        ("{漢字|かんじ}", "漢字[かんじ]", "漢字"),
        ("{食|た}べ{物|もの}", "食[た]べ物[もの]", "食べ物"),
        ("{東京|とう きょう}へ", "東京[とう きょう]へ", "東京へ"),
        ("{カタカナ|katakana} {々|のま}", "カタカナ[katakana] 々[のま]", "カタカナ 々"),
        ("{Tシャツ|ティー・シャツ}", "Tシャツ[ティー・シャツ]", "Tシャツ"),
        ("{中国|Zhōng-guó}", "中国[Zhōng-guó]", "中国"),
        ("は**{食|た}べる**です", "は<strong>食[た]べる</strong>です", "は食べるです"),
        ("*{食|た}*", "<em>食[た]</em>", "食"),
        ("[{食|た}](#a)", '<a href="#a">食[た]</a>', "食"),
        ("![{食|た}べる](a.png)", '<img src="a.png" alt="食べる">', "食べる"),
        ("<i> {食|た}", "&lt;i&gt; 食[た]", "<i> 食"),
        # Text, all of it.
        (r"\{食|た}", "{食|た}", "{食|た}"),
        (r"\\{食|た}", r"\食[た]", r"\食"),
        ("`{食|た}`", "<code>{食|た}</code>", "{食|た}"),
        ("{a|b} {食a|b} {1|2}", "{a|b} {食a|b} {1|2}", "{a|b} {食a|b} {1|2}"),
        ("{食べる。|た}", "{食べる。|た}", "{食べる。|た}"),
        ("{食|} {|た} {食|た", "{食|} {|た} {食|た", "{食|} {|た} {食|た"),
        ("{食|た|べ}", "{食|た|べ}", "{食|た|べ}"),
        ("{食| }", "{食| }", "{食| }"),
        ("{食\n|た}", "{食\n|た}", "{食 |た}"),
    ],
)
def test_ruby(text, shown, said):
    r"""The first part ends in Han or kana, and neither holds markup; `\{`, code and all else is text."""
    assert (on_screen(text), plain(text)) == (shown, said)


def test_the_pipe_parts_no_cell():
    r"""In a table ruby stands in one cell, and nothing is said of the row; an escaped one needs `\\|`."""
    text = TABLE.format("{漢字|かんじ}")
    assert "<td>漢字[かんじ]</td><td>c</td>" in on_screen(text)
    assert problems(text) == ()
    assert "<td>{漢字|x}</td><td>c</td>" in on_screen(TABLE.format(r"\{漢字\|x}"))


def test_code_and_formulas():
    """In code blocks and formulas braces and pipes are what they are."""
    assert "{漢字|かんじ}" in on_screen("```\n{漢字|かんじ}\n```\n")
    assert "ruby" not in Renderer(Medium.ANKI, str).inline(r"$\text{漢字|x}$")


def test_raw_html_has_its_own():
    """Of `<ruby>` in raw HTML the base alone is text."""
    text = Html("<ruby>食<rp>(</rp><rt>た</rt><rp>)</rp></ruby>べる")
    assert Renderer(Medium.ANKI, str).inline(text) == text.html
    assert plain(text) == "食べる"


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("{{ {食|た}べる }}", "{食|た}べる"),
        ("{{{食|た}べる}}", "{食|た}べる"),
        ("{{食べ{物|もの}}}", "食べ{物|もの}"),
        ("{{c1::{食|た}べる::{意味|いみ}}}", "{食|た}べる"),
        ("{{食|た}}", "食|た"),
    ],
)
def test_gaps(text, answer):
    """A gap may hold ruby: the braces of a gap are the two outermost."""
    _, (gap,), wrong = read_gaps(text)
    assert (gap.answer, wrong) == (answer, ())


def test_what_looks_like_ruby_is_reported():
    """A reading that is none, and a gap that may be meant as ruby, are reported at their place."""

    def found(text, **how):
        return [
            (problem.piece, problem.offset)
            for problem in problems(text, **how)
            if problem.kind is ProblemKind.MARKUP
        ]

    assert found("x {食|}") == [("{食|}", 2)]
    assert found("{食べ|た|べ}") == [("{食べ|た|べ}", 0)]
    assert found("{{食|た}} x", gaps=True) == [("{{食|た}}", 0)]
    for fine in ("{食|た}", r"\{食|}", "`{食|}`", "{{{食|た}}}", "{{ {食|た} }}"):
        assert found(fine, gaps=True) == [], fine


def test_plain_texts():
    """A term or an answer in plain text has ruby too; there a backslash is one unless it stands before it."""
    for text, html, base in (
        (
            "{食|た}べる & <b>",
            "<ruby>食<rp>(</rp><rt>た</rt><rp>)</rp></ruby>べる &amp; &lt;b&gt;",
            "食べる & <b>",
        ),
        (r"\{食|た} a\b", r"{食|た} a\b", r"{食|た} a\b"),
        ("*a* {a|b}", "*a* {a|b}", "*a* {a|b}"),
    ):
        assert (ruby.plain_to_html(text), ruby.base(text)) == (html, base)


@law(100)
@given(st.text("{}|\\食たaé *`$\n<&\ufdd0", max_size=14))
def test_no_sign_is_lost(text):
    """Whatever is written, no noncharacter comes out, and what is not ruby is there as it was."""
    for medium in Medium:
        html = Renderer(medium, str).block(text)
        assert not set(html) & set("\ufdd8\ufdd9\ufdda")
    assert not set(plain(text)) & set("\ufdd8\ufdd9\ufdda")
    if "{" not in text or "|" not in text:
        assert "<ruby>" not in Renderer(Medium.SCREEN, str).block(text)


PAPER = """<!DOCTYPE html><html><style>@page { size: 60mm 100mm; margin: 5mm }
body { font: 12pt/16pt sans-serif; margin: 0 } {STYLE}</style><body>{BODY}"""


@pytest.mark.parametrize("engine", ["weasyprint", "chromium"])
def test_on_paper(engine, request):
    """On paper the reading stands above its base, smaller, and a base with the mark behind it is on one line."""
    from deckgen.text import stylesheet

    # Letters that any font has: what counts is where they stand.
    words = "".join(
        ruby.marked_to_html(f"\ufdd8aaaa{n}\ufdd9r{n}\ufdda, ", str, paper=True) for n in range(100, 124)
    )
    html = PAPER.replace("{STYLE}", stylesheet(Medium.PAPER)).replace("{BODY}", f"<p>{words}</p>").encode()
    pdf = weasyprint_pdf(html) if engine == "weasyprint" else request.getfixturevalue("print_pdf")(html)
    placed = {word.text: word for word in read(pdf).words}
    for number in range(100, 124):
        base, reading = placed[f"aaaa{number},"], placed[f"r{number}"]
        assert reading.bottom <= base.top + 0.35 * (base.bottom - base.top)
        assert reading.bottom - reading.top < 0.6 * (base.bottom - base.top)
        assert base.left < (reading.left + reading.right) / 2 < base.right
        assert (base.page, base.top - reading.top < 20) == (reading.page, True)
    assert len({round(word.top) for word in placed.values()}) > 2 * 3


def test_elements_are_balanced():
    """Each medium writes well-formed elements."""
    for medium in Medium:
        Page(Renderer(medium, str).block("「{漢字|かんじ}」、{食|た}べる"))
