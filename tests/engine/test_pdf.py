"""`build --pdf` prints what it prints to PDF too, once."""

from __future__ import annotations

from pathlib import Path

import pytest

from deckgen.cli.starter import starter
from deckgen.engine.outcome import Options
from deckgen.engine.pipeline import build
from deckgen.engine.quick import quick
from engine.projects import write_files

pytest.importorskip("weasyprint")
NOW = 1_790_000_000


def test_pages_have_pdfs_and_unchanged_pages_are_not_printed_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every printed page gets a PDF; the second build prints none; without the option they go again."""
    write_files(tmp_path, starter("course", "Course"))
    made = build(tmp_path, Options(now=NOW, pdf=True))
    pages = {name for name in made.outputs if name.startswith("sheets/") and name.endswith(".html")}
    pdfs = {name for name in made.outputs if name.startswith("sheets/") and name.endswith(".pdf")}
    assert pages
    assert {name.removesuffix(".html") for name in pages} <= {name.removesuffix(".pdf") for name in pdfs}
    assert all((tmp_path / "dist" / name).read_bytes().startswith(b"%PDF-") for name in pdfs)
    before = {name: (tmp_path / "dist" / name).read_bytes() for name in pdfs}

    def never(_html: bytes) -> bytes:
        pytest.fail("printed again")

    monkeypatch.setattr("deckgen.sheet.pdf.pdf", never)
    build(tmp_path, Options(now=NOW, pdf=True))
    assert {name: (tmp_path / "dist" / name).read_bytes() for name in pdfs} == before
    assert quick(tmp_path, NOW) is None
    build(tmp_path, Options(now=NOW))
    assert not list((tmp_path / "dist").rglob("*.pdf"))
