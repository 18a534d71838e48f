"""PDF through WeasyPrint: tagged, titled, with bookmarks and fonts, the same for ever."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import weasyprint

from deckgen.sheet import export
from deckgen.sheet.pdf import NoEngineError, engine, pdf, prepare
from deckgen.templating.own import templates_of
from sheet.paper import fonts, info, metadata, outline, plain_text, read, structure
from sheet.quizzes import course, showcase, showcase_items, whole

TEMPLATES = templates_of({})


@pytest.fixture(scope="module")
def sheet() -> bytes:
    """Give version A of the showcase."""
    return export(showcase(), TEMPLATES, {})["sheets/quiz/A.html"]


def test_a_pdf_is_tagged_and_titled(sheet: bytes) -> None:
    """A reader shows the title, and a screen reader finds headings (each question is one), lists and tables."""
    printed = pdf(sheet)
    said = info(printed)
    assert said["Title"] == "IT Quiz · Version A"
    assert said["Author"] == "A. Teacher"
    assert said["Tagged"] == "yes"
    assert 'pdfuaid:part="1"' in metadata(printed)
    tags = structure(printed)
    assert {"H1", "H2", "H3", "Sect", "L", "LI", "Table", "TH"} <= tags


@pytest.mark.parametrize("sections", [True, False])
def test_the_pdf_looks_like_the_page(sections: bool) -> None:
    """What makes tags of a page's questions and drawings moves no word of them."""
    made = showcase() if sections else course(showcase_items(), whole(showcase_items()))
    html = export(made, TEMPLATES, {})["sheets/quiz/A.html"]
    assert (b"<h3" if sections else b"<h2") in html
    unchanged = weasyprint.HTML(string=html.decode()).write_pdf()
    assert read(pdf(html)).words == read(unchanged).words


def test_a_pdf_has_bookmarks(sheet: bytes) -> None:
    """For the title, each section and each question."""
    assert [line for line in outline(pdf(sheet)) if not line.strip()[:1].isdigit()] == [
        "IT Quiz",
        "  To tick and to fill in",
        "  To think about",
    ]
    assert len(outline(pdf(sheet))) == 3 + 14


def test_every_font_is_in_the_pdf(sheet: bytes) -> None:
    """Whatever machine opens it."""
    assert len(fonts(pdf(sheet))) >= 5
    assert all(fonts(pdf(sheet)).values())


def test_text_comes_in_reading_order(sheet: bytes) -> None:
    """Each question from its number to its last option."""
    text = " ".join(plain_text(pdf(sheet)).split())
    places = [
        text.index(said)
        for said in (
            "IT Quiz",
            "Name",
            "Read every question to its end.",
            "To tick and to fill in",
            "1 What does accept() return to a TCP server?",
            "A A new socket for that connection",
            "B A new port number",
            "2 How many port numbers",
            "Socket and port",
        )
    ]
    assert places == sorted(places)


_AGAIN = """
import sys
from pathlib import Path
from deckgen.sheet.pdf import pdf, prepare
prepare()
pdf(Path(sys.argv[2]).read_bytes())
sys.stdout.buffer.write(pdf(Path(sys.argv[1]).read_bytes()))
"""


def test_the_same_page_gives_the_same_bytes(sheet: bytes, tmp_path: Path) -> None:
    """Another process, hash seed, time zone, locale, temporary folder and other pages before it change nothing."""
    page = tmp_path / "A.html"
    page.write_bytes(sheet)
    large = tmp_path / "other" / "A.html"
    large.parent.mkdir()
    large.write_bytes(sheet.replace(b"IT Quiz", "\u0141\u03bb".encode()))
    elsewhere = {"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "LC_ALL": "C", "TMPDIR": str(tmp_path / "other")}
    again = subprocess.run(
        [sys.executable, "-c", _AGAIN, str(page), str(large)],
        env=os.environ | elsewhere | {"PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        check=True,
    ).stdout
    assert again == pdf(sheet)


def test_nothing_is_fetched(tmp_path: Path) -> None:
    """A picture on disk, or on the web, stays out, whatever a page says."""
    picture = tmp_path / "dot.svg"
    picture.write_text('<svg xmlns="http://www.w3.org/2000/svg"><text y="9">secret</text></svg>')
    page = f'<!doctype html><html lang="en"><title>t</title><p>seen <img src="{picture.as_uri()}" alt="no">'
    assert "secret" not in plain_text(pdf(page.encode()))
    assert "seen" in plain_text(pdf(page.encode()))


def test_a_missing_engine_is_said(sheet: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without WeasyPrint there is a message for a user."""
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    engine.cache_clear()
    with pytest.raises(NoEngineError, match="the extra `pdf`"):
        pdf(sheet)
    with pytest.raises(NoEngineError):
        prepare()
