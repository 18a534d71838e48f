"""The project's own content, built and judged by Anki's own library."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from anki_judge import collection, import_package, render_card
from deckgen.pipeline.outcome import Options, Outcome
from deckgen.pipeline.pipeline import build

ROOT = Path(__file__).parents[2]
NOW = 1_790_000_000


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Outcome]:
    """Build a copy of the content."""
    folder = tmp_path_factory.mktemp("content")
    shutil.copytree(ROOT / "cards", folder / "cards")
    shutil.copy(ROOT / "deckgen.toml", folder)
    if (ROOT / "deckgen.lock").exists():
        shutil.copy(ROOT / "deckgen.lock", folder)
    return folder, build(folder, Options(now=NOW))


def packages(folder: Path) -> list[Path]:
    return sorted((folder / "dist/anki").glob("*.apkg"))


def rows(col: Any) -> list[Any]:
    """Return all that Anki keeps of notes, cards and note types."""
    tables = ("notes", "cards", "notetypes", "fields", "templates")
    return [col.db.all(f"SELECT * FROM {table} ORDER BY 1, 2") for table in tables]


def test_it_builds_without_a_word(project: tuple[Path, Outcome]) -> None:
    """The content has neither errors nor warnings."""
    _, outcome = project
    assert outcome.diagnostics == ()
    assert outcome.counts.notes > 0


def test_the_committed_lock_is_up_to_date(tmp_path: Path) -> None:
    """Whoever builds it finds nothing to commit: notes and note types are those that the lock says."""
    shutil.copytree(ROOT / "cards", tmp_path / "cards")
    for name in ("deckgen.toml", "deckgen.lock"):
        shutil.copy(ROOT / name, tmp_path)
    assert build(tmp_path, Options(now=NOW, locked=True)).diagnostics == ()


def test_anki_takes_every_note_and_makes_no_other_card(project: tuple[Path, Outcome]) -> None:
    """Every note arrives with its cards, a retired one without; each renders; no medium is missing; all is sound."""
    folder, outcome = project
    with collection() as col:
        logs = [import_package(col, package) for package in packages(folder)]
        assert sum(len(log.new) for log in logs) == outcome.counts.notes == col.note_count()
        assert not any(log.conflicting or log.duplicate or log.updated for log in logs)
        assert col.card_count() == outcome.counts.cards
        for note_id in col.find_notes(""):
            note = col.get_note(note_id)
            assert bool(note.cards()) is not note.has_tag("deckgen::retired")
            if not note.cards():
                continue
            # Anki's own decision: it adds what is missing when the note is saved.
            col.update_note(note)
        assert col.card_count() == outcome.counts.cards
        assert not col.get_empty_cards().notes
        for card_id in col.find_cards(""):
            question, answer, empty = render_card(col, card_id)
            assert not empty
            assert "{{" not in question + answer
            assert question.strip()
            assert answer.strip()
        media = col.media.check()
        assert not media.missing
        assert not media.unused
        message, fine = col.fix_integrity()
        assert fine, message


def test_a_second_import_changes_nothing(project: tuple[Path, Outcome]) -> None:
    """Notes, cards and note types are the same to the byte after the same files come again."""
    folder, _ = project
    with collection() as col:
        for package in packages(folder):
            import_package(col, package)
        before = rows(col)
        for package in packages(folder):
            log = import_package(col, package)
            assert not log.new
            assert not log.updated
            assert not log.conflicting
        assert rows(col) == before


def test_the_same_content_and_lock_give_the_same_bytes(project: tuple[Path, Outcome], tmp_path: Path) -> None:
    """Another folder, another time, the former lock: no byte of any output differs."""
    folder, outcome = project
    shutil.copytree(folder / "cards", tmp_path / "cards")
    for name in ("deckgen.toml", "deckgen.lock"):
        shutil.copy(folder / name, tmp_path)
    build(tmp_path, Options(now=NOW + 1_000_000, locked=True))
    for name in outcome.outputs:
        assert (tmp_path / "dist" / name).read_bytes() == (folder / "dist" / name).read_bytes(), name
    assert (tmp_path / "deckgen.lock").read_bytes() == (folder / "deckgen.lock").read_bytes()
