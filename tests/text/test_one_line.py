"""A text of one line is inline: it shows what was typed."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from deckgen.core.text import Html
from deckgen.text import Medium, Renderer, plain, problems
from deckgen.text.parse import as_line
from laws import all_hold
from text.pages import Page

LINES = [
    "- 5", "+ 5", "* 5", "# 5", "###### 5", "#", "-", "+", "*", "1914. War.", "1933.", "1) x", "> 5", ">5", "---", "***",
    "* * *", "_ _ _", "```js", "~~~", "[x]: https://x.y", "[x]:", "    5", "\t5", "  - 5", " # 5", "- 5\n", "===", "| a |",
    "12345678901. x", "-5", "#5", "- - -", "2. ", "- [x] 5",
]  # fmt: skip


def test_a_line_shows_what_was_typed():
    """No bullet, heading, number, quotation, rule, fence or definition of a link is made of one line."""

    def check(line):
        for medium in Medium:
            html = Renderer(medium, str).inline(line)
            assert Page(f"<p>{html}</p>").text.split() == line.split()
            assert not Page(html).tags
        assert plain(line).split() == line.split()

    all_hold(zip(LINES, LINES, strict=True), check)


@given(st.text("-+*#>1.) \t`~[]:=_|xa", max_size=8))
@example("[`1`")
def test_no_line_is_a_block(line):
    """Whatever a line begins with, it is one paragraph."""
    tags = Page(Renderer(Medium.SCREEN, str).block(line)).tags
    # A span keeps punctuation with the code beside it.
    known = {"p", "em", "strong", "del", "code", "br"}
    assert [each for each in tags if each[0] not in known and each != ("span", {"class": "whole"})] == []


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("- a\n- b", "ul"),
        ("\n- a", "ul"),
        ("- a\n\n", "ul"),
        ("1. a\n2. b", "ol"),
        ("# a\n\nb", "h1"),
        ("> a\nb", "blockquote"),
    ],
)
def test_several_lines_may_be_blocks(text, tag):
    """A second line, or an empty one, makes blocks possible."""
    assert tag in {tag for tag, _ in Page(Renderer(Medium.SCREEN, str).block(text)).tags}


def test_inline_markup_stays(tmp_path):
    """Emphasis, code and formulas of a line are what they are, and a formula on its own line stays displayed."""
    render = Renderer(Medium.ANKI, str).inline
    assert render("- **5** `x` $y$") == r"- <strong>5</strong> <code>x</code> \(y\)"
    assert render("$$x$$") == r"\[x\]"


def test_places_are_places_in_the_text():
    """What is wrong in a line that was indented, or has letters put into it, is reported at its place."""
    assert [problem.offset for problem in problems("    - $x")] == []
    assert [problem.offset for problem in problems(r"      - $\foo$")] == [9]
    assert [problem.offset for problem in problems(r"**「引用」**は $\foo$")] == [11]


def test_a_line_among_others_stays_a_line():
    """What is put into a longer text by us keeps what was typed, also in a quotation."""

    def check(line):
        for lead in ("", "> "):
            page = Page(Renderer(Medium.SCREEN, str).block(f"before\n\n{lead}{as_line(line)}\n\nafter"))
            assert page.text.split() == ["before", *line.split(), "after"]
            assert {tag for tag, _ in page.tags} <= {"p", "blockquote"}

    all_hold(zip(LINES, LINES, strict=True), check)


def test_html_is_not_touched():
    """What an author writes as HTML is not Markdown."""
    assert Renderer(Medium.SCREEN, str).inline(Html("<ul><li>5</li></ul>")) == "<ul><li>5</li></ul>"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**「引用」**は**太字**です。", "<strong>「引用」</strong>は<strong>太字</strong>です。"),
        ("**真，**她。", "<strong>真，</strong>她。"),
        ("は**「a」**", "は<strong>「a」</strong>"),
        ("**`socket()`**は", "<strong><code>socket()</code></strong>は"),
        ("**foo(bar)**は", "<strong>foo(bar)</strong>は"),
        ('이것은**"강조"**이다', '이것은<strong>"강조"</strong>이다'),
        ("~~「x」~~は", "<del>「x」</del>は"),
        ("*（注）*です", "<em>（注）</em>です"),
        ("`「*「`は 2 * 3", "<code>「*「</code>は 2 * 3"),
    ],
)
def test_emphasis_beside_cjk_brackets(text, expected):
    """Stars between punctuation and a letter of Chinese, Japanese or Korean are emphasis."""
    assert Renderer(Medium.SCREEN, str).inline(text) == expected


def test_task_lists_have_boxes():
    """`- [x]` is a box with a check, `- [ ]` one without, and no bullet stands before them."""
    html = Renderer(Medium.SCREEN, str).block("- [x] done\n- [ ] to do\n\n| a | b |\n|---|---|\n| 1 | 2 |")
    assert '<li class="todo">☑ done</li>' in html
    assert '<li class="todo">☐ to do</li>' in html
    assert plain("- [x] done\n- [ ] to do") == "☑ done ☐ to do"


def test_width_of_a_picture():
    """`{width=50%}` behind a picture is its width, and no text."""
    render = Renderer(Medium.SCREEN, str).inline
    assert render("![x](a.png){width=50%}.") == '<img src="a.png" alt="x" style="width: 50%">.'
    assert render("![x](a.png){ width=120 }") == '<img src="a.png" alt="x" style="width: 120px">'
    assert render("![x](a.png){width=big}") == '<img src="a.png" alt="x">{width=big}'
    assert render("![x](a.png) {width=50%}") == '<img src="a.png" alt="x"> {width=50%}'
    assert plain("![x](a.png){width=50%} y") == "x y"
