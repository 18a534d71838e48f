"""Two versions of deckgen may write the same text with other HTML: what it says is compared."""

from __future__ import annotations

import pytest

from deckgen.anki.same_content import same_content
from deckgen.identity import NoteContent

SAME = [
    ("<p>a b</p>", '<p class="text">a\n  b</p>\n'),
    ("<p>a</p>", '<div dir="auto" class="card"><p><span lang="en">a</span></p></div>'),
    ("<pre><code>x</code></pre>", '<pre class="highlight"><code><span class="k">x</span></code></pre>'),
    ("&lt;b&gt; &amp; &#39;", "&#60;b> &amp; '"),
    (
        "<table><tr><th>a</th></tr></table>",
        '<table role="table"><tbody><tr><th scope="col">a</th></tr></tbody></table>',
    ),
    ('<img src="a.png" alt="b">', '<img alt="b" loading="lazy" src="a.png" />'),
    ("a<br>b", "a<br>\nb"),
    # Numbers and fixed words of a former version.
    ("65536", '<span data-value="65536">65,536</span>'),
    ("3.1", '<span data-value="3.10">3,10</span>'),
    ("602200000000000000000000", '<span data-value="6.022e23">6.022 × 10²³</span>'),
    ("<p>Nature: of which does this hold?</p>", "<p>Nature: Which one is described?</p>"),
    ("<p>Can it wait?: of which does this hold?</p>", "<p>Can it wait? Which one is described?</p>"),
    (
        "<p>Art: Was gilt für <strong>Port</strong>?</p>",
        "<p>Art: Welche Beschreibung passt zu <strong>Port</strong>?</p>",
    ),
    (
        "<p>种类：关于 <strong>端口</strong>，哪一项正确？</p>",
        "<p>种类：哪一项描述的是 <strong>端口</strong>？</p>",
    ),
    (
        "<p>Nature\u00a0: à quoi cela s’applique-t-il\u202f?</p>",
        "<p>Nature\u00a0: De quoi s’agit-il\u202f?</p>",
    ),
    ("这说的是端口。", "这描述的是端口。"),
    ("This holds of Port.", "This describes Port."),
    ("Which holds of which?", "Match each description with its term."),
]
OTHER = [
    ("<p>a</p>", "<p>b</p>"),
    ("<em>a</em> b", "a b"),
    ("<em>a</em>", "<strong>a</strong>"),
    ("a<strong>b c</strong>", "a<strong>b</strong> c"),
    ('<a href="https://a.example">a</a>', '<a href="https://b.example">a</a>'),
    ('<img src="a-1.png" alt="">', '<img src="a-2.png" alt="">'),
    ('<img src="a.png" alt="b">', '<img src="a.png" alt="c">'),
    ('<li class="right">a</li><li>b</li>', '<li>a</li><li class="right">b</li>'),
    ('<li data-number="1">a</li>', '<li data-number="2">a</li>'),
    ('<th style="text-align: left">a</th>', '<th style="text-align: right">a</th>'),
    ("<ul><li>a</li></ul>", "<ol><li>a</li></ol>"),
    ('<ol start="2"><li>a</li></ol>', "<ol><li>a</li></ol>"),
    ("&amp;lt;", "&lt;"),
    ("a b", "ab"),
    ("65536", '<span data-value="65537">65,537</span>'),
    ("3.1", "3.10"),
    ("This holds of Port.", "This describes Socket."),
    ("<p>Nature: of which does this hold?</p>", "<p>Number: Which one is described?</p>"),
    (r"\(x\)", "x"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_dress_is_not_said(one: str, other: str) -> None:
    """Classes, wrappers, languages and white space say nothing."""
    assert same_content(NoteContent((one,), ()), NoteContent((other,), ()))


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_what_an_author_can_write_is_said(one: str, other: str) -> None:
    """Words, emphasis, links, pictures, alignments and which option is right all count."""
    assert not same_content(NoteContent((one,), ()), NoteContent((other,), ()))


def test_tags_are_said_and_fields_are_apart() -> None:
    """Tags count, their order does not; no text wanders from one field to the next."""
    note = NoteContent(("a", "b"), ("x", "y"))
    assert same_content(note, NoteContent(("a", "b"), ("y", "x")))
    assert not same_content(note, NoteContent(("a", "b"), ("x",)))
    assert not same_content(note, NoteContent(("a b", ""), ("x", "y")))
