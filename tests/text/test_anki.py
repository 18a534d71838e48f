r"""What comes out in a field of Anki: MathJax where a formula is, and nothing else that Anki takes for its own."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from anki_judge import collection
from deckgen.core.text import Html
from deckgen.text import Medium, Renderer, cloze_safe
from deckgen.text.tex import mathjax_part
from laws import law
from text.pages import Page

TRIGGERS = [
    r"\\(x\\)",
    r"\\[x\\]",
    r"`\(x\)` and `\[x\]`",
    r"&bsol;(x&bsol;)",
    r"\\&#40;x\\)",
    r"[\\(](foo) x\\)",
    r"![\\(x\\)](http://x.y/z.png)",
    "<\\\\(x\\\\)>",
    "| \\\\(a\\\\) |\n|---|\n| \\\\[b\\\\] |",
    "```\n\\(x\\)\n```",
    "```tex\n\\(x\\) \\[y\\]\n```",
    "    \\(x\\)",
    r"[\$]x[/\$] [\$\$]x[/\$\$] [latex]x[/latex] [LaTeX]x[/LaTeX]",
    "[sound:x.mp3] [anki:play:q:0] [anki:tts lang=en_US]x[/anki:tts]",
    "`[sound:x.mp3]` `[latex]x[/latex]`",
    "[![sound:x.mp3](http://x.y/z.png)]",
    "![[sound:x.mp3]](m.png '[latex]x[/latex]')",
    "[[sound:x.mp3]](https://x.y '[sound:y.mp3]')",
    "[sound:*x*.mp3] &#91;sound:x.mp3]",
    "{{c1::x}} `{{c2::x}}` {{c1,2::x}} {&#123;c3::x}}",
    "{{c1::$x$}}",
    "```\n{{c1::x}}\n```",
    "![{{c1::x}}](m.png '{{c2::x}}')",
    "$[sound:x.mp3]$ $[latex]x$",
    "${{c1::x}}$",
]


class _Strings(HTMLParser):
    """The strings in which MathJax looks for delimiters: elements end them, `pre` and `code` are skipped."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.strings = [""]
        self._skipping = 0
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        if tag == "br":
            self.strings[-1] += "\n"
            return
        self._skipping += tag in ("pre", "code")
        self.strings.append("")

    def handle_endtag(self, tag):
        self._skipping -= tag in ("pre", "code")
        self.strings.append("")

    def handle_data(self, data):
        if not self._skipping:
            self.strings[-1] += data


def field(text):
    """Render for a field; every image is in the project."""
    return Renderer(Medium.ANKI, str).block(text)


def formulas(html):
    """Return what MathJax would typeset: the strings between its delimiters, in one text node each."""
    strings = _Strings(html).strings
    return [found for string in strings for found in re.findall(r"(?s)(\\\(.*?\\\)|\\\[.*?\\\])", string)]


def in_anki(col, html):
    """Return what Anki itself finds in a field: sounds and speech, LaTeX, numbers of gaps."""
    backend = col._backend
    tags = backend.extract_av_tags(text=html, question_side=True).av_tags
    latex = backend.extract_latex(text=html, svg=False, expand_clozes=False).latex
    gaps = re.findall(r"\{\{c[0-9,]+::", html)
    return len(tags), len(latex), len(gaps)


def test_what_anki_would_find_unescaped():
    """The judge of these tests sees the triggers when they are raw."""
    with collection() as col:
        raw = Html("<p>[sound:x.mp3] [latex]x[/latex] [$]x[/$] {{c1::x}} \\(x\\)</p>")
        assert in_anki(col, field(raw)) == (1, 2, 1)
        assert formulas(field(raw)) == ["\\(x\\)"]


def test_nothing_of_authors_triggers_anki():
    """Markdown makes no sound, speech, LaTeX, gap or formula by Anki's own brackets."""
    with collection() as col:
        for text in TRIGGERS:
            html = field(text)
            assert in_anki(col, html) == (0, 0, 0), text
            if "$" not in text.replace("\\$", ""):
                assert formulas(html) == [], text


@pytest.mark.parametrize("text", TRIGGERS)
def test_disarmed_text_reads_the_same(text):
    """Disarming changes no character that a reader sees."""
    paper, anki = Page(Renderer(Medium.PAPER, str).block(text)), Page(field(text))
    if "$" not in text.replace("\\$", ""):
        assert anki.text == paper.text


@given(
    st.lists(
        st.sampled_from(
            [
                "\\\\",
                "\\",
                "(",
                "[",
                ")",
                "]",
                "*",
                "`",
                "x",
                " ",
                "<",
                ">",
                "$",
                "![",
                "](a)",
                "\n",
                "|",
                "&bsol;",
                "&lpar;",
            ]
        ),
        max_size=14,
    ).map("".join)
)
@example("\\\\*(*x\\\\)")
@law(100)
def test_no_text_makes_a_formula(text):
    """MathJax typesets only what stood between dollars."""
    made = formulas(field(text))
    assert len(made) <= text.count("$") // 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("$x^2$", r"\(x^2\)"),
        ("$$x^2$$", r"\[x^2\]"),
        ("$a<b & c$", "<code>$</code>"),
        ("$a<b>c$", r"\(a&lt;b&gt;c\)"),
        (r"$\frac{a}{b_{c}}$", r"\(\frac{a}{b_{c} }\)"),
        ("${{x}}$", r"\({ {x} }\)"),
        ("$f::g:::h$", r"\(f: :g: : :h\)"),
        ("$$\na\n+ b\n$$", r"\[ a + b \]"),
        ("$$\na\n\n> b\n===\n$$", r"\[ a > b === \]".replace(">", "&gt;")),
        (r"$\begin{matrix}a\\(b\end{matrix}$", r"\(\begin{matrix}a\\ (b\end{matrix}\)"),
        (r"$\begin{matrix}a\\[2pt]b\end{matrix}$", r"\(\begin{matrix}a\\[2pt]b\end{matrix}\)"),
        (r"$x\ $", r"$x\ $"),
        ("$\ufdd00\ufdd1^2$", "\\(\ufdd00\ufdd1^2\\)"),
        ("$\\frac{\ufdd00\ufdd1}{2}$", "\\(\\frac{ \ufdd00\ufdd1 }{2}\\)"),
    ],
)
def test_formulas_for_mathjax(text, expected):
    """Formulas come out in MathJax's delimiters, with nothing in them that ends a gap or a formula."""
    if expected.startswith("<code>"):
        assert "<code>" in field(text)
    else:
        assert field(text) == f"<p>{expected}</p>"


@pytest.mark.parametrize(
    "latex", [r"\href{javascript:alert(1)}{x}", r"a\)b", r"\(a\)", r"\def\a{b}\a", r"\nosuch", "50%"]
)
def test_formula_that_is_refused_is_code(latex):
    """A formula that may not be shown is shown as its source, as code."""
    html = field(f"${latex}$")
    assert formulas(html) == []
    assert Page(html).text == latex
    assert "<code>" in html


@pytest.mark.parametrize(
    ("html", "safe"),
    [
        ("a", "a"),
        ("std::vector", "std&#58;:vector"),
        ("}}", "&#125;&#125;"),
        ("{x}", "{x&#125;"),
        ("a:::", "a&#58;&#58;&#58;"),
        (":x:", "&#58;x&#58;"),
        ("<b>a}</b>", "<b>a}</b>"),
        (r"\(\frac{a}{b}\)", r"\(\frac{a}{b}\)"),
    ],
)
def test_cloze_safe(html, safe):
    """What fills a gap neither ends it nor begins its hint, and reads the same."""
    assert cloze_safe(html) == safe
    assert Page(safe).text == Page(html).text


@given(st.text(alphabet="a:}{\\[]()<>& *`", max_size=12), st.text(alphabet="a:}", min_size=1, max_size=4))
@law(40)
def test_gaps_are_what_was_put_into_them(answer, hint):
    """Anki reads back one gap, with its whole answer and its whole hint, whatever these hold."""
    html = cloze_safe(Renderer(Medium.ANKI, str).inline(answer))
    value = f"a {{{{c1::{html}::{cloze_safe(hint)}}}}} b"
    found = re.fullmatch(r"(?s)a \{\{c1::((?:(?!::|\}\}).)*)::((?:(?!::|\}\}).)*)\}\} b", value)
    assert found
    assert Page(found[2]).text == hint


@pytest.mark.parametrize(
    ("latex", "expected"),
    [("x^2", "x^2"), (r"\frac{a}{b}", r"\frac{a}{b} "), ("a::b:", "a: :b: "), ("}}", "} } "), (":", " : ")],
)
def test_part_of_a_formula(latex, expected):
    """LaTeX that fills a gap within a formula ends neither."""
    assert mathjax_part(latex) == expected


def test_raw_html_keeps_its_formulas_and_sounds():
    """Where an author insists on HTML, Anki's own brackets are his too."""
    assert field(Html("<b>\\(x\\)</b> [sound:a.mp3]")) == "<b>\\(x\\)</b> [sound:a.mp3]"
