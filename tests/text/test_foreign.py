"""What looks like markup, and is none, is reported with how it is written here."""

from __future__ import annotations

import pytest

from deckgen.text import ProblemKind, problems

SPEAK = 'write `speak = { prompt = "ja-JP" }` beside the text'
FOREIGN = [
    ("![x](media/tall picture.png)", "write `![x](<media/tall picture.png>)`"),
    ("[x](https://x.y/a b)", "write `[x](<https://x.y/a b>)`"),
    ("![x](a.png){height=3}", "only a width may follow a picture, such as `{width=50%}`"),
    (r"is \(x^2\)?", "write `$x^2$`"),
    (r"is \[y\]?", "write `$$y$$`"),
    ("so[^1]", "there are no footnotes: say it in the text, in `explanation` or by `sources`"),
    ("[sound:a.mp3]", "write `![what it says](media/a.mp3)`"),
    ("[$]x[/$]", "write `$x$`"),
    ("[latex]$x$[/latex]", "write `$x$`"),
    ("食[た]べる", "write `{食|た}`"),
    ("{{tts ja_JP:x}}", SPEAK),
    ("[anki:tts lang=ja_JP]食[/anki:tts]", SPEAK),
    ("{{c1::x}}", 'gaps are for `type = "cloze"`'),
    ("![[x.png]]", "write `![what it shows](media/name.png)`"),
    ("x<b>y", "bold is written `**…**`; to show the tag itself, put it between backticks"),
    ("日**本", "put the punctuation outside of the stars, or a space next to them"),
    ("| a | b |\n|---|---|\n| $P(A|B)$ | c |", r"a `|` within a cell is written `\|`"),
    ("| a | b |\n|---|---|\n| `x | y` | c |", r"a `|` within a cell is written `\|`"),
]
OURS = [
    "![x](<media/tall picture.png>)", "![x](media/a%20b.png)", "[x](https://x.y 'title')", "![x](a.png){width=50%}",
    r"`\(x\)` $\left\(x\right\)$", r"\[sic\] \[1\] \*", "`[^1]` [^a-z]*", "f(x) [0] [x](https://x.y)", "`{{c1::x}}` {{ name }}",
    "std::vector<int> <std::string> a < b > c", "`<b>` <https://x.y>", "2**3 **bold** 日本", "| a | b |\n|---|---|\n| x \\| y | c |",
    "| a | b |\n|---|---|\n| x |", "```\n| a | b |\n|---|\n<b> \\(x\\) [sound:x]\n```", "$[x]$ {{x}}",
]  # fmt: skip


def repairs(text, **how):
    """Return the repairs that are proposed for a text."""
    return [problem.repair for problem in problems(text, **how) if problem.kind is ProblemKind.MARKUP]


@pytest.mark.parametrize(("text", "repair"), FOREIGN)
def test_foreign_markup_is_reported(text, repair):
    """Markup of other tools, and Markdown gone wrong, is reported with the right spelling, at a piece of the text."""
    assert repairs(text) == [repair]
    (problem,) = (problem for problem in problems(text) if problem.kind is ProblemKind.MARKUP)
    assert problem.piece in text


@pytest.mark.parametrize("text", OURS)
def test_ours_is_not(text):
    """What is read as it was meant, and code, is not told."""
    assert repairs(text) == []


def test_gaps_are_no_foreign_markup():
    """In a cloze `{{c1::…}}` is a gap; speech of Anki is reported there too."""
    assert repairs("{{c1::x}}", gaps=True) == []
    assert repairs("{{tts ja_JP:x}}", gaps=True) == [SPEAK]


def test_empty_alternatives_are_reported():
    """A picture without words is told by its path."""
    found = [problem.message for problem in problems("![](media/a.png) ![ ](media/b.png) ![c](media/c.png)")]
    assert found == [
        "the picture `media/a.png` has no alternative text",
        "the picture `media/b.png` has no alternative text",
    ]
