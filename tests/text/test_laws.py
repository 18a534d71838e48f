"""Laws of all texts, whatever an author writes."""

from __future__ import annotations

import html
import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from deckgen.core.cloze import gap_marker
from deckgen.core.text import Html
from deckgen.text import Medium, Renderer, images, plain, problems
from deckgen.text.allowed import ELEMENTS, is_allowed_attribute
from deckgen.text.characters import FORBIDDEN, clean
from deckgen.text.escape import escape
from deckgen.text.parse import parse
from deckgen.text.problems import in_markdown
from deckgen.text.render import fast
from deckgen.text.writer import Writer
from laws import all_hold, law
from text.pages import Page

PIECES = [
    *"ab5x.,;:!?()[]{}<>&$*_`~#+-=|\\/'\"^%@\n\té\u0338中😀«",
    " ", "  ", "\n\n", "    ", "\n    ", "```", "~~~", "\n```python\n", "\n```\n", "$$", "**", "](", "]: ", "![",
    "<b>", "</b>", "<!--", "-->", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<https://x.y>",
    "<a@b.c>", "javascript:alert(1)", "https://x.y/?a=1&b", "(<b>", "&amp;", "&#31;", "&#x41;", "&#xFDD0;", "&bsol;",
    "\\(", "\\[", "\\\\(", "\\)", "[$]", "[/$]", "[sound:x.mp3]", "[latex]", "[anki:play:q:0]", "{{c1::", "}}", "::",
    "\\frac{a}{b}", "x^2", "\\href{javascript:alert(1)}{x}", "\\text{", "\\begin{cases}", "\\end{cases}", "def f(x):",
    "| a | b |\n|---|:-:|\n", "- ", "1. ", "> ", "# ", "---", "\x00", "\x1f", "\r\n", "\r", "\x85", "\ufdd0", "\ufdd1",
    "\ufdd00\ufdd1", "\uffff", "\ud800", "\U00012470", "\u2028",
]  # fmt: skip
markdown = st.one_of(st.lists(st.sampled_from(PIECES), max_size=25).map("".join), st.text(max_size=60))
html_pieces = [
    "<p>", "</p>", "<p", "<b>", "</b>", "<li>", "<table>", "<td>", "<svg>", "</svg>", "<math>", "<style>", "</style>",
    "<script>", "</script>", "<title>", "<textarea>", "<![CDATA[", "]]>", "<!--", "-->", "<!", "<?", "<![x", "<%",
    "<img src=", "a.png", "x onerror=alert(1)>", "<a href=", "javascript:alert(1)", "JaVa\tscript:x", "'", '"', ">",
    "<", "&lt;script&gt;", "&", "&#x3c;", " style='", "background:url(x)", "color:red;", "expression(1)", "<iframe>",
    "<form action=x>", "<input>", "<mglyph>", "<mtext>", "<foreignObject>", "<use href=", "#a", "<annotation-xml>",
    "<noscript>", "<template>", "<a", "/", " ", "=", "x", "\n", "\x00", "\ufdd00\ufdd1", "`", "<br/>", "<path d='M0'/>",
]  # fmt: skip
raw_html = st.one_of(
    st.lists(st.sampled_from(html_pieces), max_size=25).map("".join), st.text(max_size=60)
).map(Html)
texts = st.one_of(markdown, raw_html)
media_paths = {"a.png": "_a-1.png"}
OWN_ATTRIBUTES = {
    "a": {"href", "title", "rel"},
    "code": {"class"},
    "img": {"src", "alt", "title"},
    "ol": {"start"},
    "pre": {"class"},
    "span": {"class"},
    "svg": {"class", "role", "aria-label", "style", "viewbox", "fill"},
    "td": {"style"},
    "th": {"style"},
    "path": {"d", "fill"},
    "rect": {"x", "y", "width", "height", "fill", "stroke", "stroke-width"},
}
OWN_ELEMENTS = {
    *(
        "a",
        "blockquote",
        "br",
        "code",
        "del",
        "em",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "img",
        "li",
        "ol",
    ),
    *("p", "pre", "span", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul", "wbr"),
    *("svg", "path", "rect", "g", "line", "polyline"),
}


def render(text, medium):
    """Render with a fresh renderer."""
    return Renderer(medium, media_paths.get).block(text)


@pytest.mark.parametrize("medium", Medium)
@given(markdown)
@example("<img src=x onerror=alert(1)>")
@example("[x](<javascript:alert(1)>)")
@example("[x](&#106;avascript:alert(1))")
@example("[x]( <b>")
@example("```python\naa\\frac{a}{b}")
@law(60)
def test_markdown_gives_only_its_own_markup(medium, text):
    """Whatever Markdown holds, only elements and attributes that the writer knows come out, well-formed."""
    page = Page(render(text, medium))
    assert page.mistakes == []
    for tag, attributes in page.tags:
        assert tag in OWN_ELEMENTS
        assert set(attributes) <= OWN_ATTRIBUTES.get(tag, set())
        assert re.match("https?:|mailto:|#", attributes.get("href", "#"), re.IGNORECASE)


@given(raw_html)
@example(Html("<svg><style><img src=x onerror=alert(1)></style></svg>"))
@example(Html("<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>"))
@example(Html("<noscript><p title='</noscript><img src=x onerror=alert(1)>'>"))
@example(Html("<a href='java&#10;script:alert(1)'>x</a>"))
@example(Html("<a href=#abackground:url(x)<p>"))
@law(120)
def test_raw_html_keeps_only_what_is_allowed(html):
    """Whatever raw HTML holds, only allowed elements and attributes come out, well-formed."""
    page = Page(render(html, Medium.SCREEN))
    assert page.mistakes == []
    for tag, attributes in page.tags:
        assert tag in ELEMENTS
        for name, value in attributes.items():
            assert is_allowed_attribute(tag, name)
            # Words for people, and a place on the same page, do nothing whatever they say.
            harmless = name in ("alt", "title") or (name == "href" and (value or "").startswith("#"))
            assert harmless or not re.search(r"script:|url\(\s*[^#]|expression", value or "", re.IGNORECASE)


@given(raw_html)
@law(40)
def test_raw_html_needs_one_pass(html):
    """What is left of raw HTML is allowed: a second pass changes nothing."""
    once = Renderer(Medium.SCREEN, str).block(html)
    assert Renderer(Medium.SCREEN, str).block(Html(once)) == once


@pytest.mark.parametrize("medium", Medium)
@given(markdown)
@example("a & b < c > d \"q\" 'r'")
@example("- a\n\n      b\n2. c\n***\nd  \ne\n===\n")
@example("\\\\(x\\\\) {{c1::x}} a[0] [sound:x.mp3]")
@example("std::vector<std::string> x{};")
@law(120)
def test_fast_and_careful_agree(medium, text):
    """Where the fast way is taken, it writes what the careful way writes, to the byte."""
    text = clean(text)
    html = fast(text, anki=medium is Medium.ANKI)
    if html is not None:
        assert html == Writer(parse(text), medium, str).html().removesuffix("\n")


@given(texts)
@law(60)
def test_all_functions_are_total_and_repeatable(text):
    """No text makes any function fail, and a second call says the same."""
    for medium in Medium:
        renderer = Renderer(medium, media_paths.get)
        assert renderer.inline(text) == renderer.inline(text)
        assert renderer.block(text) == render(text, medium)
    for function in (images, plain, problems):
        assert function(text) == function(text)


@given(texts)
@law(40)
def test_output_holds_no_forbidden_character(text):
    """Neither control characters nor lone surrogates reach a target; gap markers may."""
    html = render(text, Medium.ANKI)
    assert not FORBIDDEN.search(re.sub("\ufdd0[0-9]+\ufdd1", "", html))
    html.encode()


@given(markdown)
@example("*a*\u0338 `b`\u0338")
@example("e\u0301 $e\u0301$")
@law(40)
def test_fields_of_anki_are_nfc_and_stay_html(text):
    """Anki composes characters when it imports; that changes nothing any more, not even beside a tag."""
    html = render(text, Medium.ANKI)
    assert unicodedata.normalize("NFC", html) == html


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
@law(60)
def test_inline_is_block_without_its_paragraph(text):
    """A single paragraph loses its `<p>`, everything else stays as it is."""
    renderer = Renderer(Medium.SCREEN, str)
    block, inline = renderer.block(text), renderer.inline(text)
    single = block.startswith("<p>") and block.endswith("</p>") and block.count("<p>") == 1
    assert inline == (block[3:-4] if single else block)


GAP_PLACES = [
    "a {} b", "**{}**", "*a {} b*", "a{}b", "`f({})`", "- {}\n- b", "# {}", "| {} |\n|---|\n| {} |", "> {}", "~~{}~~",
    "[{}](https://x.y)", "```python\ndef f({}): return '{}'\n```", "    indented {}", "```nosuchlanguage\n{}\n```",
    '```html\n<b class="{}">{}</b>\n```', '```json\n{"a": {}}\n```', "<b>{}</b> & {}", "a < {} [x]", "_{}_",
    "```\n{}\n```", "```c\nint x = 0x{};\n```", "**a** {} [b](https://x.y) $x$",
]  # fmt: skip


@pytest.mark.parametrize("medium", Medium)
def test_gap_markers_survive(medium):
    """A gap marker comes out as it went in, in every place where text stands."""

    def check(place):
        markers = iter(map(gap_marker, range(9, 13)))
        text = re.sub(r"\{\}", lambda _: next(markers), place)
        expected = re.findall("\ufdd0[0-9]+\ufdd1", text)
        assert re.findall("\ufdd0[0-9]+\ufdd1", render(text, medium)) == expected

    all_hold(zip(GAP_PLACES, GAP_PLACES, strict=True), check)


@given(st.lists(st.sampled_from([*PIECES, gap_marker(0), gap_marker(12)]), max_size=12).map("".join))
@law(40)
def test_no_gap_marker_is_made_up(text):
    """Only markers that are in the text come out; references cannot forge one."""
    for medium in Medium:
        html = render(text, medium)
        assert html.count("\ufdd0") == html.count("\ufdd1") == len(re.findall("\ufdd0[0-9]+\ufdd1", html))
        assert html.count("\ufdd0") <= len(re.findall("\ufdd0[0-9]+\ufdd1", clean(text)))


@given(st.text(st.sampled_from("&<>\"'a;#é")))
def test_escaping_is_pythons(text: str) -> None:
    """In attributes, too: what deckgen has of its own is only quicker to import."""
    assert escape(text) == html.escape(text)


@law(100)
@given(markdown)
@example("<a href='x'>")
@example("[a]: javascript:x\n\n[a]")
@example("<x:y>")
@example("![a](m b.svg)")
@example("{{tts`a`}}")
@example("<a`b`>")
@example("![[a.png]]")
def test_no_problem_is_missed_by_the_quick_look(text: str) -> None:
    """A text that is not parsed, because a quick look finds nothing, has no problem."""
    source = FORBIDDEN.sub("\ufffd", text)
    for gaps in (False, True):
        found = {(each.offset, each.message) for each in problems(source, gaps=gaps)}
        assert found == {(each.offset, each.message) for each in in_markdown(source, gaps=gaps)}
