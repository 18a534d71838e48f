"""HTML of fields becomes Markdown that says the same, or stays HTML: judged by Chromium, not by our own comparison."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckgen.core.text import Html
from deckgen.importing.normal import Change
from deckgen.importing.simplify import styled_in
from deckgen.importing.values import Converter, Files, Value
from deckgen.text import Medium, Renderer, problems
from deckgen.text.problems import ProblemKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser

_NAMES = ("a.png", "a b%20.png", "(x)_1*.png", "x.mp3", "Ünï.jpg")
_FILES = Files({name: f"media/{name}" for name in _NAMES}, {f"media/{name}": name for name in _NAMES})


def _value(html: str, css: str = "", *, cloze: bool = False) -> Value:
    return Converter(_FILES, styled_in(css)).value(html, cloze=cloze)


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("Peru", "Peru"),
        ("a<b>b</b>c <i>d</i> <s>e</s>", "a**b**c *d* ~~e~~"),
        ("<b>bold </b>and", "**bold** and"),
        ("<b><i>both</i></b>", "***both***"),
        ("a<br>b<br />c", "a\\\nb\\\nc"),
        ("a<div>b</div><div><br></div><div>c</div>", "a\\\nb\\\n\\\nc"),
        ("a<br>", "a"),
        ("<br>", ""),
        ("R &amp; D &lt;x&gt;", "R & D <x>"),
        ("12&nbsp;km", "12&nbsp;km"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("_a_ for $5 and $6", r"\_a\_ for \$5 and \$6"),
        ("1. a", "1. a"),
        ("# a<br>- b<br>1. c", "\\# a\\\n\\- b\\\n1\\. c"),
        ("ends in \\<br>b", "ends in \\\\\\\nb"),
        ('<img src="a.png" />', "![](media/a.png)"),
        ('<img alt="A &quot;map&quot;" src="a b%20.png">', '![A "map"](<media/a b%2520.png>)'),
        ('<img src="(x)_1*.png" style="width: 50%;">', r"![](<media/(x)\_1\*.png>){width=50%}"),
        ("hear [sound:x.mp3]", "hear ![](media/x.mp3)"),
        (r"\(x^2\) and \[a &lt; b\]", "$x^2$ and $$a < b$$"),
        ("[latex]$x$[/latex] [$]y[/$]", "$x$ $y$"),
        ("&#91;latex]x", "[latex]x"),
        ("a<ul><li>b</li><li>c<ul><li>d</li></ul></li></ul>", "a\n\n- b\n- c\n  - d"),
        ("<ol start=3><li>x<li>y</ol>", "3. x\n4. y"),
        (
            (
                "<table><thead><tr><th>a</th><th>b|c</th></tr></thead>"
                "<tbody><tr><td>1</td><td>2</td></tr></tbody></table>"
            ),
            "| a | b\\|c |\n| --- | --- |\n| 1 | 2 |",
        ),
        ("<pre><code>x = 1\n  y</code></pre>", "```\nx = 1\n  y\n```"),
        ("<code>a`b</code>", "``a`b``"),
        ("<h2>x</h2>y<hr>z", "## x\n\ny\n\n---\n\nz"),
        ("<ruby>漢字<rt>かんじ</rt></ruby>を", "{漢字|かんじ}を"),
        ("漢字[かんじ]", r"漢字\[かんじ\]"),
        ("{漢|か}", r"\{漢\|か}"),
        ('<a href="https://a.b/c(d)">x</a>', "[x](<https://a.b/c(d)>)"),
        ("a <!-- nobody sees this -->b", "a b"),
    ],
)
def test_says_in_markdown_what_it_can(html: str, markdown: str) -> None:
    """What Markdown can say becomes Markdown, as a person would write it."""
    assert _value(html).text == markdown


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("{{c1::x}} and {{c2::y::a hint}}", "{{c1::x}} and {{c2::y::a hint}}"),
        ("<b>{{c1::x}}</b>: {{c1::<i>y</i>}}", "**{{c1::x}}**: {{c1::*y*}}"),
        (r"\({{c1::x^2}}\)", "${{c1::x^2}}$"),
        (r"{{c1::\(\frac{a}{b}\) }}", r"{{c1::$\frac{a}{b}$ }}"),
        ('{{c1::<img src="a.png">}}', "{{c1::![](media/a.png)}}"),
        ("{{c1::a<br>b}}", "{{c1::a\\\nb}}"),
        ("a}}b", "a}}b"),
    ],
)
def test_says_clozes_in_markdown(html: str, markdown: str) -> None:
    """Gaps of Anki are gaps here, with their numbers and hints."""
    assert _value(html, cloze=True).text == markdown


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        ("H<sub>2</sub>O", "H<sub>2</sub>O"),
        ('<span style="color: red">x</span>', '<span style="color: red">x</span>'),
        ("<b>Note:</b>text", "<b>Note:</b>text"),
        (r"\(\unknown\)", r"\(\unknown\)"),
        ("[sound:film.mp4]", "[sound:film.mp4]"),
        ('<u>x</u><img src="a b%20.png">', '<u>x</u><img src="media/a%20b%2520.png">'),
        ("{{c1::x}}", "{{c1::x}}"),
    ],
)
def test_keeps_as_html_what_markdown_cannot_say(html: str, kept: str) -> None:
    """What Markdown has no words for stays HTML, untouched but for the paths of its pictures."""
    assert _value(html) == Value(Html(kept))


@pytest.mark.parametrize(
    "html",
    ["{{c1::a {{c2::b}} c}}", "{{c1,2::x}}", "{{c1::a::b::c}}", "{{c1::image-occlusion:rect:left=.1}}"],
)
def test_keeps_gaps_that_markdown_has_not(html: str) -> None:
    """Gaps in gaps, of several numbers, or that are masks of a picture stay as Anki has them."""
    assert _value(html, cloze=True).text == Html(html)


@pytest.mark.parametrize(
    ("html", "kept", "lost"),
    [
        ('<b onclick="x()">z</b>', "**z**", "the attribute `onclick`"),
        ('<u onclick="x()">z</u>', Html("<u>z</u>"), "the attribute `onclick`"),
        ("a<script>b</script>", "a", "the element `script`"),
        ("a<img src='gone.png'>", "a", "the picture `gone.png`, which the deck does not have"),
        ("a<img src=http://x.y/z.png>", "a", "the picture `http://x.y/z.png`, which the deck does not have"),
        ('<a href="javascript:x()">y</a>', Html("<a>y</a>"), "addresses that may run or load something"),
        ('<u style="position: fixed">x</u>', Html("<u>x</u>"), "styles that act beyond their text"),
        (
            '<u onclick=x><img src="a b%20.png"></u>',
            Html('<u><img src="media/a%20b%2520.png" alt=""></u>'),
            "the attribute `onclick`",
        ),
    ],
)
def test_tells_what_is_taken_out(html: str, kept: str | Html, lost: str) -> None:
    """Scripts, handlers, and pictures that are not there are removed, and each is told."""
    value = _value(html)
    assert (value.text, value.lost) == (kept, (lost,))


def test_counts_what_is_written_otherwise() -> None:
    """Where a browser shows the same but the markup is another, the change has a name."""
    found = {
        html: set(_value(html).changes)
        for html in ("a<div>b</div>", "<p>a</p>", "a<br>", "[$]x[/$]", "a\x08", "a<!-- b -->")
    }
    assert [*found.values()] == [
        {Change.LINES},
        {Change.PARAGRAPHS},
        {Change.BREAKS},
        {Change.LATEX},
        {Change.CHARACTERS},
        {Change.COMMENTS},
    ]


def test_keeps_the_element_that_a_style_names() -> None:
    """`<b>` is no `**` where the note type's style gives it a look of its own."""
    assert _value("<b>x</b>", ".card { color: b } b { color: red }").text == Html("<b>x</b>")
    assert _value("<b>x</b>", ".b, #b { color: red } /* b { } */ .card { b: c }").text == "**x**"


_PIECES = (
    *(
        "word",
        "two words",
        " ",
        "*",
        "_x_",
        "1. ",
        "- ",
        "# ",
        "&lt;b&gt;",
        "&amp;",
        "&nbsp;",
        "$5",
        "~",
        "`",
        "\\",
        "|",
    ),
    *(
        "[x](y)",
        "!",
        "&#91;sound:x.mp3]",
        "漢字",
        "「引用」",
        "é",
        "{a|b}",
        "@{x}",
        ":",
        "&#123;{c1::x}}",
        "***",
        "1)",
    ),
    *("<br>", "<br/>", '<img src="a.png">', "[sound:x.mp3]", r"\(x\)", r"\[y^2\]", "http://a.b/c_d_e"),
)
_INLINE = (
    "b",
    "i",
    "strong",
    "em",
    "s",
    "u",
    "code",
    "sub",
    "span",
    "del",
    'a href="https://a.b/c"',
    'span class="k"',
)
_BLOCK = ("div", "p", "ul", "ol", "h2", "pre", "blockquote", "table", "hr")


def _inline(chance: random.Random, depth: int = 0) -> str:
    parts = []
    for _ in range(chance.randint(1, 4)):
        if depth < 3 and chance.random() < 0.3:
            tag = chance.choice(_INLINE)
            parts.append(f"<{tag}>{_inline(chance, depth + 1)}</{tag.split()[0]}>")
        else:
            parts.append(chance.choice(_PIECES))
    return "".join(parts)


def _block(chance: random.Random, depth: int = 0) -> str:
    tag = chance.choice(_BLOCK)
    if tag == "hr":
        return "<hr>"
    if tag in ("ul", "ol"):
        return (
            f"<{tag}>"
            + "".join(f"<li>{random_field(chance, depth + 1)}</li>" for _ in range(chance.randint(1, 3)))
            + f"</{tag}>"
        )
    if tag == "table":
        rows = ["".join(f"<{cell}>{_inline(chance)}</{cell}>" for _ in range(2)) for cell in ("th", "td")]
        return f"<table><thead><tr>{rows[0]}</tr></thead><tbody><tr>{rows[1]}</tr></tbody></table>"
    return f"<{tag}>{random_field(chance, depth + 1) if tag in ('div', 'blockquote') else _inline(chance)}</{tag}>"


def random_field(chance: random.Random, depth: int = 0) -> str:
    return "".join(
        _block(chance, depth) if depth < 3 and chance.random() < 0.25 else _inline(chance)
        for _ in range(chance.randint(1, 3))
    )


#: What Chromium shows of each of some fields: its lines, and each piece of text with all that makes it look as it does.
_SHOWN = """fields => fields.map(field => {
  const box = document.createElement('div');
  box.innerHTML = field;
  document.body.append(box);
  const pieces = [];
  const walk = document.createTreeWalker(box, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  for (let node; node = walk.nextNode();) {
    const up = node.parentElement, at = [];
    for (let each = up; each !== box; each = each.parentElement)
      if (each.tagName === 'CODE' && each.parentElement.tagName === 'PRE') continue;
      else if (/^(LI|OL|UL|TH|TD|H2|PRE|BLOCKQUOTE|CODE|U|SUB|A)$/.test(each.tagName) || each.className === 'k')
        at.push(each.tagName + (each.cellIndex ?? '') + (each.start ?? '') + (each.tagName === 'LI' ? each.value +
          ':' + [...each.parentElement.children].indexOf(each) : ''));
    if (node.nodeName === 'IMG') pieces.push(['IMG ' + node.getAttribute('src'), at.join()]);
    else if (node.nodeName === 'HR') pieces.push(['HR', at.join()]);
    else if (node.nodeType === 3) {
      const text = up.closest('pre') ? node.data.replace(/^\\n|\\n$/g, '') : node.data.replace(/[ \\n]+/g, '');
      if (!text) continue;
      const style = getComputedStyle(up);
      const look = [style.fontWeight, style.fontStyle, !!up.closest('s,del'), at.join()].join();
      const last = pieces.at(-1);
      if (last && last[1] === look) last[0] += text; else pieces.push([text, look]);
    }
  }
  const lines = box.innerText.replace(/[ \\n]+$/, '').split('\\n').map(line => line.trim());
  box.remove();
  return [pieces, lines];
})"""


def test_looks_the_same_in_a_browser(browser: Browser) -> None:
    """Of hundreds of random fields, each that becomes Markdown looks in Chromium as it did, up to what is told."""
    chance = random.Random(15)
    fields = list(dict.fromkeys(random_field(chance) for _ in range(500)))
    renderer = Renderer(Medium.ANKI, _FILES.names.get)
    values = [_value(field) for field in fields]
    made = [renderer.inline(value.text) for value in values]
    with browser.new_context(offline=True) as context:
        page = context.new_page()
        page.set_content("<!doctype html><body>")
        before, after = page.evaluate(_SHOWN, fields), page.evaluate(_SHOWN, made)
    told = {Change.PARAGRAPHS, Change.LATEX}
    wrong = []
    for field, value, (pieces, lines), (pieces_made, lines_made) in zip(
        fields, values, before, after, strict=True
    ):
        if value.changes & told:
            lines, lines_made = ([line for line in each if line] for each in (lines, lines_made))  # noqa: PLW2901
        if not value.lost and (pieces, lines) != (pieces_made, lines_made):
            wrong.append((field, value.text, pieces, pieces_made, lines, lines_made))
    assert wrong[:1] == []
    said = sum(isinstance(value.text, str) for value in values)
    assert said > len(values) // 4, "most of them say nothing that Markdown has no words for"


def _snippets() -> st.SearchStrategy[str]:
    return st.lists(
        st.one_of(
            st.sampled_from(
                [
                    "<",
                    ">",
                    "</b>",
                    "<b>",
                    "<!--",
                    "-->",
                    "&#31;",
                    "&#x0;",
                    "{{c1::",
                    "}}",
                    "::",
                    "<p>",
                    "\x1e",
                    "\ufdd0",
                ]
            ),
            st.sampled_from(
                [
                    *_PIECES,
                    "<svg>",
                    "<math>",
                    "<table>",
                    "<li>",
                    "<script>",
                    "[latex]",
                    "[/latex]",
                    r"\(",
                    r"\)",
                ]
            ),
            st.text(max_size=4),
        ),
        max_size=12,
    ).map("".join)


@given(html=_snippets(), cloze=st.booleans())
def test_any_field_has_a_value_without_mistakes(html: str, cloze: bool) -> None:
    """Whatever a field holds, its value can stand in a project: no check objects to it."""
    value = _value(html, cloze=cloze)
    serious = set(ProblemKind) - {ProblemKind.ALTERNATIVE, ProblemKind.MARKUP}
    assert not [each for each in problems(value.text, gaps=cloze) if each.kind in serious]


@given(html=_snippets())
def test_equal_fields_have_equal_values(html: str) -> None:
    """A value taken over once more stays as it is: what was written is its own normal form."""
    renderer = Renderer(Medium.ANKI, _FILES.names.get)
    first = _value(html)
    again = _value(renderer.inline(first.text))
    if isinstance(first.text, str):
        assert again.text == first.text or _same(first.text, again.text, renderer.inline)


def _same(first: Any, second: Any, render: Callable[[Any], str]) -> bool:
    return render(first) == render(second)
