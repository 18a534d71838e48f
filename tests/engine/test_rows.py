"""Spreadsheets are inputs like files of cards: a changed cell makes its note anew, and nothing is ever stale."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from deckgen.engine.state import unchanged
from deckgen.pipeline.outcome import Options
from deckgen.pipeline.pipeline import build
from engine.projects import PROJECT, differing, outputs, write_files
from engine.test_incremental import NOW, anew, any_build, settle

TABLE = """
[deck]
name = "Words"

[[table]]
file    = "data/words.csv"
as      = "short"
id      = "@{Spanish}"
prompt  = "@{English}?"
columns = { answer = "Spanish", hint = "Hint" }
deck    = "Words::@{Lesson}"
"""
ROWS = "Spanish;English;Lesson;Hint\nperro;dog;1;\ngato;cat;1;\npez;fish;2;\n"
SHEET = '[[sheet]]\nid = "quiz"\ntitle = "Quiz"\nfrom = ["deck:Words::1"]\n'


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Write a project whose cards are rows, and build it."""
    write_files(
        tmp_path,
        {
            "deckgen.toml": PROJECT,
            "cards/words.toml": TABLE,
            "cards/sheets.toml": SHEET,
            "data/words.csv": ROWS,
        },
    )
    settle(tmp_path)
    assert any_build(tmp_path, NOW)[0] == "built"
    return tmp_path


def test_a_changed_cell_is_one_changed_note(project: Path) -> None:
    """With the bytes of a clean build; and where nothing changed, nothing is read."""
    assert any_build(project, NOW + 1)[0] == "nothing"
    before = outputs(project)
    write_files(project, {"data/words.csv": ROWS.replace("dog", "hound")})
    done = build(project, Options(now=NOW + 5))
    assert done.changes is not None
    assert (done.changes.changed, done.changes.added, done.changes.retired) == (("perro",), (), ())
    assert differing(outputs(project), anew(project, NOW + 5, before) or {}) == set()
    settle(project)
    any_build(project, NOW + 6)
    assert any_build(project, NOW + 7)[0] == "nothing"


def test_a_row_that_moves_changes_no_note(project: Path) -> None:
    """Sorting a spreadsheet is free, and an unused column too."""
    write_files(
        project,
        {
            "data/words.csv": "Hint;Lesson;Remark;English;Spanish\n;2;x;fish;pez\n;1;;cat;gato\n;1;;dog;perro\n"
        },
    )
    done = build(project, Options(now=NOW + 5))
    assert done.changes is not None
    assert (done.changes.changed, done.changes.added, done.changes.retired) == ((), (), ())


def test_a_cell_that_an_id_is_made_of_is_told_with_the_line_to_write(project: Path) -> None:
    """`lost-id` names it, and the line keeps the note."""
    write_files(project, {"data/words.csv": ROWS.replace("perro", "el perro")})
    first = build(project, Options(now=NOW + 5, purpose="draft"))
    (one,) = [each for each in first.diagnostics if each.code == "lost-id"]
    assert (
        one.label
        == 'was it renamed? then write `was.el-perro = "perro"` below `[[table]]` in cards/words.toml'
    )
    assert one.place.file == "data/words.csv"
    write_files(project, {"cards/words.toml": TABLE + 'was.el-perro = "perro"\n'})
    then = build(project, Options(now=NOW + 6))
    assert then.changes is not None
    assert then.changes.renamed == (("perro", "el-perro"),)
    assert not [each for each in then.diagnostics if each.code == "lost-id"]


def test_several_changed_cells_are_told_apart(project: Path) -> None:
    """Ids that are spelt nearly alike, or have a word more, belong together; a new row is no renamed one."""
    write_files(
        project,
        {"data/words.csv": ROWS.replace("perro", "el perro").replace("gato", "gata") + "nuevo;new;1;\n"},
    )
    done = build(project, Options(now=NOW + 5, purpose="draft"))
    assert [each.message for each in done.diagnostics if each.code == "lost-id"] == [
        "`perro` is gone, and `el-perro` is new",
        "`gato` is gone, and `gata` is new",
    ]


def test_a_half_saved_file_leaves_everything_as_it_was(project: Path) -> None:
    """A workbook that is cut short is told; the outputs stay, and the whole one is built."""
    book = Workbook()
    assert book.active is not None
    for line in ROWS.split("\n"):
        book.active.append(line.split(";"))
    book.save(project / "data/words.xlsx")
    whole = (project / "data/words.xlsx").read_bytes()
    write_files(project, {"cards/words.toml": TABLE.replace(".csv", ".xlsx")})
    before = outputs(project)
    for content in (b"", whole[:-100]):
        (project / "data/words.xlsx").write_bytes(content)
        done = build(project, Options(now=NOW + 5))
        assert [each.code for each in done.diagnostics] == ["unreadable-table"]
        assert done.failed
    assert differing(outputs(project), before) == set()
    (project / "data/words.xlsx").write_bytes(whole)
    done = build(project, Options(now=NOW + 6))
    assert done.changes is not None
    # The same words from another format are the same notes.
    assert (done.changes.changed, done.changes.added, done.changes.retired) == ((), (), ())


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["perro", "gato", "pez", "casa"]),
            st.sampled_from(["dog", "cat", "![x](no)", "*b*"]),
            st.sampled_from("12"),
            st.sampled_from(["", "h"]),
        ),
        max_size=4,
        unique_by=(lambda row: row[0], lambda row: row[1]),
    )
)
def test_building_upon_the_last_build_is_a_clean_build(project: Path, rows: list[tuple[str, ...]]) -> None:
    """Whatever was in the spreadsheet before."""
    before = outputs(project)
    text = "Spanish;English;Lesson;Hint\n" + "".join(";".join(row) + "\n" for row in rows)
    write_files(project, {"data/words.csv": text})
    build(project, Options(now=NOW + 9))
    clean = anew(project, NOW + 9, before)
    assert clean is None or differing(outputs(project), clean) == set()
    assert unchanged(project, everything=False) is None or clean is not None
