"""A teacher's list of words, as a spreadsheet of each format: decks, tests and a quiz of it, and what an edit does."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from openpyxl import Workbook

from anki_judge import collection, import_package, render_card
from deckgen.pipeline.outcome import Options, Outcome
from deckgen.pipeline.pipeline import build
from engine.projects import write_files
from sounds.made import tone

NOW = 1_790_000_000
HEADER = ("Palabra", "Englisch", "Sound", "Bild", "Lektion")
LESSONS = 3
WORDS = 300
PROJECT = """
id = "words"
title = "Words"
version = "1"
"""
TABLE = """
[deck]
name = "Spanish"
language = "es"

[[table]]
file = "data/words.{ending}"
as = "word"
id = "@{{Palabra}}"
columns = {{ term = "Palabra", meaning = "Englisch", sound = "Sound", picture = "Bild" }}
split = ";"
media = "media/words"
deck = "Spanish::Lesson @{{Lektion}}"
part = "noun"
directions = ["recognise", "produce", "listen"]
"""
SHEET = """
[[sheet]]
id = "lesson-{0}"
title = "Lesson {0}"
from = ["deck:Spanish::Lesson {0}"]
draw = 20
ask = "produce"
outputs = ["paper", "quiz"]
"""
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><circle r="{0}"/></svg>'
Rows = list[tuple[str, ...]]


def words() -> Rows:
    """Return 300 words, some of which need more than ASCII, each with a sound and a picture of its own."""
    syllables = product(
        ("ma", "ñu", "le", "có", "ri"), ("sa", "to", "pé", "lla", "gü"), ("n", "ra", "do", "s")
    )
    roots = ["".join(parts) for parts in syllables]
    terms = [
        f"{article} {root}{end}"
        for end in ("", "o", "ita")
        for article, root in zip(["el", "la", "un"] * 34, roots, strict=False)
    ]
    return [
        (
            term,
            f"thing {number}; item {number}",
            f"{number}.wav",
            f"{number}.svg",
            str(number * LESSONS // WORDS + 1),
        )
        for number, term in enumerate(terms)
    ]


def xlsx(rows: Rows) -> bytes:
    """Return a workbook as openpyxl writes it."""
    book = Workbook()
    assert book.active is not None
    for row in (HEADER, *rows):
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def ods(rows: Rows) -> bytes:
    """Return an OpenDocument spreadsheet (OpenDocument 1.3, part 3) of cells of text."""
    cells = (
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{escape(cell)}</text:p></table:table-cell>'
            for cell in row
        )
        + "</table:table-row>"
        for row in (HEADER, *rows)
    )
    names = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{names}><office:body><office:spreadsheet>'
        f'<table:table table:name="Words">{"".join(cells)}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
    return file.getvalue()


def delimited(separator: str, encoding: str) -> Callable[[Rows], bytes]:
    """Return what writes a text file, with the line ends of Windows."""

    def write(rows: Rows) -> bytes:
        text = io.StringIO()
        csv.writer(text, delimiter=separator).writerows((HEADER, *rows))
        return text.getvalue().encode(encoding)

    return write


FORMATS: dict[str, tuple[str, Callable[[Rows], bytes]]] = {
    "xlsx": ("xlsx", xlsx),
    "ods": ("ods", ods),
    "semicolons in Windows-1252": ("csv", delimited(";", "cp1252")),
    "tsv": ("tsv", delimited("\t", "utf-8")),
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Write the media of the words and the settings."""
    write_files(tmp_path, {"deckgen.toml": PROJECT})
    folder = tmp_path / "media/words"
    folder.mkdir(parents=True)
    for number in range(WORDS):
        # The format tells the length of its last part: what stands behind it is not heard.
        (folder / f"{number}.wav").write_bytes(tone("wav") + number.to_bytes(2, "big"))
        (folder / f"{number}.svg").write_text(PICTURE.format(number + 1), encoding="utf-8")
    return tmp_path


def built(root: Path, form: str, rows: Rows, now: int = NOW) -> Outcome:
    """Write the list and build."""
    ending, write = FORMATS[form]
    write_files(
        root, {"cards/words.toml": TABLE.format(ending=ending), "cards/tests.toml": "".join(sheets())}
    )
    (root / "data").mkdir(exist_ok=True)
    (root / f"data/words.{ending}").write_bytes(write(rows))
    return build(root, Options(now=now))


def sheets() -> Iterator[str]:
    """Give a test for each lesson."""
    yield from (SHEET.format(number) for number in range(1, LESSONS + 1))


@pytest.mark.parametrize("form", FORMATS)
def test_a_list_of_words_becomes_a_deck_tests_and_quizzes(project: Path, form: str) -> None:
    """Cards and media are whole in Anki, siblings are buried, a changed word is one update, a renamed one is reported."""
    rows = words()
    assert len({term for term, *_ in rows}) == WORDS
    outcome = built(project, form, rows)
    assert outcome.diagnostics == ()
    for number in range(1, LESSONS + 1):
        assert (project / f"dist/sheets/lesson-{number}/A.html").is_file()
        assert (project / f"dist/web/lesson-{number}.html").is_file()
    with collection() as col:
        log = import_package(col, project / "dist/anki/Spanish.apkg")
        assert (len(log.new), len(log.updated), len(log.conflicting)) == (WORDS, 0, 0)
        assert len(col.find_cards("")) == 3 * WORDS
        for card in col.find_cards(""):
            front, back, empty = render_card(col, card)
            assert front.strip()
            assert back.strip()
            assert not empty
        check = col.media.check()
        assert (list(check.missing), list(check.unused)) == ([], [])
        assert len(list(Path(col.media.dir()).iterdir())) == 2 * WORDS

        config = col.decks.get_config(1)
        config["new"].update(bury=True, perDay=9999)
        col.decks.update_config(config)
        col.decks.select(col.decks.id("Spanish"))
        first = col.sched.getCard()
        assert first is not None
        siblings = {each.id for each in first.note().cards()} - {first.id}
        first.start_timer()
        col.sched.answerCard(first, 3)
        assert siblings == set(col.find_cards("is:buried"))

        edited = [(rows[0][0], "matter", *rows[0][2:]), *rows[1:]]
        assert built(project, form, edited, NOW + 60).diagnostics == ()
        log = import_package(col, project / "dist/anki/Spanish.apkg")
        assert (len(log.new), len(log.updated), len(log.conflicting)) == (0, 1, 0)

    renamed = built(project, form, [*edited[:5], ("el nombre", *edited[5][1:]), *edited[6:]], NOW + 120)
    assert [each.code for each in renamed.diagnostics] == ["lost-id"]
    assert "el-nombre" in str(renamed.diagnostics[0].message)
