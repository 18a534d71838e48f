"""What an author reads about files as wrong as authors write them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from deckgen.compiler.compile import compile_project
from deckgen.contents import in_memory
from deckgen.diagnostics import Diagnostic, Place, Severity, Span
from deckgen.diagnostics.locate import locate
from deckgen.diagnostics.text import text
from deckgen.language.manuscript import MediaFile, MediaProblem
from deckgen.reading import Snapshot

WRONG = Path(__file__).parent / "wrong"


def test_the_report_is_the_one_reviewed(expect_file: Callable[[Path, str], None]) -> None:
    """Every mistake of the files in `wrong/` is told as it was reviewed; `--rewrite` writes it anew."""
    cards = {
        f"cards/{path.name}": path.read_text(encoding="utf-8") for path in sorted(WRONG.glob("[oq]*.toml"))
    }
    project = (WRONG / "deckgen.toml").read_text(encoding="utf-8")
    snapshot = Snapshot(root=Path(), project=project, cards=cards, lock=None)
    compiled = compile_project(snapshot, lambda path: MediaProblem(path, "missing"), list)
    report = locate(compiled.diagnostics, cards | {"deckgen.toml": project})
    expect_file(WRONG / "report.txt", text(report))


@pytest.mark.parametrize(
    ("toml", "piece", "span"),
    [
        ('a = "x y z"\n', "y", Span(1, 8, 1, 9)),
        ('a = "y"\n', "gone", Span(1, 5, 1, 8)),
        ('b = "y"\na = """\nx\n  y\n"""\n', "y", Span(4, 3, 4, 4)),
        ('a = "\\\\frac"\n', "\\frac", Span(1, 6, 1, 12)),
        ("a = '\\frac'\n", "\\frac", Span(1, 6, 1, 11)),
        ('a = "x" # y\n', "y", Span(1, 5, 1, 8)),
        ('y = 1\r\na = """y\r\ny"""\r\n', "y", Span(2, 8, 2, 9)),
    ],
)
def test_a_piece_is_found_in_its_value_only(toml: str, piece: str, span: Span) -> None:
    """The caret stands under the piece of the text that is meant, else under the whole text."""
    diagnostic = Diagnostic(code="x", message="x", place=Place("a.toml", ("a",)).part(piece))
    assert locate([diagnostic], {"a.toml": toml}).found[0].span == span


def test_a_large_picture_is_warned_of() -> None:
    """A picture that AnkiWeb would not sync is reported once with its size, at its path, and stops nobody."""
    cards = {
        "cards/a.toml": '[deck]\nname = "A"\n\n[[concept]]\nid = "a"\nterm = "A"\n'
        'definition = "![x](media/x.png) and ![x](media/x.png)"\n'
    }
    snapshot = Snapshot(root=Path(), project='id = "a"\ntitle = "A"\n', cards=cards, lock=None)
    picture = in_memory(bytes(100_000_001))
    compiled = compile_project(snapshot, lambda path: MediaFile(path, picture), list)
    assert compiled.course is not None
    report = locate(compiled.diagnostics, cards)
    assert [(one.diagnostic.code, one.diagnostic.severity, one.span) for one in report.found] == [
        ("large-media", Severity.WARNING, Span(7, 20, 7, 31))
    ]
