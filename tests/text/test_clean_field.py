"""Fields from outside: deckgen's own pass byte for byte, and nothing else runs, loads or hides."""

from __future__ import annotations

from pathlib import Path

import pytest

from anki_samples import course, full, nasty
from deckgen.anki.field_writer import FieldWriter
from deckgen.anki.note import note
from deckgen.cli.session import compile_at
from deckgen.templating.own import templates_of
from deckgen.text import Medium, Renderer
from deckgen.text.clean_field import clean_field


def test_what_deckgen_writes_is_not_touched() -> None:
    """Every field of every kind of note: formulas, code, tables, pictures, clozes."""
    compiled = compile_at(Path(__file__).parents[2])[0]
    assert compiled.course
    own = course(*full().values(), *nasty("<b>&'\" $x^2$ `a<b` {{c1::x}} [latex]").values())
    for made in (compiled.course, own):
        writer = FieldWriter(made, Renderer(Medium.ANKI, str), templates_of({}))
        for item in made.items:
            for field in note(item, writer).fields:
                assert clean_field(field) == field


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("a<script>alert(1)</script>b", "ab"),
        ("<img src=x onerror=alert(1)>", '<img src="x" alt="">'),
        ('<img src="https://example.org/x.png">', '<span class="missing-image"></span>'),
        ('<img src="../x.png">', '<span class="missing-image"></span>'),
        ("<!-- --!><script>alert(1)</script> -->", " --&gt;"),
        ('<p onclick="alert(1)">a</p>', "<p>a</p>"),
        ('<a href="javascript:alert(1)">a</a>', "<a>a</a>"),
        ('<a href="&#106;avascript:alert(1)">a</a>', "<a>a</a>"),
        ('<p style="position: fixed">a</p>', "<p>a</p>"),
        (r"\(\href{javascript:alert(1)}{x}\)", r"\<span>(</span>\href{javascript:alert(1)}{x}\)"),
        (r"&#92;(\href{javascript:alert(1)}{x}\)", r"\<span>(</span>\href{javascript:alert(1)}{x}\)"),
        ("[latex]\\input{/etc/passwd}[/latex]", "&#91;latex]\\input{/etc/passwd}&#91;/latex]"),
        ("[sound:../../x]", "&#91;sound:../../x]"),
        ("a\0b\x1fc", "a\ufffdb\ufffdc"),
        ("<a b='x'>", "<a></a>"),
        ("<svg><a xlink:href='javascript:1'>x</a></svg>", "<svg><a>x</a></svg>"),
        ('<svg><use href="https://example.org/a#b"></use></svg>', "<svg><use></use></svg>"),
        ('<svg><use xlink:href="https://example.org/a#b"></use></svg>', "<svg><use></use></svg>"),
        ('<svg><use xlink:href="#b"></use></svg>', '<svg><use xlink:href="#b"></use></svg>'),
        ('<svg><g clip-path="url(https://example.org)"></g></svg>', "<svg><g></g></svg>"),
        (r'<svg><g clip-path="\75rl(https://example.org)"></g></svg>', "<svg><g></g></svg>"),
        ("<iframe src=//x></iframe>", ""),
    ],
)
def test_what_deckgen_never_writes_is_cleaned(field: str, expected: str) -> None:
    """Scripts, events, addresses, comments of two readings, LaTeX that does things, control characters."""
    assert clean_field(field) == expected
    assert clean_field(expected) == expected
