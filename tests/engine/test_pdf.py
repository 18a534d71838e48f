"""`build --pdf` prints what it prints to PDF too, once."""

from __future__ import annotations

from pathlib import Path

import pytest

from deckgen.cli.starter import starter
from deckgen.pipeline.outcome import Options
from deckgen.pipeline.pipeline import build
from engine.projects import write_files

pytest.importorskip("weasyprint")
NOW = 1_790_000_000


def test_pages_have_pdfs_and_unchanged_pages_are_not_printed_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every printed page gets a PDF; the second build prints none; without the option they stay while they are true."""
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
    build(tmp_path, Options(now=NOW))
    assert {name: (tmp_path / "dist" / name).read_bytes() for name in pdfs} == before
    for file in (tmp_path / "cards").rglob("*.toml"):
        file.write_text(file.read_text().replace('prompt = "', 'prompt = "Now: ', 1))
    done = build(tmp_path, Options(now=NOW + 5))
    assert not done.failed
    left = {name for name in pdfs if (tmp_path / "dist" / name).exists()}
    assert left == {name for name in pdfs if f"{name.removesuffix('.pdf')}.html" not in done.made}
    assert left != pdfs
