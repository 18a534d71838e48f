"""What an author did not ask to publish is in no file that is published."""

from __future__ import annotations

import io
import re
import shutil
import sqlite3
import subprocess
import zipfile
from base64 import b64decode
from pathlib import Path

import pytest
from typer.testing import CliRunner

from anki_judge import collection, import_package
from deckgen.cli.app import app
from deckgen.pipeline.outcome import Options, Outcome
from deckgen.pipeline.pipeline import build
from engine.projects import write_files

NOW = 1_790_000_000
PROJECT = """\
id = "sums"
title = "Sums"
version = "1"
[sheet]
flashcards = 8
bubble_sheets = true
"""
SOURCES = '[source.euclid]\ntitle = "The Elements"\n'
#: Every text of it begins with a letter of its own and holds `ξ`, which no public text does.
BANK = r"""
[deck]
name = "Geometry::Final"
description = "Aξ description"
tags = ["tξ-deck"]
BANK

[[concept]]
id = "angle"
term = "Bξ term"
definition = "Cξ definition"
example = "Dξ example"
aliases = ["Eξ alias"]
hint = "Fξ hint"
sources = ["euclid Gξ-place"]

[[concept]]
id = "side"
term = "Hξ term"
definition = "Iξ definition"

[[comparison]]
id = "angle-and-side"
title = "Jξ title"
intro = "Kξ intro"
between = ["angle", "side"]
make = ["contrast", "cell", "which", "match"]

[[comparison.row]]
id = "what"
aspect = "Lξ aspect"
angle = "Mξ cell"
side = "Nξ cell"

[[misconception]]
id = "all-round"
claim = "Oξ claim"
correction = "Pξ correction"
corrects = "angle-and-side/what/angle"
seen = ["euclid Qξ-place"]

[[question]]
id = "degrees"
type = "choice"
prompt = "Rξ prompt"
answer = "Sξ answer"
distractors = ["Tξ distractor", { text = "Uξ distractor", why = "Vξ why" }, { text = "Wξ", misconception = "all-round" }]
explanation = "Xξ explanation"

[[question]]
id = "gaps"
type = "cloze"
text = "Yξ {{Zξ gap}} and {{aξ gap}} text"

[[question]]
id = "pairs"
type = "matching"
prompt = "bξ prompt"
pairs = [["cξ left", "dξ right"], ["eξ left", "fξ right"]]

[[question]]
id = "sizes"
type = "ordering"
prompt = "gξ prompt"
order = ["hξ first", "iξ last"]

[[question]]
id = "name"
type = "short"
prompt = "jξ prompt"
answer = "kξ"
accept = ["lξ"]

[[question]]
id = "proof"
type = "open"
prompt = "mξ prompt"
model = "nξ model"

[[question]]
id = "drawn"
type = "short"
prompt = "![wξ alternative](media/drawing.svg) What is drawn?"
answer = "xξ answer"

[[word]]
id = "word"
term = "0ξ term"
meaning = ["1ξ meaning"]
accept = ["2ξ accepted"]
examples = [{ text = "3ξ example with a {{4ξ gap}}.", translation = "5ξ translation" }]
explanation = "6ξ explanation"
directions = ["recognise", "produce", "spell"]

[[note]]
id = "theorem"
type = "theorem"
name = "7ξ name"
claim = "8ξ claim"
hint = "9ξ hint"
"""
#: A picture of the bank alone; pages and PDFs hold it packed, packages beside their notes.
DRAWING = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 20"><title>yξ picture</title><path d="M1 1h8"/></svg>
"""
PUBLIC = """
[notetype.theorem]
fields = ["name", "claim"]

[[notetype.theorem.card]]
id = "claim"
front = "What does **@{name}** say?"
back = "@{claim}"

[deck]
name = "Geometry"

[[concept]]
id = "point"
term = "Point"
definition = "That which has no part."

[[concept]]
id = "line"
term = "Line"
definition = "Length without breadth."

[[question]]
id = "ends"
type = "short"
prompt = "What are the ends of a line?"
answer = "points"
"""
SHEETS = """
[[sheet]]
id = "final"
title = "oξ title"
subtitle = "pξ subtitle"
instructions = "qξ instructions"
versions = 2

[[sheet.section]]
title = "rξ section"
instructions = "sξ instructions"
paper_instructions = "uξ instructions"
from = ["deck:Geometry::Final", "point"]
whole_tables = true

[[sheet]]
id = "practice"
title = "Practice"
outputs = ["paper", "quiz"]
instructions = "Take your time."
paper_instructions = "vξ: write with a pen."
from = ["file:public"]
"""
_SECRET = re.compile(r"\w(?:ξ|\\u03be)")


def project(root: Path, *, bank: bool, sheets: str = SHEETS, more: str = "") -> None:
    """Write the project, with the bank's items in a bank or, as before they were one, in a deck."""
    write_files(
        root,
        {
            "deckgen.toml": PROJECT + more,
            "cards/sources.toml": SOURCES,
            "cards/final.toml": BANK.replace("BANK", "bank = true" if bank else ""),
            "cards/public.toml": PUBLIC,
            "cards/sheets.toml": sheets,
            "media/drawing.svg": DRAWING,
        },
    )


def made(root: Path, *, pdf: bool = False, now: int = NOW) -> Outcome:
    outcome = build(root, Options(now=now, pdf=pdf))
    assert not outcome.failed, outcome.diagnostics
    return outcome


def secrets(folder: Path) -> dict[str, set[str]]:
    """Return the private texts in each file below a folder, packages and PDFs opened."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            secrets = set().union(*(_SECRET.findall(text) for text in (path.name, *_texts(path))))
            if secrets:
                found[path.relative_to(folder).as_posix()] = secrets
    return found


def _texts(path: Path) -> list[str]:
    content = path.read_bytes()
    if path.suffix == ".pdf":
        command = ["pdftotext", str(path), "-"]
        return [subprocess.run(command, check=True, capture_output=True, text=True).stdout]
    if path.suffix != ".apkg":
        packed = re.findall(rb"data:image/[a-z+]+;base64,([A-Za-z0-9+/=]+)", content)
        return [content.decode(), *(b64decode(each).decode(errors="replace") for each in packed)]
    texts = []
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for name in package.namelist():
            inside = package.read(name)
            texts.append(inside.decode(errors="replace"))
            if inside.startswith(b"SQLite format 3"):
                with sqlite3.connect(":memory:") as connection:
                    connection.deserialize(inside)
                    texts += list(connection.iterdump())
    return texts


def run(root: Path, *arguments: str) -> str:
    result = CliRunner().invoke(app, [*arguments, "-C", str(root)], env={"NO_COLOR": "1"})
    return result.output


def test_no_text_of_a_private_exam_is_published(tmp_path: Path) -> None:
    """Every published byte is free of a bank and of a sheet for paper, which are printed all the same."""
    project(tmp_path, bank=True)
    made(tmp_path)
    assert not secrets(tmp_path / "dist" / "web")
    assert not secrets(tmp_path / "dist" / "anki")
    assert not secrets(tmp_path / "dist" / "guides")
    assert not secrets(tmp_path / "dist" / "flashcards")
    printed = secrets(tmp_path / "dist" / "sheets")
    assert printed.keys() == {
        "final/A.html", "final/B.html", "final/key.html", "practice/A.html",
    }  # fmt: skip
    assert printed["practice/A.html"] == {"vξ"}
    assert {"Rξ", "jξ", "uξ", "wξ", "yξ"} <= printed["final/A.html"]


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler-utils is not installed")
def test_no_text_of_a_private_exam_is_in_a_published_pdf(tmp_path: Path) -> None:
    """The PDFs on the site are of what is public as well, whatever sheets and keys are published beside them."""
    pytest.importorskip("weasyprint")
    practice = SHEETS[SHEETS.index('[[sheet]]\nid = "practice"') :]
    project(
        tmp_path,
        bank=True,
        sheets=practice.replace("paper_instructions", "# "),
        more='[web]\npublish = ["guides", "decks", "sheets", "keys"]\n',
    )
    made(tmp_path, pdf=True)
    web = tmp_path / "dist" / "web"
    pdfs = {path.relative_to(web).as_posix() for path in web.rglob("*.pdf")}
    assert {"guides/Geometry.pdf", "sheets/practice/key.pdf", "flashcards/Geometry.pdf"} <= pdfs
    assert not secrets(web)


def test_what_moves_into_a_bank_is_retired_without_its_text(tmp_path: Path) -> None:
    """Learners' notes get a stub: no text in package, lock or hidden field; numbers of a cloze and reviews stay."""
    project(tmp_path, bank=False)
    made(tmp_path)
    package = tmp_path / "dist" / "anki" / "Geometry.apkg"
    assert secrets(package.parent)
    with collection() as col:
        import_package(col, package)
        cards = set(col.find_cards(""))
        project(tmp_path, bank=True)
        changes = made(tmp_path, now=NOW + 10).changes
        assert changes
        assert {"angle", "degrees", "angle-and-side/what/contrast"} <= set(changes.retired)
        assert not changes.lost
        assert not secrets(tmp_path / "dist" / "web")
        assert not secrets(tmp_path / "dist" / "anki")
        assert not _SECRET.search((tmp_path / "deckgen.lock").read_text())
        import_package(col, package)
        assert set(col.find_cards("")) == cards
        assert not col.get_empty_cards().notes
        fields = {field for id_ in col.find_notes("") for field in col.get_note(id_).fields}
        assert not [field for field in fields if _SECRET.search(field)]
        assert len(col.find_notes("tag:deckgen::retired")) == len(changes.retired)
        for id_ in cards:
            assert not _SECRET.search(col.get_card(id_).question() + col.get_card(id_).answer())


def test_a_stub_needs_no_former_package(tmp_path: Path) -> None:
    """In a fresh clone what became private is retired as well, since its text is not needed."""
    project(tmp_path, bank=False)
    made(tmp_path)
    shutil.rmtree(tmp_path / "dist")
    shutil.rmtree(tmp_path / ".deckgen")
    project(tmp_path, bank=True)
    changes = made(tmp_path, now=NOW + 10).changes
    assert changes
    assert changes.retired
    assert not changes.lost
    assert not secrets(tmp_path / "dist" / "web")


def test_what_was_retired_with_its_text_loses_it_when_it_comes_back_in_a_bank(tmp_path: Path) -> None:
    """A removed item that is taken up again in a bank, by its id or by `was`, is a stub from then on."""
    project(tmp_path, bank=False)
    made(tmp_path)
    exam = (tmp_path / "cards" / "final.toml").read_text()
    (tmp_path / "cards" / "final.toml").unlink()
    write_files(tmp_path, {"cards/sheets.toml": ""})
    made(tmp_path, now=NOW + 10)
    assert secrets(tmp_path / "dist" / "web")
    text = exam.replace('name = "Geometry::Final"', 'name = "Geometry::Final"\nbank = true')
    text = text.replace('id = "proof"', 'id = "proven"\nwas = ["proof"]')
    write_files(tmp_path, {"cards/final.toml": text})
    made(tmp_path, now=NOW + 20)
    assert not secrets(tmp_path / "dist" / "web")
    assert not _SECRET.search((tmp_path / "deckgen.lock").read_text())


def test_what_comes_out_of_a_bank_goes_on(tmp_path: Path) -> None:
    """An item that leaves a bank is the note that it was."""
    project(tmp_path, bank=False)
    made(tmp_path)
    project(tmp_path, bank=True)
    made(tmp_path, now=NOW + 10)
    project(tmp_path, bank=False)
    changes = made(tmp_path, now=NOW + 20).changes
    assert changes
    assert "degrees" in changes.restored
    assert not changes.added


def test_sheets_and_keys_are_published_where_they_are_asked_for(tmp_path: Path) -> None:
    """`sheets` and `keys` bring printed sheets, answer sheets and keys onto the site, with links to them."""
    project(tmp_path, bank=True, more='[web]\npublish = ["sheets", "keys"]\n')
    outputs = made(tmp_path).outputs
    web = {name.removeprefix("web/") for name in outputs if name.startswith("web/")}
    sheets = {
        f"sheets/{name}.html" for name in ("final/A", "final/B", "final/key", "practice/A", "practice/key")
    }
    answers = {f"answer-sheets/{name}.html" for name in ("final/A", "final/B")}
    assert web == {"index.html"} | sheets | answers
    index = (tmp_path / "dist" / "web" / "index.html").read_text()
    links = set(re.findall(r'href="([^"#]+\.html)"', index)) - {"index.html"}
    assert links == web - {"index.html"}


@pytest.mark.parametrize("left_out", ["quizzes", "guides", "tables", "decks"])
def test_what_is_not_published_is_linked_nowhere(tmp_path: Path, left_out: str) -> None:
    """Each part of the site can be left out, and no link leads to it."""
    publish = [part for part in ("quizzes", "guides", "tables", "decks", "keys") if part != left_out]
    project(tmp_path, bank=False, more=f"[web]\npublish = {publish}\n")
    made(tmp_path)
    web = tmp_path / "dist" / "web"
    for page in web.rglob("*.html"):
        for href in re.findall(r'href="([^"#:]+)(?:#[^"]*)?"', page.read_text()):
            assert (page.parent / href).resolve().is_file(), (page, href)


def test_a_build_says_what_is_public_and_once_what_is_not_any_more(tmp_path: Path) -> None:
    """The last lines name quizzes and packages; what an older build published and this one does not, once."""
    project(
        tmp_path,
        bank=False,
        sheets=SHEETS.replace('"final"', '"final"\noutputs = ["quiz"]'),
        more='[web]\npublish = ["quizzes", "decks", "sheets", "keys"]\n',
    )
    run(tmp_path, "build")
    project(tmp_path, bank=True)
    report = run(tmp_path, "build")
    assert re.search(r"^public +1 quiz \(practice\), 1 package, 1 guide in dist/web/$", report, re.MULTILINE)
    gone = re.search(r"^withdrawn +(.*)$", report, re.MULTILINE)
    assert gone
    assert gone[1].startswith("1 quiz (final), 1 printed sheet (practice), 1 key (practice)")
    report = run(tmp_path, "build")
    assert "withdrawn" not in report
    assert re.search(r"^public +1 quiz \(practice\)", report, re.MULTILINE)


def test_a_bank_that_a_public_item_would_show_is_an_error(tmp_path: Path) -> None:
    """Tables, options and misconceptions outside of a bank name nothing in it, and a quiz draws from it by its name."""
    project(tmp_path, bank=True)
    write_files(
        tmp_path,
        {
            "cards/leaks.toml": """
[deck]
name = "Leaks"

[[comparison]]
id = "line-and-side"
title = "Line and side"
between = ["line", "side"]

[[comparison.row]]
id = "what"
aspect = "What"
line = "a"
side = "b"

[[misconception]]
id = "flat"
claim = "Points are flat."
correction = "They have no part."
corrects = "angle-and-side/what/angle"

[[question]]
id = "leak"
type = "choice"
prompt = "Which?"
answer = "a"
distractors = ["b", { text = "c", misconception = "all-round" }]

[[sheet]]
id = "wide"
title = "Wide"
outputs = ["quiz"]
from = ["deck:Geometry"]

[[sheet]]
id = "meant"
title = "Meant"
outputs = ["quiz"]
from = ["file:final", "deck:Geometry::Final", "degrees"]
"""
        },
    )
    outcome = build(tmp_path, Options(now=NOW))
    assert [(each.code, each.place.path) for each in outcome.diagnostics] == [
        ("bank-made-public", ("comparison", 0, "between", 1)),
        ("bank-made-public", ("misconception", 0, "corrects")),
        ("bank-made-public", ("question", 0, "distractors", 1, "misconception")),
        ("bank-made-public", ("sheet", 0, "from", 0)),
    ]
